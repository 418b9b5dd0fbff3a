import CNcurses
import Foundation
import TerminalUI
import Testing

@testable import NcursesTerminal

/// All that needs ncurses, one after the other: it has one screen a process.
@Suite(.serialized) struct NcursesTerminalTests {
  let pty = PseudoTerminal()

  func open(_ change: (inout NcursesTerminal.Options) -> Void = { _ in })
    throws -> NcursesTerminal
  {
    var options = pty.options()
    change(&options)
    return try NcursesTerminal(options)
  }

  /// The next input, which is there or comes soon; nil means that it never came.
  func next(_ terminal: NcursesTerminal) -> TerminalInput? {
    terminal.nextInput(timeout: .seconds(20))
  }

  /// A grid with every role by its name, those right of column 20 under each emphasis in turn.
  func makeStyles() -> CellGrid {
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
