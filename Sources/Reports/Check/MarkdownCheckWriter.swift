/// A table, as for a comment on a change.
public struct MarkdownCheckWriter: CheckWriter {
  public let name = "markdown"
  public let summary = "A Markdown table"

  public init() {}

  public func write(_ check: GrowthCheck, to output: inout OutputBuffer) {
    output.writeLine("**\(MarkdownWriter.escaped(check.verdict))**")
    guard !check.findings.isEmpty else { return }
    output.writeLine()
    var table = ReportTable(
      of: ReportMeasure(
        sampleType: check.sampleType, unit: check.unit, total: check.sum.base), report: "check",
      columns: ["verdict", "what", "finding", "where"])
    for finding in check.findings {
      table.append([
        .text(finding.verdict.rawValue), .text(check.title(finding)),
        .text(check.message(finding)), .text(finding.place.map { "\($0.file):\($0.line)" } ?? ""),
      ])
    }
    MarkdownWriter().write(table, to: &output)
  }
}
