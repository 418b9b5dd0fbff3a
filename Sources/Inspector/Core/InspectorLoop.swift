import TerminalUI

/// Presents the screen, waits for input, lets the inspector handle it, and has its effects performed.
///
/// What can take long is handled beside the loop, which goes on hearing keys and signals meanwhile.
package struct InspectorLoop {
  /// Starts work on another thread, and waits a moment for it.
  ///
  /// - Returns: Whether it is done; where not, the terminal is woken when it is.
  package typealias Beside = (_ work: @escaping @Sendable () -> Void) -> Bool
  /// Starts work on another thread, where others come first.
  ///
  /// - Returns: whether there is a thread for it.
  package typealias Aside = (_ work: @escaping @Sendable () -> Void) -> Bool

  private let terminal: any Terminal
  /// Carries out an effect; what comes of it at once is returned, what comes later is collected.
  private let perform: (Effect, any Terminal) -> [Event]
  /// What other threads have for the inspector; asked for when the terminal was woken.
  private let collect: () -> [Event]
  private let beside: Beside?
  private let aside: Aside?
  private let foresight: Foresight

  /// - Parameters:
  ///   - beside: runs what can take long; all is done in the loop where nil.
  ///   - aside: runs what is not waited for; nil where nothing is done that nobody asked for.
  ///   - wake: wakes the terminal, from whatever thread, for what came of that.
  package init(
    terminal: any Terminal, perform: @escaping (Effect, any Terminal) -> [Event],
    collect: @escaping () -> [Event], beside: Beside? = nil, aside: Aside? = nil,
    wake: @escaping @Sendable () -> Void = {}
  ) {
    self.terminal = terminal
    self.perform = perform
    self.collect = collect
    self.beside = beside
    self.aside = aside
    foresight = Foresight(wake: wake)
  }

  /// Runs until something asks to leave.
  package func run(_ inspector: inout Inspector) -> Leaving {
    // The first frame comes before anything is read.
    var screen = inspector.render()
    terminal.present(screen, cursor: inspector.cursor)
    if let leaving = carryOut(inspector.start(), &inspector) { return leaving }
    while true {
      if let beside, inspector.isLarge {
        if let leaving = takeTurns(&inspector, over: &screen, beside) { return leaving }
        continue
      }
      screen = inspector.render()
      terminal.present(screen, cursor: inspector.cursor)
      // Of a key that is held down, not every step need be drawn.
      var timeout: Duration?
      for _ in 0..<Self.inputsPerFrame {
        guard let input = terminal.nextInput(timeout: timeout) else { break }
        for event in events(of: input) {
          if let leaving = carryOut(inspector.handle(event), &inspector) { return leaving }
        }
        timeout = .zero
      }
    }
  }

  /// How many inputs that wait already are handled before the next frame.
  private static let inputsPerFrame = 32

  private func events(of input: TerminalInput) -> [Event] {
    input == .wake ? collect() : [.input(input)]
  }

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

  // MARK: Beside the loop

  /// Handles all input in turns, and draws their screens, as long as the profile is large.
  private func takeTurns(
    _ inspector: inout Inspector, over screen: inout CellGrid, _ beside: Beside
  ) -> Leaving? {
    var events: [Event] = []
    // The last two: while the one before the last still runs, nothing else begins, so that they do not
    // pile up.
    var givenUp: [Turn] = []
    var foreseen: Turn?
    while true {
      let turn =
        foreseen ?? Turn(inspector, events, after: givenUp.count > 1 ? givenUp[0] : nil)
      var ahead: [Event] = []
      if foreseen == nil, !beside(turn.run) {
        let leaving = wait(for: turn, of: events, &inspector, &ahead, over: screen)
        if let leaving { return leaving }
      }
      foreseen = nil
      if let outcome = turn.outcome {
        inspector = outcome.inspector
        events = outcome.rest + ahead
        if let drawn = outcome.screen { screen = drawn }
        var answers: [Event] = []
        for effect in outcome.effects {
          if case .quit(let leaving) = effect { return leaving }
          answers += perform(effect, terminal)
        }
        events = answers + events
        if outcome.screen == nil { continue }
      } else {
        givenUp = givenUp.suffix(1) + [turn]
        inspector.say("given up")
        screen = inspector.render()
        // What does not come from the user is handled nevertheless.
        events = events.filter { if case .input = $0 { false } else { true } } + ahead
      }
      guard events.isEmpty else { continue }
      guard inspector.isLarge else { return nil }
      terminal.present(screen, cursor: inspector.cursor)
      if let aside, foresight.begin(inspector.prospects), !aside(foresight.run) {
        foresight.cannotRun()
      }
      if let input = terminal.nextInput(timeout: nil) { events = self.events(of: input) }
      foreseen = foresight.end(for: inspector.command(of: events), isIdle: events.isEmpty)
    }
  }

  /// Hears keys and signals until the turn is over or given up.
  ///
  /// - Parameters:
  ///   - events: what the turn handles.
  ///   - ahead: gets what is to be handled afterwards.
  /// - Returns: how to leave, where something asks for that.
  private func wait(
    for turn: Turn, of events: [Event], _ inspector: inout Inspector, _ ahead: inout [Event],
    over screen: CellGrid
  ) -> Leaving? {
    var size = terminal.size
    while turn.outcome == nil {
      terminal.present(inspector.workingScreen(over: screen, size: size), cursor: nil)
      guard let input = terminal.nextInput(timeout: nil) else { continue }
      switch input {
      case .wake: ahead += collect()
      case .resize(let new):
        size = new
        ahead.append(.input(input))
      case .key(let key):
        switch inspector.answerWhileWorking(to: key, after: events + ahead) {
        case .leave: return .done
        case .wait: ahead.append(.input(input))
        case .giveUp:
          turn.giveUp()
          // What was typed ahead was meant for what is not there now.
          ahead.removeAll { if case .input(.key) = $0 { true } else { false } }
          return nil
        }
      case .mouse: break
      case .suspend, .resumed, .terminate, .closed:
        if let leaving = carryOut(inspector.handle(.input(input)), &inspector) { return leaving }
      }
    }
    return nil
  }
}
