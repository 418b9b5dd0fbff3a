/// A rectangle of cells to draw into: the whole screen, or the part of it that a pane is given.
///
/// A value like an array: cheap to pass, compared by content. Whatever is written outside of it is
/// clipped, on all four sides and at any coordinates, and a wide glyph of which only half would be
/// seen becomes a blank. Text is made safe on its way in (see `SafeText`), so nothing in a grid can
/// be an instruction to the terminal.
package struct CellGrid: Hashable, Sendable {
  /// The size, which stays.
  package let size: GridSize
  /// All cells, row by row.
  package private(set) var cells: [Cell]

  /// A grid of blanks.
  package init(_ size: GridSize, role: Role = .plain) {
    self.size = size
    cells = Array(repeating: .blank(Style(role)), count: size.columns * size.rows)
  }

  /// A grid of blanks, of a size brought into the bounds.
  package init(columns: Int, rows: Int, role: Role = .plain) {
    self.init(GridSize(columns: columns, rows: rows), role: role)
  }

  /// The rectangle that covers it all.
  package var bounds: GridRect { GridRect(size: size) }

  /// The cell at a place, or nil outside of the grid.
  package subscript(point: GridPoint) -> Cell? {
    bounds.contains(point) ? cells[point.row * size.columns + point.column] : nil
  }

  /// The cells of a row; none outside of the grid.
  package func row(_ row: Int) -> ArraySlice<Cell> {
    guard row >= 0, row < size.rows else { return [] }
    return cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// The text of a row, as wide as the grid.
  package func text(row: Int) -> String {
    String(self.row(row).lazy.filter { !$0.isContinuation }.map(\.character))
  }

  // MARK: Writing

  /// Writes text on one row, and returns the column after it.
  ///
  /// The text ends at `maxWidth` columns or at the grid's edge, and the column returned is at most
  /// that one, so that calls can be chained. The cells written lose their emphasis. Line breaks are
  /// shown like any other control character.
  /// - Complexity: O(*n*) in the columns up to the edge, not in the length of the text.
  @discardableResult
  package mutating func write(
    _ text: String, at point: GridPoint, role: Role = .plain, maxWidth: Int = .max
  ) -> Int {
    let end = min(size.columns, point.column.addingSaturated(max(maxWidth, 0)))
    let isVisible = point.row >= 0 && point.row < size.rows
    let style = Style(role)
    var column = point.column
    guard column < end else { return column }
    for glyph in SafeText(text) {
      let next = column + glyph.width
      let shown = max(column, 0)
      if isVisible, next > 0, shown < end {
        let isWhole = column >= 0 && next <= end
        let cell = isWhole ? Cell(glyph, style: style) : .blank(style)
        set(cell, row: point.row, column: shown)
      }
      column = min(next, end)
      if column >= end { break }
    }
    return column
  }

  /// Fills the part of `rect` inside the grid with one character, which must be one column wide;
  /// else with blanks.
  package mutating func fill(_ rect: GridRect, with character: Character = " ", role: Role = .plain)
  {
    let style = Style(role)
    var cell = Cell.blank(style)
    var glyphs = SafeText(String(character)).makeIterator()
    if let glyph = glyphs.next(), glyph.width == 1 { cell = Cell(glyph, style: style) }
    let part = rect.intersection(bounds)
    guard !part.size.isEmpty else { return }
    for row in part.rows {
      mend(row: row, columns: part.columns)
      for column in part.columns { cells[row * size.columns + column] = cell }
    }
  }

  /// Draws another grid with its top left corner at that of `rect`, clipped to `rect` and to this
  /// grid.
  ///
  /// What of `rect` the other grid is too small for is left as it was.
  package mutating func draw(_ grid: CellGrid, in rect: GridRect) {
    let whole = GridRect(origin: rect.origin, size: grid.size)
    let part = whole.intersection(rect).intersection(bounds)
    guard !part.size.isEmpty else { return }
    for row in part.rows {
      mend(row: row, columns: part.columns)
      let start = row * size.columns + part.columns.lowerBound
      let from =
        (row - rect.origin.row) * grid.size.columns + part.columns.lowerBound - rect.origin.column
      let source = grid.cells[from..<from + part.size.columns]
      cells.replaceSubrange(start..<start + part.size.columns, with: source)
      if let first = source.first, first.isContinuation { cells[start] = .blank(first.style) }
      if let last = source.last, last.isWide {
        cells[start + part.size.columns - 1] = .blank(last.style)
      }
    }
  }

  // MARK: Styling what is there

  /// Puts an emphasis over a row, or over some columns of it, and leaves text and roles alone.
  package mutating func highlight(
    row: Int, columns: Range<Int>? = nil, as emphasis: Emphasis = .selected
  ) {
    for index in indices(row: row, columns: columns) { cells[index].style.emphasis = emphasis }
  }

  /// Gives a row, or some columns of it, another role, and leaves text and emphasis alone.
  package mutating func restyle(row: Int, columns: Range<Int>? = nil, role: Role) {
    for index in indices(row: row, columns: columns) { cells[index].style.role = role }
  }

  private func indices(row: Int, columns: Range<Int>?) -> Range<Int> {
    guard row >= 0, row < size.rows else { return 0..<0 }
    let all = 0..<size.columns
    let part = columns?.clamped(to: all) ?? all
    let first = row * size.columns
    return first + part.lowerBound..<first + part.upperBound
  }

  // MARK: Keeping wide glyphs whole

  /// Puts a cell, and its continuation, in place, and blanks the other half of a wide glyph that it
  /// cuts.
  private mutating func set(_ cell: Cell, row: Int, column: Int) {
    mend(row: row, columns: column..<column + max(Int(cell.width), 1))
    let index = row * size.columns + column
    cells[index] = cell
    if cell.isWide { cells[index + 1] = .continuation(cell.style) }
  }

  /// Blanks the halves, outside of `columns`, of wide glyphs that the edges of `columns` cut.
  private mutating func mend(row: Int, columns: Range<Int>) {
    let first = row * size.columns
    if columns.lowerBound > 0, columns.lowerBound < size.columns,
      cells[first + columns.lowerBound].isContinuation
    {
      let index = first + columns.lowerBound - 1
      cells[index] = .blank(cells[index].style)
    }
    if columns.upperBound < size.columns, cells[first + columns.upperBound].isContinuation {
      let index = first + columns.upperBound
      cells[index] = .blank(cells[index].style)
    }
  }
}
