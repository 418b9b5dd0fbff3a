/// What the terminal, or the system by way of it, tells the program.
package enum TerminalInput: Hashable, Sendable {
  case key(Key)
  case mouse(MouseEvent)
  /// The screen has another size now.
  case resize(GridSize)
  /// Another thread has something for the loop, and woke it.
  case wake
  /// Someone asks the program to stop for a while: answer with `Terminal.suspend()`.
  case suspend
  /// The program runs again after it was stopped; the next frame repaints all.
  case resumed
  /// Someone asks the program to end.
  case terminate(TerminationRequest)
  /// The terminal is gone: nothing can be read or shown any more.
  case closed
}

/// Which signal asks the program to end; the raw value is its number, as an exit status of 128 + it
/// tells.
package enum TerminationRequest: Int32, Hashable, Sendable, CaseIterable {
  case hangup = 1
  case interrupt = 2
  case terminate = 15
}

/// What was done with the mouse, and over which cell.
package struct MouseEvent: Hashable, Sendable {
  /// What was done.
  package enum Action: Hashable, Sendable, CaseIterable {
    /// The first button went down.
    case press
    /// The first button went down a second time, soon after and at the same place; a `press` came
    /// before it.
    case doublePress
    case wheelUp
    case wheelDown
  }

  /// What was done.
  package let action: Action
  /// The cell under the pointer.
  package let position: GridPoint

  /// An event at a cell.
  package init(_ action: Action, at position: GridPoint) {
    self.action = action
    self.position = position
  }
}
