/// `proftui completions SHELL`
struct CompletionsCommand: Subcommand {
  let name = "completions"
  let usage = "SHELL"
  let summary =
    "Print completions for \(CompletionShell.allCases.map(\.rawValue).joined(separator: ", "))"

  var firstWords: [String] { CompletionShell.allCases.map(\.rawValue) }

  func run(_ arguments: [String]) throws(CommandFailure) {
    let name = arguments.first ?? ""
    guard arguments.count == 1, let shell = CompletionShell(rawValue: name) else {
      let known = CompletionShell.allCases.map(\.rawValue)
      throw CommandFailure(usage: .unknownShell(name, known: known))
    }
    Help.write(shell.script)
  }
}
