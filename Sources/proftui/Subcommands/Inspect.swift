import Glibc
import Inspector
import NcursesTerminal
import TerminalUI

/// Opens the inspector on the profiles of a command line.
enum Inspect {
  /// Runs until the user leaves.
  ///
  /// - Throws: what stopped it; the terminal is given back by then. Does not return when a signal
  ///   asked to end: the exit status tells which.
  static func run(_ invocation: Invocation) throws(CommandFailure) {
    let source = ProfileSource(
      paths: invocation.sources.profiles.map(LiveInput.printable),
      sampleType: invocation.options.sampleIndex,
      base: invocation.sources.base.map(LiveInput.printable), isSeries: invocation.opensSeries)
    let settings = try InspectorFlags.settings(invocation)
    if let script = invocation.inspector["script"] {
      return try Replay.run(script, source: source, invocation, glyphs: settings.glyphs ?? .utf8)
    }
    let leaving = try show(source, invocation, settings)
    switch leaving {
    case .done: return
    case .gaveUp: throw CommandFailure(source.name, "given up before it was read")
    case .failed(let failure): throw CommandFailure(failure.subject, failure.reason)
    case .signalled(let signal): exit(128 + signal)
    }
  }

  private static func show(
    _ source: ProfileSource, _ invocation: Invocation, _ settings: InspectorFlags.Choices
  ) throws(CommandFailure) -> Leaving {
    var options = NcursesTerminal.Options()
    options.colorMode = settings.color
    options.settings.theme = settings.theme
    options.forcesUTF8 = settings.glyphs == .utf8
    let terminal: NcursesTerminal
    do throws(NcursesTerminalError) {
      terminal = try NcursesTerminal(options)
    } catch {
      throw CommandFailure(nil, error.description)
    }
    defer { terminal.close() }
    let glyphs = settings.glyphs ?? (terminal.canShowUnicode ? .utf8 : .ascii)
    let waker = terminal.waker
    let performer = EffectPerformer(invocation) { waker.wake() }
    var inspector = Inspector(
      source: source, size: terminal.size, glyphs: glyphs,
      settings: settings.shown(invocation.options))
    let loop = InspectorLoop(
      terminal: terminal, perform: { performer.perform($0, on: $1) },
      collect: { performer.collect() })
    return loop.run(&inspector)
  }
}
