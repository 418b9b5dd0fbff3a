/// Workflow commands that GitHub shows beside the lines of a change.
public struct GitHubCheckWriter: CheckWriter {
  public let name = "github"
  public let summary = "GitHub annotations"

  public init() {}

  public func write(_ check: GrowthCheck, to output: inout OutputBuffer) {
    for finding in check.findings {
      var properties: [String] = []
      if let place = finding.place {
        properties += ["file=\(escaped(place.file, isProperty: true))", "line=\(place.line)"]
      }
      properties.append("title=\(escaped(check.title(finding), isProperty: true))")
      let command = finding.verdict == .failed ? "error" : "notice"
      let message = escaped("\(check.title(finding)): \(check.message(finding))")
      output.writeLine("::\(command) \(properties.joined(separator: ","))::\(message)")
    }
    // A line of ours must not begin a command.
    output.writeLine(check.verdict.withoutControls)
  }

  /// The text as the runner reads it back: what would end the line or the property is a number.
  private func escaped(_ text: String, isProperty: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result += String(scalar).withoutControls
      }
    }
    return result
  }
}
