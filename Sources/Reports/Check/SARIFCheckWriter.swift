/// A log in SARIF 2.1.0, as code scanning takes it.
public struct SARIFCheckWriter: CheckWriter {
  public let name = "sarif"
  public let summary = "A SARIF 2.1.0 log"

  public init() {}

  public func write(_ check: GrowthCheck, to output: inout OutputBuffer) {
    let rules = [
      ("failed", "Growth beyond a budget", "error"),
      ("noise", "Growth beyond a budget that sampling explains", "note"),
      ("unchecked", "A budget that could not be checked", "note"),
    ]
    let results = check.findings.map { finding in
      var members: [(String, JSONValue)] = [
        ("ruleId", .string(finding.verdict.rawValue)),
        ("ruleIndex", .integer(Int64(rules.firstIndex { $0.0 == finding.verdict.rawValue } ?? 0))),
        ("level", .string(finding.verdict == .failed ? "error" : "note")),
        (
          "message",
          .object([("text", .string("\(check.title(finding)): \(check.message(finding))"))])
        ),
      ]
      if let place = finding.place { members.append(("locations", .array([location(place)]))) }
      return JSONValue.object(members)
    }
    JSONValue.object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")),
      (
        "runs",
        .array([
          .object([
            (
              "tool",
              .object([
                (
                  "driver",
                  .object([
                    ("name", .string("proftui")),
                    ("rules", .array(rules.map { rule($0.0, $0.1, level: $0.2) })),
                  ])
                )
              ])
            ), ("results", .array(results)),
          ])
        ])
      ),
    ]).write(to: &output)
    output.writeLine()
  }

  private func rule(_ id: String, _ text: String, level: String) -> JSONValue {
    .object([
      ("id", .string(id)), ("shortDescription", .object([("text", .string(text))])),
      ("defaultConfiguration", .object([("level", .string(level))])),
    ])
  }

  private func location(_ place: GrowthCheck.Place) -> JSONValue {
    .object([
      (
        "physicalLocation",
        .object([
          ("artifactLocation", .object([("uri", .string(uri(place.file)))])),
          ("region", .object([("startLine", .integer(place.line))])),
        ])
      )
    ])
  }

  /// The path as a reference: all but what paths may hold is written as `%20`.
  private func uri(_ path: String) -> String {
    var result: [UInt8] = path.hasPrefix("/") ? Array("file://".utf8) : []
    for byte in path.utf8 {
      let isLetter = (0x61...0x7a).contains(byte | 0x20) && byte < 0x80
      if isLetter || (0x30...0x39).contains(byte) || "-._~/@+".utf8.contains(byte) {
        result.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += Array("%\(digits.count < 2 ? "0" : "")\(digits)".utf8)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
