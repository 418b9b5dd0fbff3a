import ArgumentParser

/// `proftui-bench compare`: whole processes of ours and of `go tool pprof`, in turn.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Run proftui and go tool pprof on the same profiles and print the ratios.",
    discussion: """
      The two run one after the other, as often as asked, and the medians of processor time and of \
      peak memory are compared. The last columns have the goal: how many times less, at least.
      """)

  @Option(help: "The proftui to measure.")
  var proftui = ".build/release/proftui"

  @Option(help: "The go whose pprof to measure.")
  var go = "go"

  @Option(help: "How often each of the two runs.")
  var rounds = 3

  @Option(
    name: .customLong("work"),
    help:
      "What both do, \(ComparedWork.all.map(\.name).joined(separator: " or ")); can be given more than once."
  )
  var works: [ComparedWork] = [ComparedWork.all[0]]

  @Flag(help: "Print JSON.")
  var json = false

  @Argument(help: "Profiles as generate made them.")
  var profiles: [String]

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("--rounds is at least 1") }
  }

  func run() throws {
    // `go tool` itself takes time; it knows where the program is.
    let found = try ChildProcess.output(of: [go, "tool", "-n", "pprof"])
    let pprof = found.split(separator: "\n").first.map(String.init) ?? "pprof"
    var table = ResultTable(columns: [
      "work", "pprof s", "proftui s", "CPU ratio", "CPU goal", "pprof MB", "proftui MB",
      "memory ratio", "memory goal",
    ])
    for work in works {
      for profile in profiles {
        let name = "\(work.name) \(Self.shapeName(profile))"
        let row = try Comparison(
          ours: [proftui] + work.arguments(profile), theirs: [pprof] + work.arguments(profile),
          rounds: rounds)
        table.append(cells(name, row))
      }
    }
    print(json ? table.json : table.text)
    // The kernel counts what a process held before it became another program.
    let own = Int((Double(ProcessCost.current.peakBytes) / 1e6).rounded())
    if !json { print("Peaks under \(own) MB, which this program takes, show as that.") }
  }

  private func cells(_ name: String, _ row: Comparison) -> [ResultTable.Cell] {
    let goal = Budgets.ratios[name]
    return [
      .text(name),
      .number(row.theirs.cpuSeconds, digits: 3), .number(row.ours.cpuSeconds, digits: 4),
      .number(row.cpuRatio, digits: 1), goal.map { .number($0.cpu, digits: 0) } ?? .none,
      .number(Double(row.theirs.peakBytes) / 1e6, digits: 1),
      .number(Double(row.ours.peakBytes) / 1e6, digits: 1),
      .number(row.memoryRatio, digits: 1), goal.map { .number($0.memory, digits: 0) } ?? .none,
    ]
  }

  /// `medium` of `x/medium.pb.gz`.
  private static func shapeName(_ path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.prefix { $0 != "." })
  }
}

/// One thing that both programs can be told to do with a profile.
///
/// To add one, write its line in `all`.
struct ComparedWork: ExpressibleByArgument, Sendable {
  var name: String
  var arguments: @Sendable (_ profile: String) -> [String]

  static let all = [
    ComparedWork(name: "top") { ["-top", $0] },
    ComparedWork(name: "diff") { ["-top", "-diff_base=\($0)", $0] },
    ComparedWork(name: "traces") { ["-traces", $0] },
  ]

  init(name: String, arguments: @escaping @Sendable (_ profile: String) -> [String]) {
    self.name = name
    self.arguments = arguments
  }

  init?(argument: String) {
    guard let work = Self.all.first(where: { $0.name == argument }) else { return nil }
    self = work
  }
}

/// The medians of runs that took turns.
struct Comparison {
  var ours: ProcessCost
  var theirs: ProcessCost

  var cpuRatio: Double { theirs.cpuSeconds / ours.cpuSeconds }
  var memoryRatio: Double { Double(theirs.peakBytes) / Double(ours.peakBytes) }

  init(ours: [String], theirs: [String], rounds: Int) throws {
    var oursRuns: [ProcessCost] = []
    var theirRuns: [ProcessCost] = []
    for _ in 0..<rounds {
      theirRuns.append(try ChildProcess.measure(theirs))
      oursRuns.append(try ChildProcess.measure(ours))
    }
    self.ours = Self.median(oursRuns)
    self.theirs = Self.median(theirRuns)
  }

  private static func median(_ runs: [ProcessCost]) -> ProcessCost {
    ProcessCost(
      cpuSeconds: runs.map(\.cpuSeconds).sorted()[runs.count / 2],
      peakBytes: runs.map(\.peakBytes).sorted()[runs.count / 2])
  }
}
