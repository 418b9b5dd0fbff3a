import ArgumentParser
import Glibc

/// `proftui-bench count small.pb.gz`: the instructions of each step, against its budget.
struct CountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count",
    abstract: "Count the instructions of each step, and hold them against budgets.",
    discussion: """
      Runs each step under valgrind, once with it and once without. Instructions do not depend on \
      what else the machine does. Exits with 1 where a step takes more than its budget, which is \
      for small.
      """)

  @Option(help: "The valgrind to count with.")
  var valgrind = "valgrind"

  @Option(help: "Only this step.")
  var step: String?

  @Argument(help: "A profile as generate made it.")
  var profile: String

  func run() throws {
    let samples = Double(max(try BenchSubject(path: profile).profile.samples.count, 1))
    var table = ResultTable(columns: ["step", "instructions a sample", "budget"])
    var isOver = false
    for step in BenchSteps.all where self.step == nil || self.step == step.name {
      let whole = try instructions(of: step, runs: 2) - instructions(of: step, runs: 1)
      let count = Double(whole) / samples
      let budget = Budgets.instructions[step.name]
      if let budget, count > budget { isOver = true }
      table.append([
        .text(step.name), .number(count, digits: 0),
        budget.map { .number($0, digits: 0) } ?? .none,
      ])
    }
    print(table.text)
    if isOver { throw ExitCode.failure }
  }

  /// What valgrind counts for a process that prepares the step and takes it `runs` times.
  private func instructions(of step: BenchStep, runs: Int) throws -> Int {
    let output = try ChildProcess.output(of: [
      valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null", "/proc/\(getpid())/exe",
      "run", profile, "--step", step.name, "--count", String(runs),
    ])
    // `==123== Collected : 96774409`
    let line = output.split(separator: "\n").first { $0.contains("Collected :") }
    guard let count = line?.split(separator: " ").last.flatMap({ Int($0) }) else {
      throw BenchError.failed("\(valgrind) --tool=callgrind")
    }
    return count
  }
}
