import ProfileModel

/// The samples of merged profiles; those with the same stack and labels are one.
struct MergedSamples: ~Copyable {
  /// By stack its first sample, and by sample the next one of its stack, for the first few of each;
  /// `UInt32.max` where there is none.
  private var firstSamples = ColumnBuilder<UInt32>()
  private var nextSamples = ColumnBuilder<UInt32>()
  /// The samples of stacks that have more.
  private var index = InternTable()
  private var indexed = ColumnBuilder<UInt32>()

  private var stacks = ColumnBuilder<StackID>()
  private var labelSets = ColumnBuilder<LabelSetID>()
  private var hasLabels = false
  // `width` builders, initialized for as long as this lives; each has as many values as there are
  // samples, or fewer where those beyond are 0.
  private let columns: UnsafeMutablePointer<ColumnBuilder<Int64>>
  let width: Int

  /// - Parameter width: how many values each sample has.
  init(width: Int) {
    self.width = width
    columns = .allocate(capacity: max(width, 1))
    for column in 0..<width { (columns + column).initialize(to: ColumnBuilder()) }
  }

  deinit {
    columns.deinitialize(count: width)
    columns.deallocate()
  }

  var count: Int { stacks.count }

  /// Makes room for `extra` more samples.
  mutating func reserve(_ extra: Int) {
    firstSamples.reserve(extra)
    nextSamples.reserve(extra)
    stacks.reserve(extra)
    labelSets.reserve(extra)
    for column in 0..<width { columns[column].reserve(extra) }
  }

  /// The row of the sample with this stack and these labels, added with values of 0 where it is new.
  @inline(__always) mutating func row(_ stack: StackID, _ labels: LabelSetID) -> Int {
    while firstSamples.count <= stack.index { firstSamples.append(.max) }
    let first = firstSamples[stack.index]
    if first == .max {
      firstSamples[stack.index] = UInt32(truncatingIfNeeded: count)
      return append(stack, labels)
    }
    return row(stack, labels, from: Int(first))
  }

  private mutating func row(_ stack: StackID, _ labels: LabelSetID, from first: Int) -> Int {
    var sample = first
    var left = Self.chainLength
    while labelSets[sample] != labels {
      left -= 1
      if left == 0 { return indexedRow(stack, labels) }
      let next = nextSamples[sample]
      if next == .max {
        nextSamples[sample] = UInt32(truncatingIfNeeded: count)
        return append(stack, labels)
      }
      sample = Int(next)
    }
    return sample
  }

  /// How many samples of a stack are tried one by one: mostly there are no more.
  private static let chainLength = 4

  /// The row of a sample that is none of the first few of its stack.
  private mutating func indexedRow(_ stack: StackID, _ labels: LabelSetID) -> Int {
    var hash = RowHash()
    hash.combine(UInt64(stack.rawValue) << 32 | UInt64(labels.rawValue))
    let found = index.row(hash.value) {
      let sample = Int(indexed[$0])
      return stacks[sample] == stack && labelSets[sample] == labels
    }
    if let found { return Int(indexed[found]) }
    _ = index.insert(hash.value)
    indexed.append(UInt32(truncatingIfNeeded: count))
    return append(stack, labels)
  }

  @inline(__always)
  private mutating func append(_ stack: StackID, _ labels: LabelSetID) -> Int {
    stacks.append(stack)
    labelSets.append(labels)
    nextSamples.append(.max)
    if labels != .empty { hasLabels = true }
    return stacks.count - 1
  }

  /// Adds to the values in one column.
  ///
  /// - Parameters:
  ///   - rows: the row for each of `values`, `UInt32.max` for those that have none.
  mutating func add(_ values: Span<Int64>, toRows rows: Span<UInt32>, ofColumn column: Int) {
    precondition(column >= 0 && column < width, "column out of table")
    let count = self.count
    // One of the `width` builders.
    columns[column].append(repeating: 0, count: count - columns[column].count)
    columns[column].withMutableSpan { sums in
      for index in rows.indices where rows[index] != .max {
        sums[Int(rows[index])] &+= values[index]
      }
    }
  }

  /// Multiplies the values in one column; see `Int64.scaled(by:)`.
  mutating func scale(_ column: Int, by ratio: Double) {
    precondition(column >= 0 && column < width, "column out of table")
    columns[column].withMutableSpan { values in
      for sample in values.indices { values[sample] = values[sample].scaled(by: ratio) }
    }
  }

  /// - Parameter columns: those to keep, in order.
  consuming func finish(columns kept: [Int]) -> SampleTable {
    var values: [Column<Int64>] = []
    for column in kept {
      precondition(column >= 0 && column < width, "column out of table")
      // Moved out and replaced at once.
      var builder = (columns + column).move()
      (columns + column).initialize(to: ColumnBuilder())
      builder.append(repeating: 0, count: count - builder.count)
      values.append(builder.finish())
    }
    // The other columns go with this, which cannot be taken apart.
    var stacks = ColumnBuilder<StackID>()
    var labelSets = ColumnBuilder<LabelSetID>()
    swap(&stacks, &self.stacks)
    swap(&labelSets, &self.labelSets)
    return SampleTable(
      stacks: stacks.finish(), values: values, labelSets: hasLabels ? labelSets.finish() : [])
  }
}
