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

  @Option(help: "Seconds of pprof's after which a row does not run again.")
  var patience = 60.0

  @Flag(help: "Print JSON.")
  var json = false

  @Argument(
    help: ArgumentHelp(
      "What both do with a profile as generate made it: \(ComparedWork.all.map(\.name).joined(separator: ", ")).",
      valueName: "work:profile"))
  var rows: [ComparedRow]

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("--rounds is at least 1") }
  }

  func run() throws {
    // `go tool` itself takes time; it knows where the program is.
    let found = try ChildProcess.output(of: [go, "tool", "-n", "pprof"])
    let pprof = found.split(separator: "\n").first.map(String.init) ?? "pprof"
    var table = ResultTable(columns: [
      "work", "pprof s", "proftui s", "CPU ratio", "CPU goal", "pprof MB", "proftui MB",
      "memory ratio", "memory goal", "runs",
    ])
    for row in rows {
      let comparison = try Comparison(
        rounds: rounds, patience: patience,
        ours: { try row.work.measureOurs(proftui, row.profile) },
        theirs: { try row.work.measureTheirs(pprof, row.profile) })
      table.append(cells(row.name, comparison))
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
      .number(Double(row.rounds), digits: 0),
    ]
  }
}

/// A row of the table: what both programs do, and with which profile.
struct ComparedRow: ExpressibleByArgument, Sendable {
  let work: ComparedWork
  let profile: String

  /// `top:x/medium.pb.gz`.
  init?(argument: String) {
    guard let colon = argument.firstIndex(of: ":"),
      let work = ComparedWork.all.first(where: { $0.name == argument[..<colon] })
    else { return nil }
    self.work = work
    profile = String(argument[argument.index(after: colon)...])
  }

  /// `top medium` of `top:x/medium.pb.gz`.
  var name: String {
    let file = profile.split(separator: "/").last ?? ""
    return "\(work.name) \(file.prefix { $0 != "." })"
  }
}

/// The medians of runs that took turns.
struct Comparison {
  var ours: ProcessCost
  var theirs: ProcessCost
  /// How often each ran.
  var rounds: Int

  var cpuRatio: Double { theirs.cpuSeconds / ours.cpuSeconds }
  var memoryRatio: Double { Double(theirs.peakBytes) / Double(ours.peakBytes) }

  /// - Parameter patience: seconds of theirs after which there is no other round.
  init(
    rounds: Int, patience: Double, ours: () throws -> ProcessCost, theirs: () throws -> ProcessCost
  ) throws {
    var oursRuns: [ProcessCost] = []
    var theirRuns: [ProcessCost] = []
    while oursRuns.count < rounds, theirRuns.last.map({ $0.cpuSeconds < patience }) ?? true {
      theirRuns.append(try theirs())
      oursRuns.append(try ours())
    }
    self.ours = Self.median(oursRuns)
    self.theirs = Self.median(theirRuns)
    self.rounds = oursRuns.count
  }

  private static func median(_ runs: [ProcessCost]) -> ProcessCost {
    ProcessCost(
      cpuSeconds: runs.map(\.cpuSeconds).sorted()[runs.count / 2],
      peakBytes: runs.map(\.peakBytes).sorted()[runs.count / 2])
  }
}
