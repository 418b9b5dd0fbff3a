/// One object: `report`, `sampleType`, `unit`, `total`, the table's extras, and `rows` with an object
/// each.
public struct JSONWriter: ReportWriter {
  public let name = "json"
  public let summary = "One JSON object"

  public init() {}

  public func write(_ table: ReportTable, to output: inout OutputBuffer) {
    output.write("{\n  \"report\": ")
    output.writeJSON(table.report)
    output.write(",\n  \"sampleType\": ")
    output.writeJSON(table.measure.sampleType)
    output.write(",\n  \"unit\": ")
    output.writeJSON(table.measure.unit)
    output.write(",\n  \"total\": \(table.measure.total)")
    for extra in table.extras {
      output.write(",\n  ")
      output.writeJSON(extra.name)
      output.write(": {")
      for (index, member) in extra.members.enumerated() {
        if index > 0 { output.write(", ") }
        output.writeJSON(member.name)
        output.write(": ")
        write(member.value, to: &output)
      }
      output.write("}")
    }
    output.write(",\n  \"rows\": [")
    for (index, row) in table.rows.enumerated() {
      output.write(index == 0 ? "\n    {" : ",\n    {")
      for (column, cell) in zip(table.columns, row).enumerated() {
        if column > 0 { output.write(", ") }
        output.writeJSON(cell.0)
        output.write(": ")
        write(cell.1, to: &output)
      }
      output.write("}")
    }
    output.write(table.rows.isEmpty ? "]\n}\n" : "\n  ]\n}\n")
  }

  private func write(_ cell: ReportTable.Cell, to output: inout OutputBuffer) {
    switch cell {
    case .integer(let value): output.write(String(value))
    case .text(let text): output.writeJSON(text)
    case .none: output.write("null")
    case .list(let texts):
      output.write("[")
      for (index, text) in texts.enumerated() {
        if index > 0 { output.write(", ") }
        output.writeJSON(text)
      }
      output.write("]")
    }
  }
}

extension OutputBuffer {
  /// Writes the text in quotes, as JSON has it.
  mutating func writeJSON(_ text: String) {
    write(byte: UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): write("\\\"" as StaticString)
      case UInt8(ascii: "\\"): write("\\\\" as StaticString)
      case UInt8(ascii: "\n"): write("\\n" as StaticString)
      case UInt8(ascii: "\t"): write("\\t" as StaticString)
      case UInt8(ascii: "\r"): write("\\r" as StaticString)
      case 0..<0x20, 0x7f:
        let digits = String(byte, radix: 16)
        write("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: write(byte: byte)
      }
    }
    write(byte: UInt8(ascii: "\""))
  }
}
