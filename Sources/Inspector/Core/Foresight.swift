import ProfileAnalysis
import Synchronization
import TerminalUI

/// Takes the turns of keys that are likely to be typed next while the user reads, on a thread of its
/// own.
///
/// A turn that is over in time is what its key does. One that is not is given up; what it made by then
/// is kept where the key's own turn finds it.
final class Foresight: Sendable {
  /// What a key asks for, and the turn of such a key.
  typealias Prospect = (command: Command, turn: Turn)

  private struct State {
    var left: ArraySlice<Prospect> = []
    var current: Turn?
    var over: [Command: Turn] = [:]
    var isRunning = false
  }

  private let state = Mutex(State())

  /// Takes turns on when nothing is left of others.
  ///
  /// - Returns: whether a thread is to be started for `run`.
  func begin(_ prospects: [Prospect]) -> Bool {
    state.withLock { state in
      state.left = prospects[...]
      guard !prospects.isEmpty, !state.isRunning else { return false }
      state.isRunning = true
      return true
    }
  }

  /// Says that there is no thread for `run`: the next turns begin with another try.
  func cannotRun() {
    state.withLock { state in
      state.left = []
      state.isRunning = false
    }
  }

  /// Gives up what is left.
  ///
  /// - Returns: the turn of a key that asks for `command`, if it is over; nil where it is not.
  func end(for command: Command?) -> Turn? {
    state.withLock { state in
      state.left = []
      state.current?.giveUp()
      state.current = nil
      defer { state.over = [:] }
      return command.flatMap { state.over[$0] }
    }
  }

  /// Takes one turn after the other until none is left.
  func run() {
    while let (command, turn) = next() {
      turn.run()
      state.withLock { state in
        if state.current === turn { state.over[command] = turn }
      }
    }
  }

  private func next() -> Prospect? {
    state.withLock { state in
      guard let prospect = state.left.popFirst() else {
        state.isRunning = false
        return nil
      }
      state.current = prospect.turn
      return prospect
    }
  }
}

extension Inspector {
  /// Trees of more stacks take more memory than should be taken unasked.
  private static let mostStacksOfTrees = 1 << 22

  /// The keys that are likely to be typed next, the most likely first, and their turns.
  var prospects: [Foresight.Prospect] {
    guard let session, isLarge, overlays.isEmpty else { return [] }
    let stacks = session.whole.stacks.count
    var commands: [Command] = [.moveDown, .moveUp, .showCalls, .moveToLast]
    // Trees are large: those of parts of the profile may never be looked at.
    let hasTrees = session.refinements.isEmpty && stacks <= Self.mostStacksOfTrees
    for (index, pane) in Panes.all.enumerated() where index != open {
      if !hasTrees, pane == CallTreePane.self || pane == FlamePane.self { continue }
      commands.append(.show(pane))
    }
    let isModest = RefinedProfiles.isModest(session.whole)
    if isModest || session.refinements.isEmpty { commands.append(.nextGranularity) }
    if isModest { commands += [.focus, .ignore, .hide, .projectOnly] }
    return commands.compactMap { command in
      key(for: command).map { (command, Turn(self, [.input(.key($0))])) }
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
