import CNcurses
import Foundation
import TerminalUI
import Testing

@testable import NcursesTerminal

extension NcursesTerminalTests {
  @Test func `a grid is drawn in UTF-8 on the alternate screen`() throws {
    let terminal = try open()
    defer { terminal.close() }
    var grid = CellGrid(terminal.size)
    grid.write("FLAT▾ ─│ 日本語.関数 étude", at: GridPoint(row: 3, column: 2), role: .header)
    grid.write("last cell", at: GridPoint(row: 23, column: 71))
    terminal.present(grid, cursor: nil)
    let output = pty.output()
    #expect(output.contains("\u{1B}[?1049h"))
    #expect(output.contains("FLAT▾ ─│ 日本語.関数 étude"))
    #expect(output.contains("last cel"))
    #expect(output.contains("\u{1B}[?25l"))
  }

  @Test func `what ncurses has on its screen is the grid, column for column`() throws {
    let terminal = try open()
    defer { terminal.close() }
    let texts = [
      "日本", "e\u{301}x", "🦀|", "👨‍👩‍👧|", "❤️|", "🇩🇪|", "1️⃣|", "नि|", "\u{1112}\u{1161}\u{11AB}|", "🫨|",
      "\u{E0B0}|",
    ]
    var grid = CellGrid(terminal.size)
    for (row, text) in texts.enumerated() {
      grid.write(text, at: .init(row: row, column: 0))
      grid.write("#", at: .init(row: row, column: 20))
    }
    terminal.present(grid, cursor: nil)
    for row in texts.indices {
      for column in 0..<40 {
        var cell = cchar_t()
        mvwin_wch(cn_curscr(), Int32(row), Int32(column), &cell)
        let isMark = cell.chars.0 == 0x23 || cell.chars.0 == 0x7C
        let character = grid[GridPoint(row: row, column: column)]?.character
        #expect(isMark == (character == "#" || character == "|"), "\(texts[row]) at \(column)")
      }
    }
  }

  @Test func `only rows that changed are sent`() throws {
    let terminal = try open()
    defer { terminal.close() }
    var grid = CellGrid(terminal.size)
    grid.write("first", at: GridPoint(row: 0, column: 0))
    grid.write("second", at: GridPoint(row: 1, column: 0))
    terminal.present(grid, cursor: nil)
    _ = pty.output()
    terminal.present(grid, cursor: nil)
    #expect(pty.output() == "")
    grid.write("SECOND", at: GridPoint(row: 1, column: 0))
    terminal.present(grid, cursor: nil)
    let output = pty.output()
    #expect(output.contains("SECOND") && !output.contains("first"))
    terminal.invalidate()
    terminal.present(grid, cursor: nil)
    #expect(pty.output().contains("first"))
  }

  @Test(arguments: [(40, 10), (200, 60), (0, 0), (1, 1)])
  func `a grid of another size than the screen is clipped`(columns: Int, rows: Int) throws {
    let terminal = try open()
    defer { terminal.close() }
    var grid = CellGrid(columns: columns, rows: rows)
    for row in 0..<rows { grid.write("中中x", at: GridPoint(row: row, column: -1 + row % 3)) }
    terminal.present(makeStyles(), cursor: nil)
    terminal.present(grid, cursor: GridPoint(row: 500, column: 500))
    terminal.present(grid, cursor: GridPoint(row: -1, column: 0))
    #expect(terminal.size == GridSize(columns: 80, rows: 24))
  }

  @Test func `the cursor is shown where a prompt wants it`() throws {
    let terminal = try open()
    defer { terminal.close() }
    terminal.present(CellGrid(terminal.size), cursor: nil)
    _ = pty.output()
    terminal.present(CellGrid(terminal.size), cursor: GridPoint(row: 22, column: 7))
    let output = pty.output()
    #expect(output.contains("\u{1B}[?25h"))
    #expect(output.contains("\u{1B}[23;8H"))
    terminal.present(CellGrid(terminal.size), cursor: nil)
    #expect(pty.output().contains("\u{1B}[?25l"))
  }

  @Test func `nothing from a stranger is sent as an instruction`() throws {
    let terminal = try open()
    defer { terminal.close() }
    _ = pty.output()
    var grid = CellGrid(terminal.size)
    grid.write("\u{1B}]52;c;aGk=\u{7}\u{9B}2J\u{202E}\r\n", at: GridPoint(row: 5, column: 0))
    terminal.present(grid, cursor: nil)
    let output = pty.output()
    #expect(output.contains("␛]52;c;aGk=␇"))
    for forbidden in ["\u{1B}]52", "\u{7}", "\u{9B}", "\u{202E}"] {
      #expect(!output.contains(forbidden))
    }
  }

  @Test func `a locale without Unicode gets nothing but ASCII`() throws {
    let terminal = try open {
      $0.forcesUTF8 = false
      $0.locale = "C"
    }
    defer { terminal.close() }
    #expect(!terminal.canShowUnicode)
    var grid = CellGrid(terminal.size)
    grid.write("▾ 日本 é \u{1B} 🇩🇪x", at: GridPoint(row: 2, column: 0))
    terminal.present(grid, cursor: nil)
    let output = pty.output()
    #expect(output.contains("? ???? ? ? ??x"))
    #expect(output.utf8.allSatisfy { $0 < 0x80 })
  }
}
