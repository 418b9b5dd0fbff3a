import TerminalUI
import TestSupport
import Testing

@Suite struct CellGridTests {
  /// The rows of a grid of 4 columns after writing `text` at `column` of its only row.
  private func row(_ text: String, at column: Int, maxWidth: Int = .max) -> String {
    var grid = CellGrid(columns: 4, rows: 1)
    grid.write(text, at: GridPoint(row: 0, column: column), maxWidth: maxWidth)
    return grid.text(row: 0)
  }

  @Test(arguments: [
    ("ab", 0, "ab  "), ("ab", 2, "  ab"), ("ab", 3, "   a"), ("ab", 4, "    "), ("ab", -1, "b   "),
    ("ab", -2, "    "), ("abcdefgh", -2, "cdef"), ("日本", 0, "日本"), ("日本", -1, " 本 "),
    ("日本", 1, " 日 "), ("日本", 3, "    "), ("日本", -3, "    "), ("ab", .min, "    "),
    ("ab", .max, "    "), ("e\u{301}x", -1, "x   "),
  ])
  func `text is clipped at both edges and wide glyphs are never split`(
    text: String, column: Int, expected: String
  ) {
    #expect(row(text, at: column) == expected)
  }

  @Test(arguments: [
    (0, "    "), (1, "    "), (2, "日  "), (3, "日  "), (4, "日本"), (-5, "    "), (.max, "日本"),
  ])
  func `a maximum width ends the text on a whole glyph`(width: Int, expected: String) {
    #expect(row("日本", at: 0, maxWidth: width) == expected)
  }

  @Test func `a maximum width counts from where the text starts, seen or not`() {
    #expect(row("abcdef", at: -2, maxWidth: 3) == "c   ")
    #expect(row("日", at: -1, maxWidth: 1) == "    ")
  }

  @Test func `rows outside of the grid are not written`() {
    var grid = CellGrid(columns: 2, rows: 2)
    for row in [-1, 2, .min, .max] { grid.write("xx", at: GridPoint(row: row, column: 0)) }
    #expect(grid == CellGrid(columns: 2, rows: 2))
  }

  @Test func `writing returns the column after the text, at most the edge`() {
    var grid = CellGrid(columns: 6, rows: 1)
    var column = grid.write("日x", at: .zero, role: .header)
    #expect(column == 3)
    column = grid.write("abcdef", at: GridPoint(row: 0, column: column), role: .hot)
    #expect(column == 6)
    #expect(grid.write("more", at: GridPoint(row: 0, column: column)) == 6)
    #expect(grid.write("abc", at: GridPoint(row: 0, column: -2)) == 1)
  }

  @Test func `writing over half of a wide glyph blanks the other half`() {
    var grid = CellGrid(columns: 6, rows: 1)
    grid.write("日本語", at: .zero)
    grid.write("x", at: GridPoint(row: 0, column: 1))
    #expect(grid.text(row: 0) == " x本語")
    grid.write("y", at: GridPoint(row: 0, column: 2))
    #expect(grid.text(row: 0) == " xy 語")
    grid.write("本", at: GridPoint(row: 0, column: 3))
    #expect(grid.text(row: 0) == " xy本 ")
  }

  @Test func `a wide glyph takes a cell and its continuation`() {
    var grid = CellGrid(columns: 3, rows: 1)
    grid.write("日", at: .zero, role: .number)
    #expect(grid[.zero]?.isWide == true)
    #expect(grid[GridPoint(row: 0, column: 1)]?.isContinuation == true)
    #expect(grid[GridPoint(row: 0, column: 1)]?.style == Style(.number))
    #expect(grid[GridPoint(row: 0, column: 3)] == nil)
  }

  @Test func `text is made safe on its way in`() {
    #expect(row("\u{1B}[2J", at: 0) == "␛[2J")
    var grid = CellGrid(columns: 2, rows: 1)
    grid.fill(grid.bounds, with: "\u{1B}")
    #expect(grid.text(row: 0) == "␛␛")
    grid.fill(grid.bounds, with: "日")
    #expect(grid.text(row: 0) == "  ")
  }

  @Test func `a long name costs no more than its visible part`() {
    let name = String(repeating: "x", count: 50_000_000)
    #expect(row(name, at: 0) == "xxxx")
  }

  @Test(arguments: -7...7, -3...3)
  func `drawing a grid at any place keeps wide glyphs whole`(column: Int, row: Int) {
    var inner = CellGrid(columns: 4, rows: 2)
    inner.write("日本", at: .zero)
    inner.write("x語y", at: GridPoint(row: 1, column: 0))
    var outer = CellGrid(columns: 6, rows: 3)
    for row in 0..<3 { outer.write("中中中", at: GridPoint(row: row, column: 0)) }
    outer.draw(inner, in: GridRect(row: row, column: column, columns: 3, rows: 2))
    expectWhole(outer)
  }

  @Test(arguments: -3...7, 0...4)
  func `filling any part keeps wide glyphs whole`(column: Int, columns: Int) {
    var grid = CellGrid(columns: 6, rows: 1)
    grid.write("中中中", at: .zero)
    grid.fill(GridRect(row: 0, column: column, columns: columns, rows: 1), with: ".")
    expectWhole(grid)
    let expected = (max(0, column)..<max(0, column + columns)).count { $0 < 6 && $0 >= column }
    #expect(grid.text(row: 0).count { $0 == "." } == expected)
  }

  @Test func `an empty part changes nothing`() {
    var grid = CellGrid(columns: 4, rows: 1)
    grid.write("日本", at: .zero)
    let before = grid
    grid.fill(GridRect(row: 0, column: 1, columns: 0, rows: 1))
    grid.draw(CellGrid(.zero), in: grid.bounds)
    grid.write("", at: GridPoint(row: 0, column: 1))
    #expect(grid == before)
  }

  @Test func `a drawn grid is clipped to its rectangle`() {
    var inner = CellGrid(columns: 4, rows: 3, role: .hot)
    inner.write("abcd", at: GridPoint(row: 0, column: 0), role: .hot)
    var outer = CellGrid(columns: 6, rows: 3)
    outer.draw(inner, in: GridRect(row: 1, column: 1, columns: 2, rows: 1))
    #expect((0..<3).map(outer.text) == ["      ", " ab   ", "      "])
    #expect(outer.row(1).map(\.style.role) == [.plain, .hot, .hot, .plain, .plain, .plain])
  }

  @Test func `highlighting a row keeps its text and roles`() {
    var grid = CellGrid(columns: 4, rows: 2)
    grid.write("12", at: GridPoint(row: 1, column: 0), role: .number)
    grid.highlight(row: 1)
    grid.highlight(row: 9)
    #expect(grid.text(row: 1) == "12  ")
    #expect(grid.row(1).allSatisfy { $0.style.emphasis == .selected })
    #expect(grid.row(1).map(\.style.role) == [.number, .number, .plain, .plain])
    grid.highlight(row: 1, columns: -5..<2, as: .none)
    grid.restyle(row: 1, columns: 3..<99, role: .match)
    #expect(
      grid.dump() == "4x2\n|    |\n|12  |\n1: 0-1 number, 2 selected plain, 3 selected match\n")
  }

  @Test(arguments: [(0, 0), (0, 5), (5, 0), (1, 1), (-4, -4)])
  func `any size is safe to draw on`(columns: Int, rows: Int) {
    var grid = CellGrid(columns: columns, rows: rows)
    grid.write("日本 text", at: .zero)
    grid.fill(GridRect(row: -1, column: -1, columns: 9, rows: 9), with: "x")
    grid.highlight(row: 0)
    grid.draw(CellGrid(columns: 3, rows: 3), in: GridRect(row: 0, column: 0, columns: 3, rows: 3))
    #expect(grid.cells.count == grid.size.columns * grid.size.rows)
  }

  @Test func `a size from a stranger is bounded`() {
    #expect(GridSize(columns: .max, rows: .min) == GridSize(columns: GridSize.maximum, rows: 0))
  }

  @Test func `a dump shows rows between bars and the runs that are not plain`() {
    var grid = CellGrid(columns: 16, rows: 4, role: .plain)
    grid.write("FLAT▾  NAME", at: GridPoint(row: 0, column: 1), role: .columnHead)
    grid.write("4.0", at: GridPoint(row: 1, column: 2), role: .number)
    grid.write("日本.main", at: GridPoint(row: 1, column: 7))
    grid.highlight(row: 1)
    grid.write("▲", at: GridPoint(row: 3, column: 15), role: .grew)
    expectGolden(grid, "dump")
  }

  /// Every wide glyph has its continuation, and every continuation its wide glyph.
  private func expectWhole(
    _ grid: CellGrid, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for row in 0..<grid.size.rows {
      let widths = grid.row(row).map(\.width)
      for (column, width) in widths.enumerated() {
        let next = column + 1 < widths.count ? widths[column + 1] : 1
        #expect((width == 2) == (next == 0), sourceLocation: sourceLocation)
      }
      #expect(widths.first != 0, sourceLocation: sourceLocation)
      #expect(widths.last != 2, sourceLocation: sourceLocation)
    }
  }
}
