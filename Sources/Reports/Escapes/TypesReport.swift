import EscapeAnalysis

/// Which concrete types bytes on the heap are of, and by which operation they came there.
public struct TypesReport: Report {
  public let name = "types"
  public let summary = "Concrete types on the heap, and the operations that put them there"

  public init() {}

  public func adjust(_ options: inout ReportOptions) { options.settle(nodeCount: 0) }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    EscapeText(subject).write(.byType, to: &output)
  }

  /// A row for each type and cause.
  public func table(of subject: ReportSubject) -> ReportTable {
    let summary = subject.escapes
    let tree = EscapeTree(summary, .byType)
    var table = ReportTable(
      of: subject, report: name,
      columns: ["type", "cause", "typeTier", "causeTier", "objects", "bytes"])
    table.addEvidence(of: summary)
    for root in tree.roots {
      for child in tree.nodes[root].children {
        let node = tree.nodes[child]
        let findings = node.findings.map { summary.evidence.findings[$0] }
        guard let first = findings.first else { continue }
        // A sum is known no better than the least that is known of its parts.
        let typeTier = findings.map(\.typeTier).max() ?? first.typeTier
        let causeTier = findings.map(\.causeTier).max() ?? first.causeTier
        table.append([
          .text(first.type), .text(first.cause?.rawValue ?? ""), .text(typeTier.rawValue),
          .text(causeTier.rawValue), .integer(node.amount.objects), .integer(node.amount.bytes),
        ])
      }
    }
    return table
  }
}
