import CNcurses
import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import NcursesTerminal

/// All that needs ncurses, one after the other: it has one screen a process.
@Suite(.serialized) struct NcursesTerminalTests {
  let pty = PseudoTerminal()

  private func open(_ change: (inout NcursesTerminal.Options) -> Void = { _ in })
    throws -> NcursesTerminal
  {
    var options = pty.options()
    change(&options)
    return try NcursesTerminal(options)
  }

  /// The next input, which is there or comes soon; nil means that it never came.
  private func next(_ terminal: NcursesTerminal) -> TerminalInput? {
    terminal.nextInput(timeout: .seconds(20))
  }

  /// A grid with every style there is, one a row and half of a row.
  private func makeStyles() -> CellGrid {
    var grid = CellGrid(columns: 80, rows: 24)
    for (index, role) in Role.allCases.enumerated() {
      let place = GridPoint(row: index % 24, column: index / 24 * 20)
      grid.write("\(role)", at: place, role: role, maxWidth: 19)
    }
    for (index, emphasis) in Emphasis.allCases.enumerated() {
      for row in 0..<24 where row % 3 == index {
        grid.highlight(row: row, columns: 20..<80, as: emphasis)
      }
    }
    return grid
  }

  // MARK: Drawing

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

  // MARK: Colours

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

  // MARK: Opening and closing

  @Test func `a terminal that cannot be drawn on is refused with its name`() throws {
    #expect(throws: NcursesTerminalError.termNotSet) { try open { $0.term = nil } }
    #expect(throws: NcursesTerminalError.unknownTerm("no-such")) {
      try open { $0.term = "no-such" }
    }
    #expect(throws: NcursesTerminalError.tooLimited("dumb")) { try open { $0.term = "dumb" } }
    #expect(throws: NcursesTerminalError.self) { try open { $0.output = 9999 } }
    // Nothing of that stands in the way.
    try open().close()
  }

  @Test func `a second terminal is refused while one is open`() throws {
    let terminal = try open()
    #expect(throws: NcursesTerminalError.alreadyOpen) { try open() }
    terminal.close()
    terminal.close()
    try open().close()
  }

  @Test func `closing leaves the terminal as it was`() throws {
    let before = pty.attributes
    let terminal = try open { $0.settings.reportsMouse = true }
    #expect(!pty.isCanonical)
    terminal.present(makeStyles(), cursor: GridPoint(row: 0, column: 0))
    terminal.present(makeStyles(), cursor: nil)
    _ = pty.output()
    terminal.close()
    #expect(pty.attributes == before)
    let output = pty.output()
    #expect(output.contains("\u{1B}[?1049l"))
    #expect(output.contains("\u{1B}[?25h"))
    #expect(output.contains("\u{1B}[?1006;1000l"))
    #expect(output.contains("\u{1B}[?1l"))
  }

  @Test func `closing gives the signals back`() throws {
    func handlers() -> [Int] {
      [SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH, SIGSEGV, SIGILL, SIGQUIT].map {
        var action = sigaction()
        sigaction($0, nil, &action)
        return unsafeBitCast(action.__sigaction_handler, to: Int.self)
      }
    }
    let before = handlers()
    let terminal = try open()
    #expect(handlers() != before)
    terminal.close()
    #expect(handlers() == before)
  }

  @Test func `a lent terminal is as it was, and is taken again`() throws {
    let before = pty.attributes
    let terminal = try open { $0.settings.reportsMouse = true }
    defer { terminal.close() }
    var grid = CellGrid(terminal.size)
    grid.write("inspector", at: .zero)
    terminal.present(grid, cursor: nil)
    _ = pty.output()
    let result = terminal.lend {
      #expect(pty.attributes == before)
      let output = pty.output()
      #expect(output.contains("\u{1B}[?1049l") && output.contains("\u{1B}[?1006;1000l"))
      raise(SIGINT)
      return 7
    }
    #expect(result == 7)
    #expect(!pty.isCanonical)
    terminal.present(grid, cursor: nil)
    let output = pty.output()
    #expect(output.contains("\u{1B}[?1049h") && output.contains("\u{1B}[?1006;1000h"))
    #expect(output.contains("inspector"))
    // The Ctrl-C was for whom it was lent to.
    pty.send("x")
    #expect(next(terminal) == .key(.character("x")))
  }

  @Test func `the bytes for a crash undo what entering did`() throws {
    let terminal = try open()
    let bytes = String(decoding: CursesScreen.restoringBytes(), as: UTF8.self)
    terminal.close()
    for undo in ["\u{1B}[?1049l", "\u{1B}[?25h", "\u{1B}[?1l", "\u{1B}[?1006;1002;1000l"] {
      #expect(bytes.contains(undo))
    }
    #expect(!bytes.contains("$<"))
  }

  // MARK: Input

  @Test(arguments: [
    ("j", Key.character("j")), (" ", .character(" ")), ("é", .character("é")),
    ("日", .character("日")),
    ("\u{1B}OA", .up), ("\u{1B}OB", .down), ("\u{1B}[B", .down), ("\u{1B}OC", .right),
    ("\u{1B}OD", .left),
    ("\u{1B}OH", .home), ("\u{1B}[1~", .home), ("\u{1B}OF", .end), ("\u{1B}[4~", .end),
    ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[2~", .insert),
    ("\u{1B}[3~", .delete),
    ("\u{1B}OP", .function(1)), ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)),
    ("\u{1B}[[A", .function(1)), ("\t", .tab), ("\u{1B}[Z", .backTab), ("\r", .enter),
    ("\n", .enter),
    ("\u{8}", .backspace), ("\u{7F}", .backspace), ("\u{1}", .control("a")),
    ("\u{3}", .control("c")),
    ("\u{1A}", .control("z")), ("\u{0}", .control("@")), ("\u{1C}", .control("\\")),
    ("\u{1F}", .control("_")), ("\u{1B}", .escape), ("\u{1B}x", .alt("x")), ("\u{1B}é", .alt("é")),
    ("\u{1B}[1;5C", .right), ("\u{1B}[1;2A", .up), ("\u{1B}[5;5~", .pageUp),
  ])
  func `keys are known by what the terminal sends`(bytes: String, key: Key) throws {
    let terminal = try open()
    defer { terminal.close() }
    pty.send(bytes)
    #expect(next(terminal) == .key(key))
    #expect(terminal.nextInput(timeout: .zero) == nil)
  }

  @Test func `sequences that nobody knows are not taken for keys`() throws {
    let terminal = try open()
    defer { terminal.close() }
    pty.send("\u{1B}[200;1;7q\u{1B}[?62;1c\u{1B}[I")
    pty.send("jk")
    #expect(next(terminal) == .key(.character("j")))
    #expect(next(terminal) == .key(.character("k")))
  }

  @Test func `keys typed together arrive one by one`() throws {
    let terminal = try open()
    defer { terminal.close() }
    pty.send("jj\u{1B}OB\u{1B}[6~k日\r")
    let keys: [Key] = [
      .character("j"), .character("j"), .down, .pageDown, .character("k"), .character("日"), .enter,
    ]
    for key in keys { #expect(next(terminal) == .key(key)) }
    #expect(terminal.nextInput(timeout: .zero) == nil)
  }

  @Test func `the mouse is heard only while it is switched on`() throws {
    let terminal = try open()
    defer { terminal.close() }
    #expect(!pty.output().contains("\u{1B}[?1006;1000h"))
    terminal.apply(TerminalSettings(reportsMouse: true))
    #expect(pty.output().contains("\u{1B}[?1006;1000h"))
    let place = GridPoint(row: 7, column: 19)
    pty.send("\u{1B}[<0;20;8M\u{1B}[<0;20;8m")
    #expect(next(terminal) == .mouse(MouseEvent(.press, at: place)))
    pty.send("\u{1B}[<64;20;8M\u{1B}[<65;20;8M")
    #expect(next(terminal) == .mouse(MouseEvent(.wheelUp, at: place)))
    #expect(next(terminal) == .mouse(MouseEvent(.wheelDown, at: place)))
    terminal.apply(TerminalSettings(reportsMouse: false))
    #expect(pty.output().contains("\u{1B}[?1006;1000l"))
  }

  @Test func `the mouse of tmux is understood`() throws {
    let terminal = try open {
      $0.term = "tmux-256color"
      $0.settings.reportsMouse = true
    }
    defer { terminal.close() }
    pty.send("\u{1B}[M \u{34}\u{28}")
    let place = GridPoint(row: 7, column: 19)
    #expect(next(terminal) == .mouse(MouseEvent(.press, at: place)))
  }

  @Test func `a resize arrives as input and the next frame has the new size`() throws {
    let terminal = try open()
    defer { terminal.close() }
    for (columns, rows) in [(100, 30), (20, 5), (1, 1), (300, 90), (80, 24)] {
      let size = GridSize(columns: columns, rows: rows)
      pty.resize(columns: columns, rows: rows)
      #expect(next(terminal) == .resize(size))
      #expect(terminal.size == size)
      var grid = CellGrid(size)
      grid.write("\(columns)", at: GridPoint(row: rows - 1, column: max(0, columns - 4)))
      terminal.present(grid, cursor: nil)
      if columns > 4 { #expect(pty.output().contains("\(columns)")) }
    }
    #expect(terminal.nextInput(timeout: .zero) == nil)
  }

  @Test func `a resize while the terminal is lent is told afterwards`() throws {
    let terminal = try open()
    defer { terminal.close() }
    terminal.present(CellGrid(terminal.size), cursor: nil)
    terminal.lend { pty.resize(columns: 70, rows: 20) }
    #expect(terminal.size == GridSize(columns: 70, rows: 20))
    #expect(next(terminal) == .resize(GridSize(columns: 70, rows: 20)))
    #expect(terminal.nextInput(timeout: .zero) == nil)
  }

  @Test func `of a storm of resizes the last is told`() throws {
    let terminal = try open()
    defer { terminal.close() }
    for columns in 81...120 { pty.resize(columns: columns, rows: 30) }
    var last: TerminalInput?
    while let input = terminal.nextInput(timeout: last == nil ? .seconds(20) : .zero) {
      last = input
    }
    #expect(last == .resize(GridSize(columns: 120, rows: 30)))
  }

  @Test(arguments: [
    (SIGTERM, TerminalInput.terminate(.terminate)), (SIGHUP, .terminate(.hangup)),
    (SIGINT, .terminate(.interrupt)), (SIGTSTP, .suspend), (SIGCONT, .resumed),
  ])
  func `signals arrive as input`(signal: Int32, input: TerminalInput) throws {
    let terminal = try open()
    defer { terminal.close() }
    kill(getpid(), signal)
    #expect(next(terminal) == input)
  }

  @Test func `another thread wakes the loop, once for all its calls until then`() throws {
    let terminal = try open()
    defer { terminal.close() }
    let waker = terminal.waker
    Thread.detachNewThread { for _ in 0..<100_000 { waker.wake() } }
    #expect(next(terminal) == .wake)
    waker.wake()
    #expect(next(terminal) == .wake)
  }

  @Test func `waiting ends when its time has passed`() throws {
    let terminal = try open()
    defer { terminal.close() }
    #expect(terminal.nextInput(timeout: .zero) == nil)
    #expect(terminal.nextInput(timeout: .milliseconds(2)) == nil)
    #expect(terminal.nextInput(timeout: .seconds(-5)) == nil)
  }

  @Test func `a terminal that goes away is closed at once and for ever`() throws {
    let terminal = try open()
    pty.send("j")
    #expect(next(terminal) == .key(.character("j")))
    pty.hangUp()
    for _ in 0..<3 { #expect(terminal.nextInput(timeout: nil) == .closed) }
    terminal.present(CellGrid(terminal.size), cursor: nil)
    terminal.close()
  }

  // MARK: Bell and clipboard

  @Test func `text is put on the clipboard of the terminal`() throws {
    let terminal = try open()
    defer { terminal.close() }
    _ = pty.output()
    #expect(terminal.copyToClipboard("main.(*Cache).Put"))
    #expect(pty.output() == "\u{1B}]52;c;bWFpbi4oKkNhY2hlKS5QdXQ=\u{7}")
    #expect(!terminal.copyToClipboard(String(repeating: "x", count: Clipboard.maximumBytes + 1)))
    #expect(pty.output() == "")
    terminal.ring()
    #expect(pty.output() == "\u{7}")
  }
}
