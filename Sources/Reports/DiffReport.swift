import ProfileAnalysis

/// A row for each entry of two profiles: what it cost in the older and costs in the newer one.
public struct DiffReport: Report {
  public let name = "diff"
  public let summary = "Entries by what they cost more than in an older profile"
  public let comparesProfiles = true

  public init() {}

  public func adjust(_ options: inout ReportOptions) { options.settle(nodeCount: 0) }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let rows = Rows(subject)
    let numbers = subject.numbers(in: subject.outputUnit(for: rows.graph))
    output.write(lines: ReportHeader(subject: subject, numbers: numbers).lines(for: rows.graph))
    for line in preamble(subject, numbers) { output.writeLine(line) }
    output.write(
      "       old        new     change change%      error    cum old    cum new cum change   cum%\n"
        as StaticString)
    for entry in rows.graph.entries {
      let (flat, cumulative) = rows.values(of: entry)
      for value in [flat.base, flat.other, flat.change] {
        output.write(numbers.label(value), rightAlignedIn: 10)
        output.write(byte: UInt8(ascii: " "))
      }
      output.write(" \(numbers.share(flat.change)) ")
      output.write(numbers.label(flat.roundedError), rightAlignedIn: 10)
      for value in [cumulative.base, cumulative.other, cumulative.change] {
        output.write(byte: UInt8(ascii: " "))
        output.write(numbers.label(value), rightAlignedIn: 10)
      }
      output.write(" \(numbers.share(cumulative.change)) ")
      output.write(cumulative.mark + " ")
      rows.graph.names.withName(of: rows.graph.node(of: entry)) { output.write($0) }
      output.write(byte: UInt8(ascii: "\n"))
    }
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    let rows = Rows(subject)
    var table = ReportTable(
      of: subject, report: name,
      columns: [
        "old", "new", "change", "error", "cum_old", "cum_new", "cum_change", "cum_error", "state",
        "name",
      ])
    for entry in rows.graph.entries {
      let (flat, cumulative) = rows.values(of: entry)
      table.append(
        [flat, cumulative].flatMap { value -> [ReportTable.Cell] in
          [value.base, value.other, value.change, value.roundedError].map { .integer($0) }
        } + [.text(cumulative.state), .text(rows.graph.names[rows.graph.node(of: entry)])])
    }
    return table
  }

  private func preamble(_ subject: ReportSubject, _ numbers: ReportNumbers) -> [String] {
    guard let comparison = subject.comparison else { return [] }
    let sum = comparison.sum(of: subject.profile, type: subject.typeIndex)
    var lines = [
      "Old \(numbers.label(sum.base)), new \(numbers.label(sum.other)), change "
        + "\(numbers.label(sum.change)) with a standard error of \(numbers.label(sum.roundedError))"
    ]
    let (old, new) = comparison.leftOut
    if !old.isEmpty { lines.append("Only in the old: \(old.joined(separator: ", "))") }
    if !new.isEmpty { lines.append("Only in the new: \(new.joined(separator: ", "))") }
    if !comparison.isSameBuild {
      lines.append("Builds differ or are not known: matched by name and file")
    }
    lines.append("+ new, - gone, ~ within two standard errors")
    return lines
  }

  /// The entries as pprof orders them by the change, and their values in either profile.
  private struct Rows {
    let graph: CallGraph
    private let totals: ComparisonTotals?

    init(_ subject: ReportSubject) {
      let graph = subject.graph(.inlineMarks)
      self.graph = graph
      totals = subject.comparison.map {
        ComparisonTotals($0, subject.profile, graph.table, type: subject.typeIndex)
      }
    }

    /// Without an older profile all is new.
    func values(of entry: Int) -> (flat: ComparedValue, cumulative: ComparedValue) {
      if let totals {
        let node = graph.node(of: entry)
        return (totals.flat(node), totals.cumulative(node))
      }
      func new(_ value: Int64) -> ComparedValue {
        ComparedValue(base: 0, other: value, change: value)
      }
      return (new(graph.totals.flatValue(entry)), new(graph.totals.cumulativeValue(entry)))
    }
  }
}

extension ComparedValue {
  /// `new`, `gone`, `noise` or `changed`; empty where nothing changed.
  public var state: String {
    if change == 0 { return "" }
    if !isSignificant { return "noise" }
    return isNew ? "new" : isGone ? "gone" : "changed"
  }

  /// The state as one sign.
  var mark: String {
    switch state {
    case "new": "+"
    case "gone": "-"
    case "noise": "~"
    default: " "
    }
  }

  /// The standard error in whole units of the values.
  public var roundedError: Int64 {
    standardError < 0x1p62 ? Int64(standardError.rounded()) : .max
  }
}
