/// A line for each finding, and one for all of them.
public struct TextCheckWriter: CheckWriter {
  public let name = "text"
  public let summary = "A line for each finding"

  public init() {}

  public func write(_ check: GrowthCheck, to output: inout OutputBuffer) {
    for finding in check.findings {
      var line = "\(finding.verdict.word) \(check.title(finding)): \(check.message(finding))"
      if let place = finding.place { line += "  \(place.file):\(place.line)" }
      output.writeLine(line.withoutControls)
    }
    output.writeLine(check.verdict.withoutControls)
  }
}

extension GrowthCheck.Finding.Verdict {
  /// The verdict at the beginning of a line.
  fileprivate var word: String {
    switch self {
    case .failed: "FAIL "
    case .noise: "noise"
    case .unchecked: "note "
    }
  }
}
