import ProfileAnalysis
import ProfileModel

/// The graph in Graphviz's language, for `dot`.
public struct DotReport: Report {
  public let name = "dot"
  public let summary = "The call graph in Graphviz's language"

  public init() {}

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let graph = graph(of: subject)
    let unit = subject.outputUnit(for: graph)
    DotWriter(subject, graph, subject.numbers(in: unit)).write(to: &output)
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    let graph = graph(of: subject)
    var table = ReportTable(
      of: subject, report: name, columns: ["source", "target", "calls", "residual", "inline"])
    for edge in graph.sortedEdges {
      table.append([
        .text(graph.names[graph.node(of: edge.source)]),
        .text(graph.names[graph.node(of: edge.target)]), .integer(edge.value),
        .text(edge.isResidual ? "yes" : ""), .text(edge.isInline ? "yes" : ""),
      ])
    }
    return table
  }

  private func graph(of subject: ReportSubject) -> CallGraph {
    CallGraph.drawn(
      subject.profile, table: subject.nodeTable(), weights: subject.weights,
      limits: subject.limits(order: .entropy), isTree: subject.options.callTree,
      tagging: GraphTagging(
        outputUnit: subject.options.unit, bytesUnit: subject.unit(ofLabel: "bytes")))
  }
}

extension ReportSubject {
  /// The unit of a numeric label; empty where no sample has it.
  fileprivate func unit(ofLabel key: String) -> String {
    profile.strings.id(of: key).map { labelUnits[$0] } ?? ""
  }
}
