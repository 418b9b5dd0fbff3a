import CNcurses
import Foundation
import TerminalUI
import Testing

@testable import NcursesTerminal

extension NcursesTerminalTests {
  /// The parameters of all sequences that select attributes.
  private func attributeCodes(_ output: String) -> Set<Int> {
    var codes: Set<Int> = []
    for match in output.matches(of: /\u{1B}\[([0-9;:]*)m/) {
      for code in match.output.1.split(whereSeparator: { $0 == ";" || $0 == ":" }) {
        codes.insert(Int(code) ?? 0)
      }
    }
    return codes
  }

  @Test(arguments: NcursesTerminal.ColorMode.allCases, [true, false])
  func `colour codes are sent only where colours are wanted`(
    mode: NcursesTerminal.ColorMode, isRefused: Bool
  ) throws {
    for theme in Theme.allCases {
      let terminal = try open {
        $0.colorMode = mode
        $0.isColorRefused = isRefused
        $0.settings.theme = theme
      }
      terminal.present(makeStyles(), cursor: nil)
      terminal.close()
      let output = pty.output()
      let hasColors = attributeCodes(output).contains { $0 >= 30 }
      let areWanted = mode == .always || (mode == .auto && !isRefused)
      #expect(output.contains("currentMatch"))
      if !areWanted { #expect(!hasColors, "\(theme)") }
      if areWanted, theme != .mono { #expect(hasColors, "\(theme)") }
    }
  }

  @Test
  func
    `growth and shrinking are orange and blue by default, and red and green in the classic theme`()
    throws
  {
    var grid = CellGrid(columns: 80, rows: 24)
    grid.write("grew", at: .zero, role: .grew)
    grid.write("shrank", at: GridPoint(row: 1, column: 0), role: .shrank)
    let terminal = try open()
    terminal.present(grid, cursor: nil)
    let standard = pty.output()
    terminal.apply(TerminalSettings(theme: .classic))
    terminal.present(grid, cursor: nil)
    let classic = pty.output()
    terminal.close()
    #expect(standard.contains("38;5;215m") && standard.contains("38;5;75m"))
    #expect(classic.contains("38;5;203m") && classic.contains("38;5;114m"))
  }

  @Test(
    arguments: ["xterm-256color", "xterm", "linux", "vt100", "screen", "tmux-256color"],
    Theme.allCases)
  func `every style is drawn on terminals of all sorts`(term: String, theme: Theme) throws {
    let terminal = try open {
      $0.term = term
      $0.settings.theme = theme
    }
    terminal.present(makeStyles(), cursor: nil)
    let before = pty.output()
    #expect(before.contains("currentMatch"))
    if term == "vt100" { #expect(!attributeCodes(before).contains { $0 >= 30 }) }
    terminal.close()
  }

  @Test func `without colours no two roles that must be told apart look alike`() {
    let palette = Palette(theme: .default, hasColors: false)
    let pairs: [(Role, Role)] = [
      (.grew, .shrank), (.match, .currentMatch), (.tab, .tabSelected), (.hot, .plain),
      (.error, .warning),
      (.columnHead, .columnHeadSorted), (.gauge, .gaugeRest), (.key, .keyText), (.match, .plain),
      (.flameGrew, .flameShrank), (.flameSame, .flameGrew), (.flame0, .flame1), (.noise, .grew),
    ]
    for (one, other) in pairs {
      #expect(palette.paint(Style(one)) != palette.paint(Style(other)), "\(one) and \(other)")
    }
    for role in Role.allCases {
      #expect(palette.paint(Style(role)) != palette.paint(Style(role, .selected)), "\(role)")
    }
  }

  @Test(arguments: Theme.allCases)
  func `the selected row is seen under every theme and role`(theme: Theme) {
    let palette = Palette(theme: theme, hasColors: true)
    for role in Role.allCases where role != .match && role != .currentMatch {
      #expect(palette.paint(Style(role)) != palette.paint(Style(role, .selected)), "\(role)")
    }
  }
}
