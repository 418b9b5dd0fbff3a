import Reports

/// `proftui diff [flags] [BINARY] OLD NEW`
struct DiffCommand: Subcommand {
  let name = "diff"
  let usage = "[flags] [BINARY] OLD NEW"
  let summary = "Look at what changed; without a terminal, print report diff"

  func run(_ arguments: [String]) throws(CommandFailure) {
    let invocation = try Invocation.read(
      arguments, CommandFlags.forReport + InspectorFlags.hidden, settling: ComparedSources.settle)
    guard var invocation else { return }
    let wantsText = !invocation.form.isEmpty
    if !wantsText, StandardStreams.isOutputTerminal || invocation.inspector["script"] != nil {
      try Inspect.run(invocation)
    } else {
      invocation.report = .init(name: DiffReport().name)
      try PrintReport.run(invocation)
    }
  }
}
