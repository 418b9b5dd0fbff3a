import ProfileAnalysis
import Reports

/// `proftui series [flags] [BINARY] P1 P2 … | FOLDER`
struct SeriesCommand: Subcommand {
  let name = "series"
  let usage = "[flags] [BINARY] P1 P2 … | FOLDER"
  let summary = "Follow each symbol through snapshots, oldest first"

  let flags: [CommandFlag] = [
    CommandFlag(
      name: "order",
      placeholder: SeriesRows.Order.allCases.map(\.rawValue).joined(separator: "|"),
      summary: "By what symbols are ordered: growth puts what grew in every step first"
    ) { (invocation, value) throws(UsageError) in
      guard SeriesRows.Order(rawValue: value) != nil else {
        throw .invalidValue(value, flag: "order")
      }
      invocation.seriesOrder = value
    }
  ]

  func run(_ arguments: [String]) throws(CommandFailure) {
    let invocation = try Invocation.read(
      arguments, CommandFlags.forReport + InspectorFlags.hidden + flags)
    guard var invocation else { return }
    ProfileLoader.split(invocation.positionals, into: &invocation.sources)
    let given = invocation.sources.profiles
    guard !given.isEmpty else { throw CommandFailure(usage: .noSource) }
    var paths: [String] = []
    for path in given { paths += try Folder.files(at: path) ?? [path] }
    guard paths.count > 1 else {
      throw CommandFailure(
        given.first, "a series needs two snapshots or more, and this is \(paths.count)",
        status: ExitStatus.usage)
    }
    invocation.sources.profiles = paths
    let wantsText = !invocation.form.isEmpty
    if !wantsText, StandardStreams.isOutputTerminal || invocation.inspector["script"] != nil {
      invocation.opensSeries = true
      return try Inspect.run(invocation)
    }
    let series = try SeriesLoader(
      sources: invocation.sources, warn: StandardStreams.complain
    ).load().series
    try print(series, invocation)
  }

  private func print(_ series: ProfileSeries, _ invocation: Invocation) throws(CommandFailure) {
    let form = invocation.form.isEmpty ? "text" : invocation.form
    guard let writer = ReportWriters.writer(named: form) else {
      throw CommandFailure(usage: .unknownForm(form, known: ReportWriters.all.map(\.name)))
    }
    let type: Int
    do {
      type = try SampleTypeSelection.index(
        named: invocation.options.sampleIndex, in: series.header)
    } catch {
      throw CommandFailure(nil, error.description)
    }
    let hasValues = form == "json" || form == "csv"
    let count = invocation.options.nodeCount
    let table = SeriesTable.make(
      series, type: type, isCumulative: invocation.options.sort == .cum,
      order: SeriesRows.Order(rawValue: invocation.seriesOrder) ?? .growth,
      limit: hasValues || count == 0 ? 0 : count < 0 ? 40 : count, hasValues: hasValues)
    try ReportOutput.write(to: "") { output in writer.write(table, to: &output) }
  }
}
