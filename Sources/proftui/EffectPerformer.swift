import Glibc
import Inspector
import NcursesTerminal
import ProfileAnalysis
import ProfileFormats
import ProfileModel
import Reports
import Synchronization
import TerminalUI

/// Carries out what the inspector asks for: the one place where it meets files and the terminal.
final class EffectPerformer: Sendable {
  private let invocation: Invocation
  /// Makes the loop ask for what is in the mailbox; callable from any thread.
  private let wake: @Sendable () -> Void
  /// Whether profiles are read at once instead of on another thread.
  private let isSynchronous: Bool
  /// What was set since the start; nil where nothing was.
  private let settings = Mutex<Settings?>(nil)
  private let mailbox = Mutex<[Event]>([])
  /// Goes up with each load that begins or is given up: what older ones still send is dropped.
  private let generation = Atomic<Int>(0)

  init(
    _ invocation: Invocation, isSynchronous: Bool = false, wake: @escaping @Sendable () -> Void
  ) {
    self.invocation = invocation
    self.isSynchronous = isSynchronous
    self.wake = wake
  }

  /// What other threads sent since the last call.
  func collect() -> [Event] {
    mailbox.withLock { events in
      defer { events = [] }
      return events
    }
  }

  /// Does what the effect says; what comes of it at once is returned.
  func perform(_ effect: Effect, on terminal: any Terminal) -> [Event] {
    switch effect {
    case .load(let source): return load(source)
    case .cancelLoad: generation.add(1, ordering: .relaxed)
    case .copy(let text, let what):
      return [
        terminal.copyToClipboard(text)
          ? .told("\(what) is on the clipboard, if the terminal takes OSC 52")
          : .failed(Failure(what, "too long for the terminal's clipboard"))
      ]
    case .configure(let settings):
      terminal.apply(settings.forTerminal)
      self.settings.withLock { $0 = settings }
      return settings.colorProblems.map { .failed($0) }
    case .write(let request): return [write(request)]
    case .loadSource(let file): return [source(file)]
    case .edit(let place): return edit(place, on: terminal)
    case .redraw: terminal.invalidate()
    case .suspend: terminal.suspend()
    case .quit: break
    }
    return []
  }

  // MARK: Source files

  /// The options with the folders that were set since the start.
  private var sourceOptions: ReportOptions {
    var options = invocation.options
    if let settings = settings.withLock({ $0 }) {
      options.sourcePath = settings.sourcePath
      options.trimPath = settings.trimPath
    }
    return options
  }

  private func source(_ file: String) -> Event {
    switch SourceFiles(sourceOptions).text(of: file) {
    case .success(let text): .sourceLoaded(file: file, .found(text))
    case .failure(let missing): .sourceLoaded(file: file, .missing(missing))
    }
  }

  private func edit(_ place: SourcePlace, on terminal: any Terminal) -> [Event] {
    switch SourceFiles(sourceOptions).text(of: place.file) {
    case .success(let text):
      do throws(Failure) {
        let editor = Editor()
        let outcome = terminal.lend { () -> Result<Void, Failure> in
          Result { () throws(Failure) in try editor.edit(file: text.path, line: place.line) }
        }
        try outcome.get()
        return [source(place.file)]
      } catch {
        return [.failed(error)]
      }
    case .failure(let missing):
      let places = missing.tried.count == 1 ? "1 place" : "\(missing.tried.count) places"
      return [
        .failed(
          Failure(place.file, "no such source (tried \(places)): :set source_path=DIR"))
      ]
    }
  }

  // MARK: Writing

  private func write(_ request: WriteRequest) -> Event {
    let path = UserFiles.expanded(request.path)
    if !request.overwrites, ReportOutput.isInTheWay(path) { return .fileExists(request) }
    let environment = SystemEnvironment.make()
    do throws(CommandFailure) {
      try ReportOutput.write(to: path, overwrites: request.overwrites) {
        (output) throws(CommandFailure) in
        do throws(Failure) {
          try request.body(environment, &output)
        } catch {
          throw CommandFailure(error.subject, error.reason)
        }
      }
      return .told("wrote \(request.path)")
    } catch {
      return .failed(Failure(error.subject ?? request.path, error.message))
    }
  }

  // MARK: Loading

  private func load(_ source: ProfileSource) -> [Event] {
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
      let session = try makeSession(source, own)
      post(.loaded(session), own)
    } catch {
      post(.failed(error), own)
    }
  }

  private func makeSession(_ source: ProfileSource, _ own: Int) throws(Failure) -> ProfileSession {
    var session = try openSession(source, own)
    let options = invocation.options
    for notice in session.labelUnits.notices { post(.told(notice.description), own) }
    do throws(FilterError) {
      for step in Refinement.steps(of: options.filters) {
        for notice in try session.refine(step) { post(.told(notice.description), own) }
      }
    } catch {
      throw Failure(source.name, "\(error)")
    }
    session.show(options.granularity)
    session.hasRelativeShares = options.relativePercentages
    session.showsMeans = options.mean && session.countType != nil
    session.order.key = options.sort == .cum ? .cumulative : .flat
    session.prepare()
    return session
  }

  /// What there is to find out about allocations: files are read when it is first asked for.
  private func escapes(of profile: Profile, _ own: Int) -> EscapeAnswers {
    let inputs = EscapeInputsLoader(invocation) { self.post(.told($0), own) }
    let sources = invocation.sources
    return EscapeAnswers(
      profile, evidence: { inputs.evidence(of: $0) },
      snapshots: {
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
    if sources.base != source.base { (sources.base, sources.isDiffBase) = (source.base, true) }
    // Of a series two snapshots are chosen.
    if invocation.opensSeries { sources.profiles = source.paths }
    let loader = ProfileLoader(
      sources: sources, normalizes: invocation.options.normalize,
      warn: { self.post(.told($0), own) },
      progress: { progress in
        self.post(.progress(LoadingProgress(progress)), own)
        return self.isCurrent(own)
      })
    do {
      guard !source.base.isEmpty else {
        let profile = try loader.load()
        return try ProfileSession(
          name: source.name, profile: profile, sampleType: source.sampleType,
          escapes: escapes(of: profile, own))
      }
      return try ProfileSession(
        comparison: SessionComparison(
          try loader.comparison(), as: sources.isDiffBase ? .difference : .subtraction,
          names: source.comparedNames, isNormalized: invocation.options.normalize),
        sampleType: source.sampleType, escapes: { escapes(of: $0, own) })
    } catch let error as CommandFailure {
      throw Failure(error.subject ?? source.name, error.message)
    } catch {
      throw Failure(source.name, "\(error)")
    }
  }

  private func post(_ event: Event, _ own: Int) {
    guard isCurrent(own) else { return }
    mailbox.withLock { events in
      // Of how far reading has come only the last word counts.
      if case .progress = event, case .progress? = events.last { events.removeLast() }
      events.append(event)
    }
    wake()
  }
}

extension LoadingProgress {
  /// The progress of a decoder in the words of the screen.
  init(_ progress: DecodingProgress) {
    switch progress.step {
    case .inflating, .readingTables:
      self.init(.reading(bytes: progress.completedBytes), fraction: progress.fraction)
    case .readingSamples:
      self.init(.decoding(samples: progress.sampleCount), fraction: progress.fraction)
    }
  }
}

extension Settings {
  /// The settings that the terminal heeds.
  var forTerminal: TerminalSettings {
    var settings = TerminalSettings(theme: theme, reportsMouse: mouse)
    settings.colors = colors
    return settings
  }

  /// The colours that mean nothing.
  var colorProblems: [Failure] {
    Role.allCases.compactMap { role in
      colors[role].flatMap(ColorWords.problem).map { Failure("color \(role.name)", $0) }
    }
  }
}

/// Runs work beside the loop.
private enum WorkerThread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// - Returns: false when the system has no thread to give.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
