/// A JSON document, for output that is no table.
enum JSONValue {
  case null
  case boolean(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONValue])
  /// In the order in which members are written.
  case object([(String, JSONValue)])

  /// Writes the document, two blanks a level.
  func write(to output: inout OutputBuffer, indentation: Int = 0) {
    switch self {
    case .null: output.write("null" as StaticString)
    case .boolean(let value): output.write(value ? "true" : "false")
    case .integer(let value): output.write(value)
    case .string(let text): output.writeJSON(text)
    case .array(let values):
      list(values.map { (nil, $0) }, "[", "]", &output, indentation)
    case .object(let members):
      list(members.map { ($0.0, $0.1) }, "{", "}", &output, indentation)
    }
  }

  private func list(
    _ items: [(name: String?, value: JSONValue)], _ open: String, _ close: String,
    _ output: inout OutputBuffer, _ indentation: Int
  ) {
    output.write(open)
    for (index, item) in items.enumerated() {
      output.write(index > 0 ? ",\n" : "\n")
      output.write(spaces: indentation + 2)
      if let name = item.name {
        output.writeJSON(name)
        output.write(": ")
      }
      item.value.write(to: &output, indentation: indentation + 2)
    }
    if !items.isEmpty {
      output.write("\n")
      output.write(spaces: indentation)
    }
    output.write(close)
  }
}
