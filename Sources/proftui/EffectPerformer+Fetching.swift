import Inspector
import ProfileAnalysis
import ProfileFormats
import ProfileModel
import Synchronization

/// Fetching snapshots of a live source.
extension EffectPerformer {
  func fetch(_ source: ProfileSource) -> [Event] {
    let own = fetchGeneration.add(1, ordering: .relaxed).newValue
    let isCurrent: @Sendable () -> Bool = {
      self.fetchGeneration.load(ordering: .relaxed) == own
    }
    let post: @Sendable (Event) -> Void = { if isCurrent() { self.post($0) } }
    let work: @Sendable () -> Void = {
      do throws(Failure) {
        // What there is to say of the source was said of the first snapshot.
        let quiet: @Sendable (Event) -> Void = { if case .progress = $0 { post($0) } }
        let session = try self.fetchedSession(source, isCurrent: isCurrent, post: quiet)
        post(.snapshot(try self.prepared(session) { _ in }))
      } catch {
        post(.missed(error))
      }
    }
    if isSynchronous {
      work()
      return collect()
    }
    guard WorkerThread.start(work) else {
      return [.missed(Failure(source.name, "no thread to fetch it on"))]
    }
    return []
  }

  /// A new snapshot with the history up to it.
  func fetchedSession(
    _ source: ProfileSource, isCurrent: @escaping @Sendable () -> Bool,
    post: @escaping @Sendable (Event) -> Void
  ) throws(Failure) -> ProfileSession {
    do throws(CommandFailure) {
      guard let live = source.live else { throw CommandFailure(source.name, "is not fetched") }
      if let base = live.base {
        return try comparedSession(
          source, live.choice, with: base, isCurrent: isCurrent, post: post)
      }
      let snapshot = try take(live.choice, isCurrent: isCurrent, post: post)
      let series = try history.add(snapshot, of: live.choice) { post(.told($0)) }
      do throws(SampleTypeSelectionError) {
        var session = try ProfileSession(
          name: source.name, profile: snapshot.profile, sampleType: sampleType(source),
          escapes: escapes(of: snapshot.profile) { post(.told($0)) })
        session.series = series
        return session
      } catch {
        throw CommandFailure(source.name, error.description)
      }
    } catch {
      throw Failure(error.subject ?? source.name, error.message)
    }
  }

  /// The type to show first; that of the choice only where the profile has it.
  private func sampleType(_ source: ProfileSource) -> String {
    source.sampleType.isEmpty ? source.live?.choice.sampleType ?? "" : source.sampleType
  }

  private func take(
    _ choice: LiveChoice, isCurrent: @escaping @Sendable () -> Bool,
    post: @escaping @Sendable (Event) -> Void
  ) throws(CommandFailure) -> Snapshot {
    var taker = SnapshotTaker(invocation.sources, warn: { post(.told($0)) })
    taker.choice = choice
    taker.progress = { progress in
      switch progress {
      case .received(let received): post(.progress(LoadingProgress(received)))
      case .measuring(let elapsed, let seconds):
        post(.progress(.measuring(elapsed: elapsed, of: seconds)))
      }
      return isCurrent()
    }
    let snapshot = try taker.take()
    guard isCurrent() else { throw CommandFailure(nil, "given up") }
    return snapshot
  }

  /// Two choices of one source, side by side.
  private func comparedSession(
    _ source: ProfileSource, _ choice: LiveChoice, with base: LiveChoice,
    isCurrent: @escaping @Sendable () -> Bool, post: @escaping @Sendable (Event) -> Void
  ) throws(CommandFailure) -> ProfileSession {
    let older = try take(base, isCurrent: isCurrent, post: post)
    let newer = try take(choice, isCurrent: isCurrent, post: post)
    let bytes = ["older": older.bytes, "newer": newer.bytes]
    var sources = invocation.sources.only("newer")
    (sources.base, sources.isDiffBase) = (["older"], true)
    var loader = ProfileLoader(
      sources: sources, normalizes: invocation.options.normalize, warn: { post(.told($0)) })
    loader.recorded = { bytes[$0] }
    let names = StoredTimes.names(base, choice)
    let comparison = try loader.comparison(options: sourceOptions)
    do {
      return try ProfileSession(
        comparison: SessionComparison(
          comparison, as: .difference, names: names, isNormalized: invocation.options.normalize),
        sampleType: sampleType(source),
        escapes: { escapes(of: $0, comparison) { post(.told($0)) } })
    } catch {
      throw CommandFailure(source.name, "\(error)")
    }
  }

  /// The profile in bytes that were fetched before; nil where they are none any more.
  func profile(_ bytes: [UInt8]) -> Profile? {
    let loader = ProfileLoader(sources: invocation.sources, normalizes: false, warn: { _ in })
    return try? loader.decode(bytes: bytes)
  }
}
