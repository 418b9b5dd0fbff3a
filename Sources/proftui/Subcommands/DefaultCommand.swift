import Glibc
import Inspector
import Reports

/// What the program does without a subcommand: prints the report that a flag asks for, or opens the
/// inspector; without a terminal, prints the top report.
enum DefaultCommand {
  static func run(_ arguments: [String]) throws(CommandFailure) {
    var invocation = Invocation()
    do throws(UsageError) {
      try FlagParser(CommandFlags.all + InspectorFlags.hidden).parse(arguments, into: &invocation)
      if invocation.wantsHelp { return Help.print() }
      if invocation.wantsVersion { return Help.printVersion() }
      try invocation.settle()
    } catch {
      throw CommandFailure(usage: error)
    }
    if try printed(invocation) { return }
    for warning in invocation.warnings { StandardStreams.complain(warning) }
    if let name = invocation.positionals.first, Subcommands.subcommand(named: name) != nil,
      access(name, F_OK) != 0
    {
      throw CommandFailure(usage: .lateSubcommand(name))
    }
    ProfileLoader.split(invocation.positionals, into: &invocation.sources)
    guard !invocation.sources.profiles.isEmpty else { throw CommandFailure(usage: .noSource) }
    let opensInspector = StandardStreams.isOutputTerminal || invocation.inspector["script"] != nil
    if invocation.report == nil, opensInspector {
      try Inspect.run(invocation)
    } else {
      try PrintReport.run(invocation)
    }
  }

  /// Prints what is asked for of the program itself; false where nothing is.
  private static func printed(_ invocation: Invocation) throws(CommandFailure) -> Bool {
    let wantsKeys = invocation.inspector["keys"] == "true"
    guard wantsKeys || invocation.inspector["print_config"] == "true" else { return false }
    var invocation = invocation
    let start = try InspectorFlags.start(&invocation)
    for problem in start.problems { StandardStreams.complain(problem) }
    Help.write(wantsKeys ? KeyTable.text(start.settings) : start.settings.configuration())
    return true
  }
}
