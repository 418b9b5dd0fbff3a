/// Shares a number of columns out by largest remainder.
struct FlameShares {
  private let columns: Int
  private let total: UInt128
  private var values: [UInt64] = []

  /// - Parameter total: the sum of all values; 0 where all are 0.
  init(columns: Int, total: UInt128) {
    self.columns = columns
    self.total = total
  }

  /// Whether a value is due a column or more.
  func isWholeColumn(_ value: UInt64) -> Bool {
    total > 0 && UInt128(value) * UInt128(columns) >= total
  }

  mutating func add(_ value: UInt64) { values.append(value) }

  /// The columns of each value: what it is due without fraction, and one more for those with the
  /// largest fractions until all columns are given away. Of equal fractions the first wins.
  func apportioned() -> [Int] {
    guard total > 0 else { return values.map { _ in 0 } }
    var widths: [Int] = []
    var fractions: [(fraction: UInt128, index: Int)] = []
    var left = columns
    for (index, value) in values.enumerated() {
      let due = (UInt128(value) * UInt128(columns)).quotientAndRemainder(dividingBy: total)
      // Sums that do not fit in 64 bits are cut, so that more may be due than there is.
      let width = min(Int(clamping: due.quotient), left)
      widths.append(width)
      fractions.append((due.remainder, index))
      left -= width
    }
    fractions.sort { $0.fraction == $1.fraction ? $0.index < $1.index : $0.fraction > $1.fraction }
    for (fraction, index) in fractions where left > 0 && fraction > 0 {
      widths[index] += 1
      left -= 1
    }
    return widths
  }
}
