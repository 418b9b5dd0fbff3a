import TerminalUI
import TestSupport
import Testing

@Suite struct ScriptedTerminalTests {
  @Test func `a script is handed out and then the terminal is closed`() {
    let terminal = ScriptedTerminal(columns: 10, rows: 2, keys: "j C-f Enter")
    terminal.append(.resize(GridSize(columns: 5, rows: 1)))
    #expect(terminal.nextInput(timeout: nil) == .key(.character("j")))
    #expect(terminal.nextInput(timeout: nil) == .key(.control("f")))
    #expect(terminal.nextInput(timeout: nil) == .key(.enter))
    #expect(terminal.size == GridSize(columns: 10, rows: 2))
    #expect(terminal.nextInput(timeout: nil) == .resize(GridSize(columns: 5, rows: 1)))
    #expect(terminal.size == GridSize(columns: 5, rows: 1))
    #expect(terminal.isExhausted)
    #expect(terminal.nextInput(timeout: nil) == .closed)
    #expect(terminal.nextInput(timeout: nil) == .closed)
  }

  @Test func `frames are kept in order`() {
    let terminal = ScriptedTerminal(columns: 2, rows: 1)
    terminal.present(CellGrid(columns: 2, rows: 1), cursor: nil)
    terminal.present(CellGrid(columns: 2, rows: 1, role: .hot), cursor: .zero)
    #expect(terminal.frames.count == 2)
    #expect(terminal.screen == CellGrid(columns: 2, rows: 1, role: .hot))
    #expect(terminal.cursors == [nil, .zero])
  }
}
