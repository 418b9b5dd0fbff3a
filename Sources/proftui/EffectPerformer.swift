import Glibc
import Inspector
import NcursesTerminal
import ProfileAnalysis
import Reports
import Synchronization
import TerminalUI

/// Carries out what the inspector asks for: the one place where it meets files and the terminal.
final class EffectPerformer: Sendable {
  let invocation: Invocation
  /// Makes the loop ask for what is in the mailbox; callable from any thread.
  private let wake: @Sendable () -> Void
  /// Whether profiles are read at once instead of on another thread.
  let isSynchronous: Bool
  /// What was set since the start; nil where nothing was.
  private let settings = Mutex<Settings?>(nil)
  private let mailbox = Mutex<[Event]>([])
  /// Goes up with each load that begins or is given up: what older ones still send is dropped.
  let generation = Atomic<Int>(0)
  /// The same of what is fetched for a watch.
  let fetchGeneration = Atomic<Int>(0)
  /// What was fetched of a live source so far.
  let history: LiveHistory
  private let clock = Ticker()
  /// The files that are being written beside the loop.
  let files = Mutex<Set<String>>([])
  /// Goes up when what is being written is given up.
  let writeGeneration = Atomic<Int>(0)

  init(
    _ invocation: Invocation, isSynchronous: Bool = false, wake: @escaping @Sendable () -> Void
  ) {
    self.invocation = invocation
    self.isSynchronous = isSynchronous
    self.wake = wake
    history = LiveHistory(limit: invocation.watch.keep, folder: invocation.watch.folder)
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
    case .fetch(let source): return fetch(source)
    case .browse(let source, let question): return browse(source, question)
    case .runClock(let runs):
      // A script says itself how time goes by.
      if !isSynchronous { clock.run(runs) { self.post(.elapsed(seconds: $0)) } }
    case .cancelLoad:
      generation.add(1, ordering: .relaxed)
      fetchGeneration.add(1, ordering: .relaxed)
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
    case .cancelWriting: writeGeneration.add(1, ordering: .relaxed)
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
  var sourceOptions: ReportOptions {
    var options = invocation.options
    if let settings = settings.withLock({ $0 }) {
      options.sourcePath = settings.sourcePath
      options.trimPath = settings.trimPath
      options.baseSourcePath = settings.baseSourcePath
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

  // MARK: Telling

  /// Hands an event to the loop; callable from any thread.
  func post(_ event: Event) {
    mailbox.withLock { events in
      switch (event, events.last) {
      // Of how far reading has come only the last word counts.
      case (.progress, .progress?): events.removeLast()
      case (.elapsed(let seconds), .elapsed(let earlier)?):
        events[events.count - 1] = .elapsed(seconds: seconds + earlier)
        return
      default: break
      }
      events.append(event)
    }
    wake()
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
