import ArgumentParser

/// `proftui-bench run medium.pb.gz`: each step from bytes to answers, one row each.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Time each step from a file's bytes to answers.",
    discussion: """
      Times are processor time, in nanoseconds for each sample of the profile; bytes are what the \
      step's result keeps, for each sample. The last column is the budget for the best time.
      """)

  @Option(help: "Processor time to spend on each step.")
  var seconds = 0.5

  @Option(help: "Run each step so often, for counting instructions, and print nothing.")
  var count: Int?

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Only this step: \(BenchSteps.all.map(\.name).joined(separator: ", ")).")
  var step: String?

  @Argument(help: "A profile as generate made it.")
  var profile: String

  func validate() throws {
    if let step, !BenchSteps.all.contains(where: { $0.name == step }) {
      throw ValidationError("no step is called \(step)")
    }
  }

  func run() throws {
    let subject = try BenchSubject(path: profile)
    if let count {
      for step in BenchSteps.all where self.step == nil || self.step == step.name {
        let work = try step.prepare(subject)
        for _ in 0..<count { _ = try work() }
      }
      return
    }
    let samples = Double(max(subject.profile.samples.count, 1))
    var table = ResultTable(columns: [
      "step", "best ms", "best ns", "median ns", "bytes", "budget ns",
    ])
    for step in BenchSteps.all where self.step == nil || self.step == step.name {
      let timing = try Timing(step, subject, seconds: seconds)
      table.append([
        .text(step.name),
        .number(Double(timing.best) / 1e6, digits: 2),
        .number(Double(timing.best) / samples, digits: 1),
        .number(Double(timing.median) / samples, digits: 1),
        .number(Double(timing.keptBytes) / samples, digits: 1),
        Budgets.nanoseconds[step.name].map { .number($0, digits: 0) } ?? .none,
      ])
    }
    if json {
      print(table.json)
    } else {
      print(
        "\(profile): \(subject.profile.samples.count) samples, "
          + "\(subject.compressed.count) bytes, \(subject.inflated.count) inflated")
      print(table.text)
    }
  }
}
