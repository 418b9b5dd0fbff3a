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
    for warning in invocation.warnings { StandardStreams.complain(warning) }
    ProfileLoader.split(invocation.positionals, into: &invocation.sources)
    guard !invocation.sources.profiles.isEmpty else { throw CommandFailure(usage: .noSource) }
    let opensInspector = StandardStreams.isOutputTerminal || invocation.inspector["script"] != nil
    if invocation.report == nil, opensInspector {
      try Inspect.run(invocation)
    } else {
      try PrintReport.run(invocation)
    }
  }
}
