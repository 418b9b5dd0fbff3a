import ProfileAnalysis

/// A row for each function, file, line or address: what it costs itself and with all it calls.
public struct TopReport: Report {
  public let name = "top"
  public let aliases = ["text"]
  public let summary = "Entries by what they cost"
  public let takesSums = true

  public init() {}

  public func adjust(_ options: inout ReportOptions) { options.settle(nodeCount: 0) }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let graph = subject.graph(.inlineMarks)
    let numbers = subject.numbers(in: subject.outputUnit(for: graph))
    output.write(lines: ReportHeader(subject: subject, numbers: numbers).lines(for: graph))
    output.write("      flat  flat%   sum%        cum   cum%\n" as StaticString)
    var sum: Int64 = 0
    for entry in graph.entries {
      let flat = graph.totals.flatValue(entry)
      let cumulative = graph.totals.cumulativeValue(entry)
      sum &+= flat
      output.write(numbers.label(flat), rightAlignedIn: 10)
      output.write(byte: UInt8(ascii: " "))
      output.write(numbers.share(flat))
      output.write(byte: UInt8(ascii: " "))
      output.write(numbers.share(sum))
      output.write(byte: UInt8(ascii: " "))
      output.write(numbers.label(cumulative), rightAlignedIn: 10)
      output.write(byte: UInt8(ascii: " "))
      output.write(numbers.share(cumulative))
      output.write(spaces: 2)
      graph.names.withName(of: graph.node(of: entry)) { output.write($0) }
      switch graph.inlineMark(of: entry) {
      case .none: break
      case .partial: output.write(" (partial-inline)" as StaticString)
      case .whole: output.write(" (inline)" as StaticString)
      }
      output.write(byte: UInt8(ascii: "\n"))
    }
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    let graph = subject.graph(.inlineMarks)
    var table = ReportTable(
      of: subject, report: name, columns: ["flat", "cum", "name", "inline"])
    for entry in graph.entries {
      table.append([
        .integer(graph.totals.flatValue(entry)), .integer(graph.totals.cumulativeValue(entry)),
        .text(graph.names[graph.node(of: entry)]), .text(graph.inlineMark(of: entry).word),
      ])
    }
    return table
  }
}

extension InlineMark {
  /// The mark in one word: `yes`, `some` or nothing.
  var word: String {
    switch self {
    case .none: ""
    case .partial: "some"
    case .whole: "yes"
    }
  }
}
