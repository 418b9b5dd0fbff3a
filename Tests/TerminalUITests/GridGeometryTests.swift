import TerminalUI
import Testing

@Suite struct GridGeometryTests {
  @Test func `rows are taken off a rectangle until it has none`() {
    var body = GridRect(row: 1, column: 0, columns: 80, rows: 5)
    #expect(body.removeTop(2) == GridRect(row: 1, column: 0, columns: 80, rows: 2))
    #expect(body.removeBottom(1) == GridRect(row: 5, column: 0, columns: 80, rows: 1))
    #expect(body == GridRect(row: 3, column: 0, columns: 80, rows: 2))
    #expect(body.removeTop(7).size.rows == 2)
    #expect(body.removeBottom(1).size.rows == 0)
    #expect(body.removeLeft(30) == GridRect(row: 5, column: 0, columns: 30, rows: 0))
    #expect(body.removeLeft(-3).size.columns == 0)
    #expect(body.size.columns == 50)
  }

  @Test func `rectangles that do not meet have nothing in common`() {
    let one = GridRect(row: 0, column: 0, columns: 4, rows: 4)
    #expect(one.intersection(GridRect(row: 9, column: 9, columns: 2, rows: 2)).size.isEmpty)
    #expect(
      one.intersection(GridRect(row: 2, column: -1, columns: 3, rows: 9))
        == GridRect(row: 2, column: 0, columns: 2, rows: 2))
    #expect(one.inset(by: 1) == GridRect(row: 1, column: 1, columns: 2, rows: 2))
    #expect(one.inset(by: 3).size == .zero)
  }

  @Test func `a rectangle at the end of the numbers does not trap`() {
    let rect = GridRect(row: .max, column: .max, columns: 5, rows: 5)
    #expect(rect.intersection(GridRect(row: 0, column: 0, columns: 5, rows: 5)).size.isEmpty)
    #expect(!rect.contains(.zero))
  }
}
