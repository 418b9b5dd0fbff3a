import CMemory
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
    var invocation = invocation
    var source = ProfileSource(
      paths: invocation.sources.profiles.map(LiveInput.printable),
      sampleType: invocation.options.sampleIndex,
      base: invocation.sources.base.map(LiveInput.printable), isSeries: invocation.opensSeries)
    if source.paths.count == 1, source.base.isEmpty, !source.isSeries,
      let argument = invocation.sources.profiles.first, LiveInput.isMeant(by: argument)
    {
      let watch = invocation.watch
      let address = try LiveInput.address(argument)
      source.live = LivePlace(
        address: address.name, server: address.server,
        isBrowsable: address.service != .http || address.isIndex, every: watch.every,
        isWatched: watch.isWanted)
    }
    let start = try InspectorFlags.start(&invocation)
    if let script = invocation.inspector["script"] {
      return try Replay.run(script, source: source, invocation, start)
    }
    let leaving = try show(source, invocation, start)
    switch leaving {
    case .done: return
    case .gaveUp: throw CommandFailure(source.name, "given up before it was read")
    case .failed(let failure): throw CommandFailure(failure.subject, failure.reason)
    case .signalled(let signal): exit(128 + signal)
    }
  }

  private static func show(
    _ source: ProfileSource, _ invocation: Invocation, _ start: InspectorFlags.Start
  ) throws(CommandFailure) -> Leaving {
    // Reports end before it would matter.
    proftui_give_memory_back()
    var options = NcursesTerminal.Options()
    options.colorMode = start.colorMode
    options.settings = start.settings.forTerminal
    options.forcesUTF8 = start.glyphs == .utf8
    let terminal: NcursesTerminal
    do throws(NcursesTerminalError) {
      terminal = try NcursesTerminal(options)
    } catch {
      throw CommandFailure(nil, error.description)
    }
    defer { terminal.close() }
    let glyphs = start.glyphs ?? (terminal.canShowUnicode ? .utf8 : .ascii)
    let waker = terminal.waker
    let performer = EffectPerformer(invocation) { waker.wake() }
    var inspector = Inspector(
      source: source, size: terminal.size, glyphs: glyphs, settings: start.settings)
    let keeps = start.settings.remember && invocation.inspector["no_config"] != "true"
    var recollection = start.recollection
    var problems = start.problems
    if keeps { recollection.state = StateFile.read { problems.append($0) } }
    inspector.recall(recollection)
    for problem in problems { _ = inspector.handle(.told(problem)) }
    let loop = InspectorLoop(
      terminal: terminal, perform: { performer.perform($0, on: $1) },
      collect: { performer.collect() },
      beside: { WorkerThread.run($0) { waker.wake() } },
      aside: { WorkerThread.startAside($0) }, wake: { waker.wake() })
    let leaving = loop.run(&inspector)
    if keeps, inspector.currentSettings.remember { StateFile.write(inspector) }
    terminal.close()
    performer.finishWriting()
    return leaving
  }
}
