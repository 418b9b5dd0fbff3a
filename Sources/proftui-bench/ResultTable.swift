/// Measurements in rows, printed for people or as JSON.
struct ResultTable {
  enum Cell {
    case text(String)
    case number(Double, digits: Int)
    case none
  }

  let columns: [String]
  private(set) var rows: [[Cell]] = []

  init(columns: [String]) { self.columns = columns }

  mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a cell for each column")
    rows.append(row)
  }

  /// Words to the left of their column, numbers to the right.
  var text: String {
    let texts = rows.map { $0.map(\.text) }
    let widths = columns.indices.map { column in
      texts.reduce(columns[column].count) { max($0, $1[column].count) }
    }
    let lines = [columns] + texts
    return lines.map { line in
      let cells = line.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - line[column].count)
        return column == 0 ? line[column] + padding : padding + line[column]
      }
      return cells.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// A list of objects, a member for each column that has a value.
  var json: String {
    let objects = rows.map { row in
      let members = row.indices.compactMap { column -> String? in
        switch row[column] {
        case .text(let text): "\(quoted(columns[column])): \(quoted(text))"
        case .number: "\(quoted(columns[column])): \(row[column].text)"
        case .none: nil
        }
      }
      return "  {\(members.joined(separator: ", "))}"
    }
    return "[\n\(objects.joined(separator: ",\n"))\n]"
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "\""
  }
}

extension ResultTable.Cell {
  var text: String {
    switch self {
    case .text(let text): text
    case .number(let value, let digits): Self.fixed(value, digits: digits)
    case .none: ""
    }
  }

  private static func fixed(_ value: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { result, _ in result * 10 }
    let scaled = (value * scale).rounded()
    guard scaled.isFinite, abs(scaled) < 1e15 else { return "null" }
    let whole = Int(abs(scaled))
    let digitsText = String(whole)
    let padded = String(repeating: "0", count: max(0, digits + 1 - digitsText.count)) + digitsText
    let sign = scaled < 0 ? "-" : ""
    return digits == 0
      ? sign + padded : "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
  }
}
