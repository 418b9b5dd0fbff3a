import TerminalUI

/// A column of numbers in a table.
package struct TableColumn: Hashable, Sendable {
  package let title: String
  /// The columns of screen that it takes at least, so that scrolling does not move its neighbours.
  package let width: Int
  /// Which columns go first where the table is too narrow: those of the highest rank.
  package let rank: Int
  /// How much room this column must leave for the names, or else it goes.
  package let nameFloor: Int

  package init(_ title: String, width: Int, rank: Int, nameFloor: Int) {
    self.title = title
    self.width = width
    self.rank = rank
    self.nameFloor = nameFloor
  }
}

/// A row of a table, as text: a number for each column, then a name.
package struct TableRow: Hashable, Sendable {
  package var numbers: [String]
  /// What stands before the name and is not shortened: the branches of a tree.
  package var branches = ""
  package var name: String
  package var nameRole: Role = .name
  package var numberRole: Role = .number
  /// By column, where not all numbers are drawn alike; empty where they are.
  package var numberRoles: [Role] = []
  package var isMatch = false

  package init(_ numbers: [String], name: String) {
    self.numbers = numbers
    self.name = name
  }
}

/// Which column a table is sorted by.
package struct TableSort: Hashable, Sendable {
  /// The index of the column; nil for the names.
  package let column: Int?
  package let isAscending: Bool

  package init(column: Int?, isAscending: Bool = false) {
    self.column = column
    self.isAscending = isAscending
  }
}

/// Lays out and draws a table: numbers to the right of their columns and never cut, names in what room is left.
///
/// Drawing costs what is on the screen: it asks only for the rows that are shown.
package struct TableWidget: Sendable {
  package var columns: [TableColumn]
  package var nameTitle: String
  package var sort: TableSort?
  /// How far the user scrolled to the right: over whole columns first, then over the names.
  package var scroll = 0

  package init(columns: [TableColumn], nameTitle: String) {
    self.columns = columns
    self.nameTitle = nameTitle
  }

  /// Draws heads and rows into a grid of the context's size.
  ///
  /// - Parameters:
  ///   - cursor: the selected row and what is scrolled to.
  ///   - row: makes the text of the row at an index; asked for visible rows only.
  package func render(
    count: Int, cursor: ListCursor, in context: PaneContext, row: (Int) -> TableRow
  ) -> CellGrid {
    var grid = CellGrid(context.size)
    let window = cursor.window(count: count, height: context.bodyRows)
    let rows = window.map { ($0, row($0)) }
    let places = layOut(rows.map(\.1), width: context.size.columns, glyphs: context.glyphs)
    if context.showsHeads { drawHeads(places, into: &grid, glyphs: context.glyphs) }
    for (line, (index, row)) in rows.enumerated() {
      let y = line + (context.showsHeads ? 1 : 0)
      draw(row, places, at: y, into: &grid, in: context)
      if index == cursor.position {
        grid.write(context.glyphs.cursor, at: GridPoint(row: y, column: 0))
        grid.highlight(row: y, as: context.isFocused ? .selected : .marked)
      }
    }
    return grid
  }

  /// Takes a step across by `scrollLeft` or `scrollRight`.
  ///
  /// - Returns: why not, where there is nothing further that way.
  package func step(
    _ command: Command, _ scroll: inout Int, over rows: [TableRow], in context: PaneContext
  ) -> String? {
    if command == .scrollLeft {
      guard scroll > 0 else { return "nothing further left" }
      scroll -= 1
      return nil
    }
    let steps = columnSteps(width: context.size.columns, rows: rows, glyphs: context.glyphs)
    let longest = rows.reduce(0) { max($0, DisplayWidth.of($1.name, upTo: 4096)) }
    guard scroll < steps + longest / 8 else { return "nothing further right" }
    scroll += 1
    return nil
  }

  /// The number of steps that `scroll` can take before only names are left.
  private func columnSteps(width: Int, rows: [TableRow], glyphs: GlyphSet) -> Int {
    var still = self
    still.scroll = 0
    return still.layOut(rows, width: width, glyphs: glyphs).columns.count
  }

  /// The columns of screen for names, where no number is wider than its column.
  func nameWidth(in context: PaneContext) -> Int {
    layOut([], width: context.size.columns, glyphs: context.glyphs).nameWidth
  }

  /// Where the columns that fit go.
  struct Places {
    /// Index into `columns`, and the screen column after its last character.
    var columns: [(index: Int, end: Int)] = []
    var nameStart = 1
    var nameWidth = 0
    /// How many screen columns of the names are scrolled out of sight.
    var nameOffset = 0
  }

  func layOut(_ rows: [TableRow], width: Int, glyphs: GlyphSet) -> Places {
    let widths = columns.enumerated().map { index, column in
      let head = DisplayWidth.of(title(of: index, glyphs))
      return rows.reduce(max(column.width, head)) { widest, row in
        max(widest, DisplayWidth.of(row.numbers[index]))
      }
    }
    var shown = Set(columns.indices)
    func room() -> Int {
      width - 1 - shown.reduce(0) { $0 + widths[$1] + 2 }
    }
    for index in columns.indices.sorted(by: { columns[$0].rank > columns[$1].rank })
    where room() < columns[index].nameFloor {
      shown.remove(index)
    }
    var places = Places()
    let kept = shown.sorted()
    places.nameOffset = max(scroll - kept.count, 0) * 8
    var end = 1
    for index in kept.dropFirst(max(scroll, 0)) {
      end += widths[index] + (end == 1 ? 0 : 2)
      places.columns.append((index, end))
    }
    places.nameStart = end == 1 ? 2 : end + 2
    places.nameWidth = max(width - places.nameStart, 0)
    return places
  }

  private func title(of column: Int?, _ glyphs: GlyphSet) -> String {
    let title = column.map { columns[$0].title } ?? nameTitle
    guard let sort, sort.column == column else { return title }
    return title + (sort.isAscending ? glyphs.sortedAscending : glyphs.sortedDescending)
  }

  private func drawHeads(_ places: Places, into grid: inout CellGrid, glyphs: GlyphSet) {
    grid.fill(GridRect(row: 0, column: 0, columns: grid.size.columns, rows: 1), role: .columnHead)
    for (index, end) in places.columns {
      let text = title(of: index, glyphs)
      grid.write(
        text, at: GridPoint(row: 0, column: end - DisplayWidth.of(text)), role: headRole(index))
    }
    grid.write(
      title(of: nil, glyphs), at: GridPoint(row: 0, column: places.nameStart), role: headRole(nil))
  }

  private func headRole(_ column: Int?) -> Role {
    guard let sort, sort.column == column else { return .columnHead }
    return .columnHeadSorted
  }

  private func draw(
    _ row: TableRow, _ places: Places, at y: Int, into grid: inout CellGrid, in context: PaneContext
  ) {
    for (index, end) in places.columns {
      let text = row.numbers[index]
      let role = row.numberRoles.indices.contains(index) ? row.numberRoles[index] : row.numberRole
      grid.write(text, at: GridPoint(row: y, column: end - DisplayWidth.of(text)), role: role)
    }
    let branchesEnd = grid.write(
      places.nameOffset == 0 ? row.branches : "", at: GridPoint(row: y, column: places.nameStart),
      role: .border, maxWidth: places.nameWidth)
    let width = places.nameStart + places.nameWidth - branchesEnd
    let name = shownName(row.name, width: width, offset: places.nameOffset, in: context)
    grid.write(
      name, at: GridPoint(row: y, column: branchesEnd), role: row.nameRole, maxWidth: width)
    if row.isMatch, let query = context.search?.query {
      query.highlight(row: y, columns: branchesEnd..<branchesEnd + max(width, 0), in: &grid)
    }
  }

  private func shownName(_ name: String, width: Int, offset: Int, in context: PaneContext) -> String
  {
    guard offset > 0 else {
      return TextFitting.shortenedName(name, to: width, ellipsis: context.glyphs.ellipsis)
    }
    var skipped = 0
    var rest = ""
    for glyph in SafeText(name) {
      if skipped < offset {
        skipped += glyph.width
      } else {
        rest.append(glyph.character)
        if rest.count > width { break }
      }
    }
    return context.glyphs.ellipsis + rest
  }
}
