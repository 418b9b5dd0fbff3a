import CNcurses
import Foundation
import TerminalUI
import Testing

@testable import NcursesTerminal

extension NcursesTerminalTests {
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
}
