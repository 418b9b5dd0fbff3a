import Glibc
import Inspector
import ProfileAnalysis
import ProfileFormats
import ProfileModel
import Synchronization

/// Reading what the inspector asks for.
extension EffectPerformer {
  func load(_ source: ProfileSource) -> [Event] {
    let own = generation.add(1, ordering: .relaxed).newValue
    if isSynchronous {
      read(source, own)
      return collect()
    }
    guard WorkerThread.start({ self.read(source, own) }) else {
      return [.failed(Failure(source.name, "no thread to read it on"))]
    }
    return []
  }

  private func isCurrent(_ own: Int) -> Bool { generation.load(ordering: .relaxed) == own }

  private func read(_ source: ProfileSource, _ own: Int) {
    do throws(Failure) {
      if let offers = try offers(before: source) { return post(.offered(offers), own) }
      let session = try makeSession(source, own)
      post(.loaded(session), own)
    } catch {
      post(.failed(error), own)
    }
  }

  private func offers(before source: ProfileSource) throws(Failure) -> LiveOffers? {
    do throws(CommandFailure) {
      return try offersBeforeLoading(source)
    } catch {
      throw Failure(error.subject ?? source.name, error.message)
    }
  }

  private func makeSession(_ source: ProfileSource, _ own: Int) throws(Failure) -> ProfileSession {
    try prepared(try openSession(source, own)) { self.post(.told($0), own) }
  }

  /// The session with all that the command line asks for.
  func prepared(
    _ session: ProfileSession, tell: (String) -> Void
  ) throws(Failure) -> ProfileSession {
    var session = session
    let options = invocation.options
    for notice in session.labelUnits.notices { tell(notice.description) }
    do throws(FilterError) {
      for step in Refinement.steps(of: options.filters) {
        for notice in try session.refine(step) { tell(notice.description) }
      }
    } catch {
      throw Failure(session.name, "\(error)")
    }
    session.show(options.granularity)
    session.hasRelativeShares = options.relativePercentages
    session.showsMeans = options.mean && session.countType != nil
    session.order.key = options.sort == .cum ? .cumulative : .flat
    session.prepare()
    return session
  }

  /// What there is to find out about allocations: files are read when it is first asked for.
  ///
  /// - Parameter sources: what was opened; what the command line names where nil.
  func escapes(
    of profile: Profile, _ comparison: ProfileComparison? = nil, sources: SourceSelection? = nil,
    tell: @escaping @Sendable (String) -> Void
  ) -> EscapeAnswers {
    let sources = sources ?? invocation.sources
    let inputs = EscapeInputsLoader(invocation, sources: sources, warn: tell)
    return EscapeAnswers(
      profile, comparison,
      evidence: { profile, comparison in
        comparison.map { inputs.evidence(of: profile, $0) } ?? inputs.evidence(of: profile)
      },
      mainModule: { inputs.mainModule(of: $0) },
      snapshots: {
        if self.history.isInUse { return self.history.spread(over: 5, decode: self.profile) }
        guard sources.profiles.count + sources.base.count > 1 else { return [] }
        let loader = ProfileLoader(sources: sources, normalizes: false, warn: { _ in })
        return (try? loader.loadSnapshots()) ?? []
      })
  }

  /// The snapshots, and the first and the last of them to compare.
  private func openSeries(_ source: ProfileSource, _ own: Int) throws(Failure) -> ProfileSession {
    let loader = SeriesLoader(
      sources: invocation.sources, warn: { self.post(.told($0), own) },
      progress: { done, count in
        self.post(
          .progress(
            LoadingProgress(.decoding(samples: done), fraction: Double(done) / Double(count))),
          own)
        return self.isCurrent(own)
      })
    do {
      let (series, paths) = try loader.load()
      let ends = ProfileSource(
        paths: paths.suffix(1), sampleType: source.sampleType, base: Array(paths.prefix(1)))
      var session = try openSession(ends, own)
      session.series = SessionSeries(series, paths: paths)
      return session
    } catch let error as CommandFailure {
      throw Failure(error.subject ?? source.name, error.message)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(source.name, "\(error)")
    }
  }

  /// The profile, or the two to compare, read and nothing done to them.
  private func openSession(_ source: ProfileSource, _ own: Int) throws(Failure) -> ProfileSession {
    var sources = invocation.sources
    if source.isSeries { return try openSeries(source, own) }
    if source.live != nil {
      return try fetchedSession(
        source, isCurrent: { self.isCurrent(own) }, post: { self.post($0, own) })
    }
    if sources.base != source.base { (sources.base, sources.isDiffBase) = (source.base, true) }
    // Of a series two snapshots are chosen.
    if invocation.opensSeries || history.has(source.paths) { sources.profiles = source.paths }
    var loader = ProfileLoader(
      sources: sources, normalizes: invocation.options.normalize,
      warn: { self.post(.told($0), own) },
      progress: { progress in
        self.post(.progress(LoadingProgress(progress)), own)
        return self.isCurrent(own)
      })
    loader.usesTwoThreads = true
    loader.recorded = history.bytes
    loader.measuring = { elapsed, seconds in
      self.post(.progress(.measuring(elapsed: elapsed, of: seconds)), own)
      return self.isCurrent(own)
    }
    var missing: Set<String> = []
    loader.leaveOut = { missing.insert($0) }
    do {
      guard !source.base.isEmpty else {
        let profile = try loader.load()
        return try ProfileSession(
          name: source.without(missing).name, profile: profile, sampleType: source.sampleType,
          escapes: escapes(of: profile, sources: sources) { self.post(.told($0), own) })
      }
      let comparison = try loader.comparison(options: sourceOptions)
      return try ProfileSession(
        comparison: SessionComparison(
          comparison, as: sources.isDiffBase ? .difference : .subtraction,
          names: history.names(of: source)
            ?? source.comparedNames(
              among: invocation.opensSeries ? invocation.sources.profiles : []),
          isNormalized: invocation.options.normalize),
        sampleType: source.sampleType,
        escapes: {
          escapes(of: $0, comparison, sources: sources) { self.post(.told($0), own) }
        })
    } catch let error as CommandFailure {
      throw Failure(error.subject ?? source.name, error.message)
    } catch {
      throw Failure(source.name, "\(error)")
    }
  }

  private func post(_ event: Event, _ own: Int) {
    if isCurrent(own) { post(event) }
  }
}

extension LoadingProgress {
  /// A server is measuring.
  static func measuring(elapsed: Int, of seconds: Int) -> LoadingProgress {
    LoadingProgress(
      .measuring(elapsed: elapsed, seconds: seconds),
      fraction: Double(elapsed) / Double(max(seconds, 1)))
  }

  /// The progress of a decoder in the words of the screen.
  init(_ progress: DecodingProgress) {
    switch progress.step {
    case .inflating, .readingTables:
      self.init(.reading(bytes: progress.completedBytes), fraction: progress.fraction)
    case .inflatingSamples, .readingSamples:
      self.init(.decoding(samples: progress.sampleCount), fraction: progress.fraction)
    }
  }
}
