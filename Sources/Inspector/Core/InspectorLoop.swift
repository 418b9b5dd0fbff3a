import TerminalUI

/// Presents the screen, waits for input, lets the inspector handle it, and has its effects performed.
package struct InspectorLoop {
  private let terminal: any Terminal
  /// Carries out an effect; what comes of it at once is returned, what comes later is collected.
  private let perform: (Effect, any Terminal) -> [Event]
  /// What other threads have for the inspector; asked for when the terminal was woken.
  private let collect: () -> [Event]

  package init(
    terminal: any Terminal, perform: @escaping (Effect, any Terminal) -> [Event],
    collect: @escaping () -> [Event]
  ) {
    self.terminal = terminal
    self.perform = perform
    self.collect = collect
  }

  /// Runs until something asks to leave.
  package func run(_ inspector: inout Inspector) -> Leaving {
    // The first frame comes before anything is read.
    terminal.present(inspector.render(), cursor: inspector.cursor)
    if let leaving = carryOut(inspector.start(), &inspector) { return leaving }
    while true {
      terminal.present(inspector.render(), cursor: inspector.cursor)
      // Of a key that is held down, not every step need be drawn.
      var timeout: Duration?
      for _ in 0..<Self.inputsPerFrame {
        guard let input = terminal.nextInput(timeout: timeout) else { break }
        for event in input == .wake ? collect() : [.input(input)] {
          if let leaving = carryOut(inspector.handle(event), &inspector) { return leaving }
        }
        timeout = .zero
      }
    }
  }

  /// How many inputs that wait already are handled before the next frame.
  private static let inputsPerFrame = 32

  /// Performs effects and what they lead to; how to leave, where one of them says so.
  private func carryOut(_ effects: [Effect], _ inspector: inout Inspector) -> Leaving? {
    for effect in effects {
      if case .quit(let leaving) = effect { return leaving }
      for event in perform(effect, terminal) {
        if let leaving = carryOut(inspector.handle(event), &inspector) { return leaving }
      }
    }
    return nil
  }
}
