#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Columns of one length while they are written row by row: the values of samples.
///
/// The number of rows is known beforehand, so that a value is placed by one store. Not copyable, so
/// that its fields cost no exclusivity check.
public struct ValueTableBuilder: ~Copyable {
  @usableFromInline let columns: UnsafeMutablePointer<UnsafeMutablePointer<Int64>>
  public let columnCount: Int
  /// The rows that there is room for.
  public let capacity: Int
  /// The rows that are written.
  public private(set) var count = 0

  /// Memory is taken for all `rows`, but used only as they are written.
  public init(columns columnCount: Int, rows: Int) {
    self.columnCount = columnCount
    self.capacity = rows
    columns = .allocate(capacity: max(columnCount, 1))
    for column in 0..<columnCount {
      (columns + column).initialize(to: Self.allocate(rows))
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
    precondition(count < capacity, "more rows than there is room for")
    setCount(count &+ 1)
  }

  /// The columns with the rows written.
  public consuming func finish() -> [Column<Int64>] {
    let count = self.count
    var finished: [Column<Int64>] = []
    for column in 0..<columnCount {
      finished.append(Column(storage: ColumnStorage(memory: columns[column]), count: count))
      columns[column] = Self.allocate(1)  // what is left for `deinit`
    }
    return finished
  }

  @usableFromInline mutating func setCount(_ count: Int) { self.count = count }

  private static func allocate(_ rows: Int) -> UnsafeMutablePointer<Int64> {
    let (size, overflow) = rows.multipliedReportingOverflow(by: MemoryLayout<Int64>.stride)
    precondition(rows >= 0 && !overflow, "table too large")
    guard let memory = malloc(max(size, 8)) else { fatalError("out of memory") }
    return memory.assumingMemoryBound(to: Int64.self)
  }
}
