#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Columns of one length while they are written row by row: the values of samples.
///
/// There is always room for the row that is being written, so that a value is placed by one store.
/// Not copyable, so that its fields cost no exclusivity check.
public struct ValueTableBuilder: ~Copyable {
  @usableFromInline let columns: UnsafeMutablePointer<UnsafeMutablePointer<Int64>>
  public let columnCount: Int
  /// The rows that there is room for: always more than are written.
  @usableFromInline private(set) var capacity: Int
  /// The rows that are written.
  public private(set) var count = 0

  /// Memory is taken for `rows`, but used only as they are written; more are accepted.
  public init(columns columnCount: Int, rows: Int) {
    self.columnCount = columnCount
    self.capacity = max(rows, 0) + 1
    columns = .allocate(capacity: max(columnCount, 1))
    for column in 0..<columnCount {
      (columns + column).initialize(to: Self.allocate(nil, capacity))
    }
  }

  deinit {
    for column in 0..<columnCount { free(columns[column]) }
    columns.deallocate()
  }

  /// Sets a value of the row that is being written.
  @inlinable public mutating func set(_ value: Int64, column: Int) {
    precondition(column >= 0 && column < columnCount && count < capacity, "value out of table")
    columns[column][count] = value  // in bounds by the line above
  }

  /// Goes on to the next row.
  ///
  /// - Precondition: every value of this row has been set.
  @inlinable public mutating func endRow() {
    setCount(count &+ 1)
    if count == capacity { grow() }
  }

  /// The columns with the rows written; memory beyond them is given back.
  public consuming func finish() -> [Column<Int64>] {
    let count = self.count
    var finished: [Column<Int64>] = []
    for column in 0..<columnCount {
      let trimmed = Self.allocate(columns[column], max(count, 1))
      finished.append(Column(storage: ColumnStorage(memory: trimmed), count: count))
      columns[column] = Self.allocate(nil, 1)  // what is left for `deinit`
    }
    return finished
  }

  @usableFromInline mutating func setCount(_ count: Int) { self.count = count }

  @usableFromInline @inline(never) mutating func grow() {
    capacity += max(capacity / 2, 8)
    for column in 0..<columnCount { columns[column] = Self.allocate(columns[column], capacity) }
  }

  private static func allocate(
    _ old: UnsafeMutablePointer<Int64>?, _ rows: Int
  ) -> UnsafeMutablePointer<Int64> {
    let (size, overflow) = rows.multipliedReportingOverflow(by: MemoryLayout<Int64>.stride)
    precondition(rows > 0 && !overflow, "table too large")
    guard let memory = realloc(old, size) else { fatalError("out of memory") }
    return memory.assumingMemoryBound(to: Int64.self)
  }
}
