import Synchronization
import TerminalUI

/// Events handled beside the loop, for when that can take long: by a copy of the inspector, which
/// takes the place of the one on the screen when all is done, or is dropped when the user gives up.
final class Turn: Sendable {
  /// What came of the events.
  struct Outcome: Sendable {
    var inspector: Inspector
    /// What is to be done before the rest of the events.
    var effects: [Effect] = []
    /// The events after the first that has effects.
    var rest: ArraySlice<Event>
    /// The screen after all of the events; nil where something is left to do.
    var screen: CellGrid?
  }

  private let state: Mutex<Outcome>
  /// What must be over first; nil where nothing is. Who runs it keeps it, so that those that were given
  /// up do not keep each other.
  private weak let earlier: Turn?
  private let progress = Atomic<Progress>(.running)

  private enum Progress: UInt8, AtomicRepresentable {
    case running
    case over
    case givenUp
  }

  /// - Parameters:
  ///   - events: what to handle, one after the other up to one that has effects; with none the screen
  ///     is drawn.
  ///   - earlier: a turn that was given up, and is to be over before this one begins.
  init(_ inspector: Inspector, _ events: [Event], after earlier: Turn? = nil) {
    self.earlier = earlier
    state = Mutex(Outcome(inspector: inspector, rest: events[...]))
  }

  /// Handles the events and draws the screen, on whatever thread.
  func run() {
    earlier?.state.withLock { _ in }
    let isWanted: @Sendable () -> Bool = { self.progress.load(ordering: .relaxed) == .running }
    state.withLock { state in
      state.inspector.isWanted = isWanted
      while state.effects.isEmpty, isWanted(), let event = state.rest.popFirst() {
        state.effects = state.inspector.handle(event)
      }
      if state.effects.isEmpty, isWanted() { state.screen = state.inspector.render() }
      state.inspector.isWanted = { true }
    }
    _ = progress.compareExchange(
      expected: .running, desired: .over, ordering: .acquiringAndReleasing)
  }

  /// Makes nothing come of it, unless it is over; it ends after the stage that it is in.
  func giveUp() {
    _ = progress.compareExchange(
      expected: .running, desired: .givenUp, ordering: .acquiringAndReleasing)
  }

  /// What came of it; nil while it runs, and after it was given up.
  var outcome: Outcome? {
    guard progress.load(ordering: .acquiring) == .over else { return nil }
    return state.withLock { $0 }
  }
}

/// What the screen and the keys do while a turn is not over.
extension Inspector {
  /// Whether what a key asks for can take long enough to be felt.
  package var isLarge: Bool {
    guard let profile = session?.whole else { return false }
    return max(profile.samples.count, profile.locations.count) > Self.largestQuick
  }

  /// So many samples, or locations, are gone through in no time.
  private static let largestQuick = 1 << 14

  /// What a key does meanwhile.
  enum AnswerWhileWorking: Hashable, Sendable {
    case giveUp
    case leave
    /// It is typed ahead.
    case wait
  }

  /// - Parameter earlier: what is worked on, and what waits.
  func answerWhileWorking(to key: Key, after earlier: [Event]) -> AnswerWhileWorking {
    if case .prompt = overlays.last {
      return KeyMap.global[key] == .cancel || key == .control("c") ? .giveUp : .wait
    }
    if key == .control("c") { return .leave }
    if settings.line(for: key, in: Panes.all[open].name.lowercased()) != nil { return .wait }
    // It may be a letter of a search, or close a popup.
    let isForOther = earlier.contains(where: mayOpen)
    switch KeyMap.global[key] {
    case .cancel: return .giveUp
    case .quit: return isForOther ? .wait : .leave
    case .close: return isForOther || !overlays.isEmpty ? .wait : .leave
    default: return .wait
    }
  }

  /// Whether a key can lay something over the view, which takes keys then.
  private func mayOpen(_ event: Event) -> Bool {
    guard case .input(.key(let key)) = event else { return false }
    guard overlays.isEmpty else { return true }
    if Panes.all.contains(where: { settings.line(for: key, in: $0.name.lowercased()) != nil }) {
      return true
    }
    return KeyMap.global[key].map { Self.opening.contains($0) } ?? false
  }

  /// The commands that lay something over the view.
  static let opening: Set<Command> = [
    .help, .commandLine, .messages, .options, .search, .filterRows, .sortMenu, .focusPattern,
    .ignorePattern, .chooseBase, .write, .choose,
  ]

  /// The screen as it was, in its new size, with a note that the next is in the making.
  func workingScreen(over old: CellGrid, size: GridSize) -> CellGrid {
    var grid = CellGrid(size)
    grid.draw(old, in: grid.bounds)
    let row = ScreenLayout(size).message
    if case .prompt = overlays.last {} else { grid.fill(row, with: " ", role: .plain) }
    let mark = glyphs == .ascii ? "..." : "…"
    let note = "\(mark) working: \(settings.key(of: .cancel)) gives up"
    let column = max(row.size.columns - DisplayWidth.of(note), 0)
    grid.write(note, at: GridPoint(row: row.origin.row, column: column), role: .message)
    return grid
  }
}
