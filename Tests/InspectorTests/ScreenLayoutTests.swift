import TerminalUI
import Testing

@testable import Inspector

struct ScreenLayoutTests {
  @Test func `80x24 has 18 rows of body`() {
    let layout = ScreenLayout(GridSize(columns: 80, rows: 24))
    #expect(layout.bodyRows == 18)
    #expect(layout.detail == nil)
    #expect(layout.keys?.origin.row == 23)
    #expect(layout.message.origin.row == 22)
    #expect(layout.detailRow?.origin.row == 21)
  }

  @Test func `from 30 rows on the details are under the list, which keeps 18 rows`() throws {
    #expect(ScreenLayout(GridSize(columns: 80, rows: 29)).detail == nil)
    for rows in 30...100 {
      let layout = ScreenLayout(GridSize(columns: 80, rows: rows))
      let detail = try #require(layout.detail)
      #expect(layout.bodyRows >= 18)
      #expect(detail.origin.row > layout.list.rows.upperBound)
    }
  }

  @Test func `from 160 columns on the details are beside the list`() throws {
    let layout = ScreenLayout(GridSize(columns: 200, rows: 60))
    let detail = try #require(layout.detail)
    #expect(detail.origin.row == layout.list.origin.row)
    #expect(detail.columns.upperBound == 200)
    #expect(layout.divider?.origin.column == layout.list.columns.upperBound)
  }

  @Test func `below 12 rows keys, details, tabs and heads go, in this order`() {
    func parts(_ rows: Int) -> [Bool] {
      let layout = ScreenLayout(GridSize(columns: 80, rows: rows))
      return [
        layout.keys != nil, layout.detailRow != nil, layout.tabs != nil, layout.showsHeads,
      ]
    }
    #expect(parts(12) == [true, true, true, true])
    #expect(parts(11) == [false, true, true, true])
    #expect(parts(10) == [false, false, true, true])
    #expect(parts(9) == [false, false, false, true])
    #expect(parts(8) == [false, false, false, false])
  }

  @Test func `5 rows are the header, three rows of body and the message`() {
    let layout = ScreenLayout(GridSize(columns: 20, rows: 5))
    #expect(!layout.isTooSmall)
    #expect(layout.bodyRows == 3)
    #expect(layout.list.origin.row == 1)
    #expect(layout.message.origin.row == 4)
  }

  @Test func `below 20x5 it is too small`() {
    #expect(ScreenLayout(GridSize(columns: 19, rows: 5)).isTooSmall)
    #expect(ScreenLayout(GridSize(columns: 20, rows: 4)).isTooSmall)
    #expect(ScreenLayout(.zero).isTooSmall)
  }

  @Test(arguments: [ScreenLayout.DetailPane.automatic, .shown, .hidden])
  func `the parts never overlap and never leave the screen`(detail: ScreenLayout.DetailPane) {
    for columns in [0, 1, 20, 59, 80, 159, 160, 300] {
      for rows in 0...70 {
        for maximised in [ScreenLayout.Maximised.none, .list, .detail] {
          let layout = ScreenLayout(
            GridSize(columns: columns, rows: rows), detail: detail, maximised: maximised)
          let parts = [
            layout.header, layout.tabs, layout.list, layout.detailRow, layout.detail,
            layout.divider, layout.message, layout.keys,
          ].compactMap { $0 }
          let area = parts.reduce(0) { $0 + $1.size.columns * $1.size.rows }
          #expect(area == columns * rows)
        }
      }
    }
  }
}
