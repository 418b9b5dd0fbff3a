import ProfileModel

/// Some samples of a profile on their way into merged tables: what they add, column by column, and
/// where to.
struct SampleBlock {
  /// How many samples there are room for.
  static let size = 1024

  /// The values that are added, `size` for each column.
  private var values: [Int64]
  /// By sample, the bits of all its values together.
  private var bits = [Int64](repeating: 0, count: size)
  /// By sample, its row in the merged table, `UInt32.max` where it is left out.
  private var rows = [UInt32](repeating: .max, count: size)
  /// The columns that have values.
  private var columns: [Int] = []
  private(set) var count = 0

  /// - Parameter width: how many values each sample has.
  init(width: Int) { values = Array(repeating: 0, count: width * Self.size) }

  /// Takes samples of a profile, of which none has a row yet.
  mutating func read(_ samples: Range<Int>, of source: [MergeSource.Values?]) {
    count = samples.count
    columns.removeAll(keepingCapacity: true)
    for index in 0..<count { (bits[index], rows[index]) = (0, .max) }
    for (index, column) in source.enumerated() {
      guard let column else { continue }
      columns.append(index)
      read(column, samples, to: index * Self.size)
    }
  }

  private mutating func read(_ source: MergeSource.Values, _ samples: Range<Int>, to start: Int) {
    let column = source.column.span.extracting(samples)
    if source.isNegated || source.ratio != 1 {
      for index in column.indices {
        let value = source.isNegated ? column[index].scaled(by: -1) : column[index]
        values[start &+ index] = value.scaled(by: source.ratio)
      }
    } else {
      for index in column.indices { values[start &+ index] = column[index] }
    }
    for index in column.indices { bits[index] |= values[start &+ index] }
  }

  /// Whether all values of a sample are 0.
  func isZero(_ index: Int) -> Bool { bits[index] == 0 }

  /// Says where the values of a sample are added.
  mutating func setRow(_ index: Int, to row: Int) {
    rows[index] = UInt32(truncatingIfNeeded: row)
  }

  /// Adds the values of all samples with a row.
  func add(to samples: inout MergedSamples) {
    for column in columns {
      let values = self.values.span.extracting(column * Self.size..<column * Self.size + count)
      samples.add(values, toRows: rows.span.extracting(first: count), ofColumn: column)
    }
  }
}
