import ProfileAnalysis

/// The blocks of the tree and peek reports: an entry's callers, the entry, its callees.
struct CallBlocks {
  private let subject: ReportSubject
  private let graph: CallGraph
  private let numbers: ReportNumbers

  private static let separator: StaticString =
    "----------------------------------------------------------+-------------\n"

  init(_ subject: ReportSubject, _ graph: CallGraph) {
    self.subject = subject
    self.graph = graph
    numbers = subject.numbers(in: subject.outputUnit(for: graph))
  }

  /// - Parameter entries: those that blocks are written of; the header is about all of the graph.
  func write(_ entries: [Int], to output: inout OutputBuffer) {
    output.write(lines: ReportHeader(subject: subject, numbers: numbers).lines(for: graph))
    output.write(Self.separator)
    output.write(
      "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t \n"
        as StaticString)
    var sum: Int64 = 0
    for entry in entries {
      let flat = graph.totals.flatValue(entry)
      let cumulative = graph.totals.cumulativeValue(entry)
      sum &+= flat
      output.write(Self.separator)
      for edge in graph.callers(of: entry) {
        write(edge, name: edge.source, cumulative, to: &output)
      }
      output.write(numbers.label(flat), rightAlignedIn: 10)
      output.write(" \(numbers.share(flat)) \(numbers.share(sum)) ")
      output.write(numbers.label(cumulative), rightAlignedIn: 10)
      output.write(" \(numbers.share(cumulative))                | ")
      write(name: entry, to: &output)
      output.write(byte: UInt8(ascii: "\n"))
      for edge in graph.callees(of: entry) {
        write(edge, name: edge.target, cumulative, to: &output)
      }
    }
    if !graph.entries.isEmpty { output.write(Self.separator) }
  }

  /// A row for each entry, and around it one for each of its callers and callees.
  func table(of entries: [Int], report: String) -> ReportTable {
    var table = ReportTable(
      of: subject, report: report,
      columns: ["entry", "role", "flat", "cum", "calls", "name", "inline"])
    for entry in entries {
      let own = graph.names[graph.node(of: entry)]
      func append(_ edge: CallEdge, _ role: String, _ other: Int) {
        table.append([
          .text(own), .text(role), .none, .none, .integer(edge.weight),
          .text(graph.names[graph.node(of: other)]), .text(edge.isInline ? "yes" : ""),
        ])
      }
      for edge in graph.callers(of: entry) { append(edge, "caller", edge.source) }
      table.append([
        .text(own), .text("entry"), .integer(graph.totals.flatValue(entry)),
        .integer(graph.totals.cumulativeValue(entry)), .none, .text(own), .text(""),
      ])
      for edge in graph.callees(of: entry) { append(edge, "callee", edge.target) }
    }
    return table
  }

  private func write(
    _ edge: CallEdge, name: Int, _ cumulative: Int64, to output: inout OutputBuffer
  ) {
    output.write(numbers.label(edge.weight), rightAlignedIn: 50)
    output.write(" \(Measurement.percentage(edge.weight, of: cumulative)) |   ")
    write(name: name, to: &output)
    if edge.isInline { output.write(" (inline)" as StaticString) }
    output.write(byte: UInt8(ascii: "\n"))
  }

  private func write(name entry: Int, to output: inout OutputBuffer) {
    graph.names.withName(of: graph.node(of: entry)) { output.write($0) }
  }
}
