/// A table as Markdown has them.
public struct MarkdownWriter: ReportWriter {
  public let name = "markdown"
  public let summary = "A Markdown table"

  public init() {}

  public func write(_ table: ReportTable, to output: inout OutputBuffer) {
    writeRow(table.columns, to: &output)
    let isNumeric = table.columns.indices.map { column in
      table.rows.contains { $0[column].isNumber }
    }
    writeRow(isNumeric.map { $0 ? "---:" : "---" }, to: &output)
    for row in table.rows { writeRow(row.map { Self.escaped($0.plainText) }, to: &output) }
  }

  private func writeRow(_ fields: [String], to output: inout OutputBuffer) {
    output.write("|" as StaticString)
    for field in fields { output.write(" \(field) |") }
    output.write("\n" as StaticString)
  }

  /// The text with what would end the cell, or begin a tag, made harmless.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|": result += "\\|"
      case "\\": result += "\\\\"
      case "<": result += "&lt;"
      case "\n", "\r", "\t": result += " "
      default: result += String(scalar).withoutControls
      }
    }
    return result
  }
}
