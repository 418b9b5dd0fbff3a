import ProfileAnalysis
import Synchronization
import TerminalUI

/// What is done while the user reads, on a thread of its own: the turns of keys that are likely to be
/// typed next are taken, and the stacks of the profile are sorted.
///
/// A turn that is over in time is what its key does. One that is not is given up; what it made by then
/// is kept where the key's own turn finds it. Sorting goes on whatever is typed.
final class Foresight: Sendable {
  /// What there is to do.
  enum Task: Sendable {
    /// What a key asks for, and the turn of such a key.
    case take(Command, Turn)
    /// Sort the stacks, once.
    case sort(ProfileSession)
    /// Let the inspector go on with sorted stacks.
    case resume(Inspector)
  }

  private struct State {
    var left: ArraySlice<Task> = []
    var current: Turn?
    var over: [Command: Turn] = [:]
    var sorted: SortedProfile?
    /// The turn after which the inspector has the sorted stacks.
    var resumed: Turn?
    var isRunning = false
  }

  private let state = Mutex(State())
  private let wake: @Sendable () -> Void

  /// - Parameter wake: called on the other thread when `end` has a turn that no key asks for.
  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Goes on with other tasks when nothing is left of those before.
  ///
  /// - Returns: whether a thread is to be started for `run`.
  func begin(_ tasks: [Task]) -> Bool {
    state.withLock { state in
      state.left = tasks[...]
      let sorts = tasks.contains { if case .sort = $0 { true } else { false } }
      if !sorts, !tasks.isEmpty { state.sorted = nil }
      guard !tasks.isEmpty, !state.isRunning else { return false }
      state.isRunning = true
      return true
    }
  }

  /// Says that there is no thread for `run`: the next tasks begin with another try.
  func cannotRun() {
    state.withLock { state in
      state.left = []
      state.isRunning = false
    }
  }

  /// Gives up what is left.
  ///
  /// - Parameters:
  ///   - command: what a key asks for; nil where it is none.
  ///   - isIdle: whether nothing happened.
  /// - Returns: the turn of a key that asks for `command`, or of none where nothing happened, if it is
  ///   over; nil where it is not.
  func end(for command: Command?, isIdle: Bool) -> Turn? {
    // What goes takes its time, and others wait for the lock.
    var gone = State()
    return state.withLock { state in
      swap(&state, &gone)
      state.isRunning = gone.isRunning
      gone.current?.giveUp()
      if isIdle, let resumed = gone.resumed { return resumed }
      state.sorted = gone.sorted
      return command.flatMap { gone.over[$0] }
    }
  }

  /// Does one after the other until none is left.
  func run() {
    while let task = next() {
      switch task {
      case .take(let command, let turn):
        turn.run()
        state.withLock { state in
          if state.current === turn { state.over[command] = turn }
        }
      case .sort(let session): sort(session)
      case .resume(let inspector): resume(inspector)
      }
    }
  }

  private func sort(_ session: ProfileSession) {
    if let sorted = state.withLock({ $0.sorted }), sorted.isMade(of: session) { return }
    let sorted = SortedProfile(session)
    state.withLock { $0.sorted = sorted }
  }

  private func resume(_ inspector: Inspector) {
    let turn: Turn? = state.withLock { state in
      guard let sorted = state.sorted else { return nil }
      let turn = Turn(inspector, [.sorted(sorted)])
      state.current = turn
      return turn
    }
    guard let turn else { return }
    turn.run()
    let isOver = state.withLock { state in
      guard state.current === turn else { return false }
      state.resumed = turn
      // They were taken with the stacks that are to go.
      state.left = []
      return true
    }
    if isOver { wake() }
  }

  private func next() -> Task? {
    state.withLock { state in
      guard let task = state.left.popFirst() else {
        state.isRunning = false
        return nil
      }
      state.current = if case .take(_, let turn) = task { turn } else { nil }
      return task
    }
  }
}

extension Inspector {
  /// Trees of more stacks take more memory than should be taken unasked.
  private static let mostStacksOfTrees = 1 << 22

  /// What to do while the user reads: the turns of keys that are likely to be typed next, the most
  /// likely first. With sorted stacks most views take less time, and so those come before.
  var prospects: [Foresight.Task] {
    guard let session, isLarge, overlays.isEmpty else { return [] }
    let near = turns(of: [.moveDown, .moveUp, .showCalls, .moveToLast])
    // With what is fetched again and again there is another profile soon.
    guard session.canBeSorted, watch == nil else { return near + turns(of: views(session)) }
    return near + [.sort(session), .resume(self)]
  }

  /// What shows other views of the profile, and what changes views, the most likely first.
  private func views(_ session: ProfileSession) -> [Command] {
    let stacks = session.whole.stacks.count
    var commands: [Command] = []
    // Trees are large: those of parts of the profile may never be looked at.
    let hasTrees = session.refinements.isEmpty && stacks <= Self.mostStacksOfTrees
    for (index, pane) in Panes.all.enumerated() where index != open {
      if !hasTrees, pane == CallTreePane.self || pane == FlamePane.self { continue }
      commands.append(.show(pane))
    }
    let isModest = RefinedProfiles.isModest(session.whole)
    if isModest || session.refinements.isEmpty { commands.append(.nextGranularity) }
    if isModest { commands += [.focus, .ignore, .hide, .projectOnly] }
    return commands
  }

  private func turns(of commands: [Command]) -> [Foresight.Task] {
    commands.compactMap { command in
      key(for: command).map { .take(command, Turn(self, [.input(.key($0))])) }
    }
  }

  /// What the only event asks for; nil where there are others, or where it is no key of a view.
  func command(of events: [Event]) -> Command? {
    guard events.count == 1, case .input(.key(let key)) = events[0] else { return nil }
    return command(for: key)
  }

  private func key(for command: Command) -> Key? {
    let rows = Panes.all[open].bindings + GlobalKeys.bindings
    return rows.lazy.filter { $0.command == command }.flatMap(\.keys)
      .first { self.command(for: $0) == command }
  }
}
