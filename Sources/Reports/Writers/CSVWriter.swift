/// Comma-separated values as RFC 4180 has them, with the names of the columns first.
public struct CSVWriter: ReportWriter {
  public let name = "csv"
  public let summary = "Comma-separated values"

  public init() {}

  public func write(_ table: ReportTable, to output: inout OutputBuffer) {
    writeRow(table.columns, to: &output)
    for row in table.rows { writeRow(row.map(\.plainText), to: &output) }
  }

  private func writeRow(_ fields: [String], to output: inout OutputBuffer) {
    for (index, field) in fields.enumerated() {
      if index > 0 { output.write(byte: UInt8(ascii: ",")) }
      output.write(quoted(field))
    }
    output.write("\r\n" as StaticString)
  }

  private func quoted(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    guard needsQuotes else { return field }
    var quoted: [UInt8] = [UInt8(ascii: "\"")]
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { quoted.append(byte) }
      quoted.append(byte)
    }
    quoted.append(UInt8(ascii: "\""))
    return String(decoding: quoted, as: UTF8.self)
  }
}

extension ReportTable.Cell {
  /// The cell without any markup; the items of a list with semicolons between.
  var plainText: String {
    switch self {
    case .integer(let value): String(value)
    case .text(let text): text
    case .list(let texts): texts.joined(separator: ";")
    case .none: ""
    }
  }

  var isNumber: Bool {
    if case .integer = self { return true }
    return false
  }
}
