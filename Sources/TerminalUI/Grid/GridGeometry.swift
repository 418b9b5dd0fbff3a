/// The size of a grid or of the screen, in cells, never negative.
package struct GridSize: Hashable, Sendable {
  /// The most columns or rows a grid can have; larger and negative sizes are brought into
  /// `0...maximum`.
  package static let maximum = 4095
  /// No cell at all.
  package static let zero = GridSize(columns: 0, rows: 0)

  /// From 0 to `maximum`.
  package let columns: Int
  /// From 0 to `maximum`.
  package let rows: Int

  /// A size, brought into the bounds.
  package init(columns: Int, rows: Int) {
    self.columns = min(max(columns, 0), Self.maximum)
    self.rows = min(max(rows, 0), Self.maximum)
  }

  /// True when there is not one cell.
  package var isEmpty: Bool { columns == 0 || rows == 0 }
}

extension GridSize: CustomStringConvertible {
  /// As terminals write it: `80x24`.
  package var description: String { "\(columns)x\(rows)" }
}

/// A cell's place, counted from the top left corner, which is row 0, column 0.
///
/// A point may lie outside of the grid it is used with, also at negative rows and columns.
package struct GridPoint: Hashable, Sendable {
  /// The top left corner.
  package static let zero = GridPoint(row: 0, column: 0)

  /// The row, counted from the top.
  package var row: Int
  /// The column, counted from the left.
  package var column: Int

  /// The place in this row and column.
  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// A rectangle of cells: its top left corner and its size.
package struct GridRect: Hashable, Sendable {
  /// The top left corner.
  package var origin: GridPoint
  /// How far it goes to the right and down.
  package var size: GridSize

  /// The rectangle of a size at a place.
  package init(origin: GridPoint = .zero, size: GridSize) {
    self.origin = origin
    self.size = size
  }

  /// The rectangle at a row and column, so many columns wide and rows high.
  package init(row: Int, column: Int, columns: Int, rows: Int) {
    self.init(
      origin: GridPoint(row: row, column: column), size: GridSize(columns: columns, rows: rows))
  }

  /// The rows it covers; the end saturates instead of overflowing.
  package var rows: Range<Int> { origin.row..<origin.row.addingSaturated(size.rows) }

  /// The columns it covers; the end saturates instead of overflowing.
  package var columns: Range<Int> { origin.column..<origin.column.addingSaturated(size.columns) }

  /// True when the place is inside.
  package func contains(_ point: GridPoint) -> Bool {
    rows.contains(point.row) && columns.contains(point.column)
  }

  /// What both rectangles cover; empty when they do not meet.
  package func intersection(_ other: GridRect) -> GridRect {
    let rows = rows.clamped(to: other.rows)
    let columns = columns.clamped(to: other.columns)
    return GridRect(
      row: rows.lowerBound, column: columns.lowerBound, columns: columns.count, rows: rows.count)
  }

  /// The part that is left when a border of `count` cells goes on every side.
  package func inset(by count: Int) -> GridRect {
    GridRect(
      row: origin.row.addingSaturated(count), column: origin.column.addingSaturated(count),
      columns: size.columns - 2 * count, rows: size.rows - 2 * count)
  }

  /// Takes up to `count` rows off the top, and returns them.
  package mutating func removeTop(_ count: Int) -> GridRect {
    let taken = min(max(count, 0), size.rows)
    let top = GridRect(origin: origin, size: GridSize(columns: size.columns, rows: taken))
    origin.row = origin.row.addingSaturated(taken)
    size = GridSize(columns: size.columns, rows: size.rows - taken)
    return top
  }

  /// Takes up to `count` rows off the bottom, and returns them.
  package mutating func removeBottom(_ count: Int) -> GridRect {
    let taken = min(max(count, 0), size.rows)
    size = GridSize(columns: size.columns, rows: size.rows - taken)
    return GridRect(
      origin: GridPoint(row: origin.row.addingSaturated(size.rows), column: origin.column),
      size: GridSize(columns: size.columns, rows: taken))
  }

  /// Takes up to `count` columns off the left, and returns them.
  package mutating func removeLeft(_ count: Int) -> GridRect {
    let taken = min(max(count, 0), size.columns)
    let left = GridRect(origin: origin, size: GridSize(columns: taken, rows: size.rows))
    origin.column = origin.column.addingSaturated(taken)
    size = GridSize(columns: size.columns - taken, rows: size.rows)
    return left
  }
}

extension Int {
  /// The sum, or the nearest end of what an `Int` holds.
  func addingSaturated(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }
}
