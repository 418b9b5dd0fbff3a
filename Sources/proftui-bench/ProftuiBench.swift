import ArgumentParser

/// Measures this package: makes profiles of known shapes, times each step, stands beside pprof.
@main
struct ProftuiBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proftui-bench",
    abstract: "Make profiles of known shapes and measure what reads them.",
    subcommands: [
      GenerateCommand.self, RunCommand.self, CountCommand.self, CompareCommand.self,
    ])
}
