extension FunctionTable {
  /// The tables of a function that give each of its instructions a number.
  enum ValueTable {
    case file
    case line
    case inlineNode
  }

  /// A stretch of code whose instructions all have the same number.
  struct ValueRange {
    var end: UInt64
    var value: Int32
  }

  /// The number that a table gives to the instruction at `address`.
  ///
  /// - Complexity: O(*n*) in the function's table up to there.
  func value(of table: ValueTable, at address: UInt64, in function: Function) -> Int32? {
    values(of: table, in: function).first { address < $0.end }?.value
  }

  /// The ranges of a table in the order of the code; none where the function has no such table.
  func values(of table: ValueTable, in function: Function) -> some Sequence<ValueRange> {
    var offset = offset(of: table, in: function)
    var range = ValueRange(end: function.entry, value: -1)
    var isFirst = true
    var remaining = Self.rangeLimit
    return AnyIterator {
      guard remaining > 0, let start = offset, let (change, next) = image.bytes.varint(at: start),
        isFirst || change != 0, let (distance, end) = image.bytes.varint(at: next)
      else { return nil }
      let steps = UInt32(truncatingIfNeeded: change)
      range.value &+= Int32(bitPattern: steps >> 1) ^ (0 &- Int32(bitPattern: steps & 1))
      range.end &+= UInt64(UInt32(truncatingIfNeeded: distance)) &* header.quantum
      isFirst = false
      remaining -= 1
      offset = range.end < function.addresses.upperBound ? end : nil
      return range
    }
  }

  /// Tables are read up to here: the longest real functions have some ten thousand ranges.
  private static var rangeLimit: Int { 1 << 17 }

  private func offset(of table: ValueTable, in function: Function) -> Int? {
    let field =
      switch table {
      case .file: 20
      case .line: 24
      case .inlineNode: header.layout.recordSize + 4 * 2
      }
    if table == .inlineNode {
      guard let count = image.bytes.u32(at: function.record &+ 28), count > 2 else { return nil }
    }
    guard let offset = image.bytes.u32(at: function.record &+ field), offset != 0 else {
      return nil
    }
    return header.values &+ Int(offset)
  }
}
