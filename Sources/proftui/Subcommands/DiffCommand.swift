import Reports

/// `proftui diff [flags] [BINARY] OLD NEW`
struct DiffCommand: Subcommand {
  let name = "diff"
  let usage = "[flags] [BINARY] OLD NEW"
  let summary = "Look at what changed; without a terminal, print report diff"

  func run(_ arguments: [String]) throws(CommandFailure) {
    var invocation = Invocation()
    do throws(UsageError) {
      try FlagParser(CommandFlags.forReport + InspectorFlags.hidden)
        .parse(arguments, into: &invocation)
      if invocation.wantsHelp { return Help.print() }
      invocation.comparesProfiles = true
      try invocation.settle()
      try ComparedSources.settle(&invocation)
    } catch {
      throw CommandFailure(usage: error)
    }
    for warning in invocation.warnings { StandardStreams.complain(warning) }
    let wantsText = !invocation.form.isEmpty
    if !wantsText, StandardStreams.isOutputTerminal || invocation.inspector["script"] != nil {
      try Inspect.run(invocation)
    } else {
      invocation.report = .init(name: DiffReport().name)
      try PrintReport.run(invocation)
    }
  }
}
