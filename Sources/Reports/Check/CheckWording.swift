import ProfileAnalysis

extension GrowthCheck {
  /// The outcome in a sentence.
  var verdict: String {
    let failed = findings.filter { $0.verdict == .failed }.count
    let noise = findings.filter { $0.verdict == .noise }.count
    let budgets = budgetCount == 1 ? "1 budget" : "\(budgetCount) budgets"
    let change = "\(sampleType) \(label(sum.base)) -> \(label(sum.other)), \(growth(sum))"
    var text = failed == 0 ? "passed: \(budgets) kept" : "failed: \(failed) beyond their budgets"
    if noise > 0 { text += ", \(noise) within sampling noise" }
    return "\(text); \(change)"
  }

  /// A value with its unit.
  func label(_ value: Int64) -> String { Measurement.label(value, unit: unit) }

  /// By how much, as `+3.17MB (+198%)`.
  func growth(_ value: ComparedValue) -> String {
    let sign = value.change > 0 ? "+" : ""
    guard value.base != 0 else {
      return "\(sign)\(label(value.change))" + (value.other == 0 ? "" : " (new)")
    }
    let percent = (Double(value.change) / Double(value.base).magnitude * 100).rounded()
    let text = percent.magnitude < 1e15 ? "\(Int64(percent))" : "\(percent)"
    return "\(sign)\(label(value.change)) (\(sign)\(text)%)"
  }

  /// What a finding says, in a line without what it is about.
  func message(_ finding: Finding) -> String {
    if finding.verdict == .unchecked { return "not checked: \(finding.reason)" }
    var text = "\(growth(finding.value)), \(label(finding.value.base)) -> "
    text += "\(label(finding.value.other)); at most \(finding.limit)"
    if finding.value.roundedError > 0 {
      text += ", standard error \(label(finding.value.roundedError))"
    }
    return finding.reason.isEmpty ? text : "\(text); \(finding.reason)"
  }

  /// What a finding is about: `function main.leak`.
  func title(_ finding: Finding) -> String {
    finding.name.isEmpty ? "\(finding.kind) \(sampleType)" : "\(finding.kind) \(finding.name)"
  }
}
