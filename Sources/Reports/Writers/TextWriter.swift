/// Columns of text, as wide as they need to be.
public struct TextWriter: ReportWriter {
  public let name = "text"
  public let summary = "Text; reports that pprof has are as pprof prints them"

  public init() {}

  public func write(_ table: ReportTable, to output: inout OutputBuffer) {
    let rows = table.rows.map { $0.map { $0.plainText.withoutControls } }
    let widths = table.columns.indices.map { column in
      rows.reduce(table.columns[column].count) { max($0, $1[column].unicodeScalars.count) }
    }
    let isNumeric = table.columns.indices.map { column in
      table.rows.contains { $0[column].isNumber }
    }
    func writeRow(_ fields: [String]) {
      var line = ""
      for (column, field) in fields.enumerated() {
        if column > 0 { line += "  " }
        let padding = String(repeating: " ", count: widths[column] - field.unicodeScalars.count)
        line += isNumeric[column] ? padding + field : field + padding
      }
      while line.hasSuffix(" ") { line.removeLast() }
      output.writeLine(line)
    }
    writeRow(table.columns)
    for row in rows { writeRow(row) }
  }
}
