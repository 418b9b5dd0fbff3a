/// One object: `passed`, `sampleType`, `unit`, `total`, and `findings` with an object each.
public struct JSONCheckWriter: CheckWriter {
  public let name = "json"
  public let summary = "One JSON object"

  public init() {}

  public func write(_ check: GrowthCheck, to output: inout OutputBuffer) {
    let findings = check.findings.map { finding in
      JSONValue.object([
        ("verdict", .string(finding.verdict.rawValue)), ("kind", .string(finding.kind)),
        ("name", .string(finding.name)), ("old", .integer(finding.value.base)),
        ("new", .integer(finding.value.other)), ("change", .integer(finding.value.change)),
        ("error", .integer(finding.value.roundedError)), ("limit", .string(finding.limit)),
        ("file", finding.place.map { .string($0.file) } ?? .null),
        ("line", finding.place.map { .integer($0.line) } ?? .null),
        ("message", .string(check.message(finding))),
      ])
    }
    JSONValue.object([
      ("passed", .boolean(check.isPassed)), ("sampleType", .string(check.sampleType)),
      ("unit", .string(check.unit)), ("old", .integer(check.sum.base)),
      ("new", .integer(check.sum.other)), ("change", .integer(check.sum.change)),
      ("error", .integer(check.sum.roundedError)), ("budgets", .integer(Int64(check.budgetCount))),
      ("findings", .array(findings)),
    ]).write(to: &output)
    output.writeLine()
  }
}
