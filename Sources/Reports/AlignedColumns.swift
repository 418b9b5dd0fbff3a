/// Lays text out in columns as Go's `text/tabwriter` does, with cells aligned to the right.
///
/// A tab ends a cell. A column is a run of lines that have a cell there; each cell is as wide as
/// the widest of its column and one blank. What follows a line's last tab is not in a column.
struct AlignedColumns {
  private var lines: [[[UInt8]]] = [[[]]]

  mutating func append(_ text: String) { append(Array(text.utf8)) }

  mutating func append(_ text: [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\t"), 0x0b: lines[lines.count - 1].append([])
      case UInt8(ascii: "\n"): lines.append([[]])
      default: lines[lines.count - 1][lines[lines.count - 1].count - 1].append(byte)
      }
    }
  }

  func write(to output: inout OutputBuffer) {
    let widths = columnWidths()
    for (row, line) in lines.enumerated() {
      for (column, cell) in line.dropLast().enumerated() {
        output.write(spaces: widths[row][column] - Self.width(cell))
        output.write(cell)
      }
      output.write(line.last ?? [])
      // The last line is what follows the last line end.
      if row < lines.count - 1 { output.write(byte: UInt8(ascii: "\n")) }
    }
  }

  /// The width of each cell that is in a column, by line.
  private func columnWidths() -> [[Int]] {
    var widths = lines.map { [Int](repeating: 0, count: $0.count - 1) }
    var column = 0
    while lines.contains(where: { $0.count - 1 > column }) {
      var row = 0
      while row < lines.count {
        guard lines[row].count - 1 > column else {
          row += 1
          continue
        }
        let start = row
        var width = 0
        while row < lines.count, lines[row].count - 1 > column {
          width = max(width, Self.width(lines[row][column]))
          row += 1
        }
        for line in start..<row { widths[line][column] = width + 1 }
      }
      column += 1
    }
    return widths
  }

  /// The number of characters; bytes that are not UTF-8 count one each.
  private static func width(_ cell: [UInt8]) -> Int {
    String(decoding: cell, as: UTF8.self).unicodeScalars.count
  }
}
