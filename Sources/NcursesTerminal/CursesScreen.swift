import CNcurses
import Glibc
import TerminalUI

/// ncurses' screen on a terminal: entered by `init`, left and entered again around a loan, closed
/// once.
final class CursesScreen {
  private let screen: OpaquePointer
  private let streams: [UnsafeMutablePointer<FILE>]
  /// Keys are read by a pad: unlike a window's, its reads draw nothing.
  private let keyPad: UnsafeMutablePointer<WINDOW>
  private var encoder: CellEncoder
  private var presented: CellGrid?
  private var isCursorShown = false

  /// Takes the terminal; the locale is set already.
  init(term: String, files: TerminalFiles, options: NcursesTerminal.Options)
    throws(NcursesTerminalError)
  {
    // A size from the environment would outlast the next resize.
    unsetenv("LINES")
    unsetenv("COLUMNS")
    let (reading, writing) = try Self.openStreams(files)
    guard let screen = newterm(term, writing, reading) else {
      fclose(reading)
      fclose(writing)
      throw .unknownTerm(term)
    }
    guard let keyPad = newpad(1, 1) else {
      endwin()
      delscreen(screen)
      fclose(reading)
      fclose(writing)
      throw .system("newpad", errno: ENOMEM)
    }
    self.screen = screen
    self.keyPad = keyPad
    streams = [reading, writing]
    // raw, so that Ctrl-C and Ctrl-Z arrive as keys. Not meta(): terminals would send Alt as an
    // eighth bit.
    raw()
    noecho()
    nonl()
    set_escdelay(25)
    keypad(cn_stdscr(), true)
    keypad(keyPad, true)
    nodelay(keyPad, true)
    curs_set(0)
    mouseinterval(0)
    let pairs = ColorPairs(areWanted: options.wantsColor)
    encoder = CellEncoder(options.settings, pairs: pairs)
    reportMouse(options.settings.reportsMouse)
    wrefresh(cn_stdscr())
  }

  private static func openStreams(_ files: TerminalFiles) throws(NcursesTerminalError)
    -> (reading: UnsafeMutablePointer<FILE>, writing: UnsafeMutablePointer<FILE>)
  {
    let input = fcntl(files.input, F_DUPFD_CLOEXEC, 0)
    let output = fcntl(files.output, F_DUPFD_CLOEXEC, 0)
    guard input >= 0, output >= 0, let reading = fdopen(input, "r") else {
      let number = errno
      if input >= 0 { Glibc.close(input) }
      if output >= 0 { Glibc.close(output) }
      throw .system("dup", errno: number)
    }
    guard let writing = fdopen(output, "w") else {
      let number = errno
      fclose(reading)
      Glibc.close(output)
      throw .system("fdopen", errno: number)
    }
    return (reading, writing)
  }

  /// Gives the terminal back for good.
  func close() {
    mousemask(0, nil)
    clearLastRow()
    endwin()
    delwin(keyPad)
    delscreen(screen)
    for stream in streams { fclose(stream) }
  }

  // MARK: Size

  /// The size ncurses draws at.
  var size: GridSize {
    GridSize(columns: Int(getmaxx(cn_stdscr())), rows: Int(getmaxy(cn_stdscr())))
  }

  /// Draws at another size from now on.
  func resize(to size: GridSize) {
    resizeterm(Int32(size.rows), Int32(size.columns))
    invalidate()
  }

  // MARK: Drawing

  func present(_ grid: CellGrid, cursor: GridPoint?) {
    let size = size
    let window = cn_stdscr()
    let known = presented.flatMap { $0.size == grid.size ? $0 : nil }
    for row in 0..<size.rows {
      let cells = grid.row(row).prefix(size.columns)
      if let known, known.row(row).prefix(size.columns) == cells { continue }
      let line = encoder.encode(cells)
      if !line.isEmpty { mvwadd_wchnstr(window, Int32(row), 0, line, Int32(line.count)) }
      if cells.count < size.columns {
        wmove(window, Int32(row), Int32(cells.count))
        wclrtoeol(window)
      }
    }
    presented = grid
    place(cursor.flatMap { GridRect(size: size).contains($0) ? $0 : nil })
    wrefresh(window)
  }

  private func place(_ cursor: GridPoint?) {
    if isCursorShown != (cursor != nil) {
      isCursorShown = cursor != nil
      curs_set(isCursorShown ? 1 : 0)
    }
    if let cursor { wmove(cn_stdscr(), Int32(cursor.row), Int32(cursor.column)) }
  }

  /// Makes the next `present` send everything.
  func invalidate() {
    presented = nil
    clearok(cn_stdscr(), true)
  }

  func use(_ settings: TerminalSettings) {
    encoder.use(settings)
    presented = nil
  }

  func ring() {
    beep()
  }

  // MARK: Input

  /// A key that is there, as `KeyDecoder` takes it; nil when none is, or what was there was none.
  func nextCode() -> Int32? {
    let code = cn_next_key(keyPad)
    return code == Int32(CN_NO_KEY) ? nil : code
  }

  /// The report that belongs to a mouse key just read.
  func nextMouseReport() -> (buttons: mmask_t, position: GridPoint)? {
    var event = MEVENT()
    guard getmouse(&event) == OK else { return nil }
    return (event.bstate, GridPoint(row: Int(event.y), column: Int(event.x)))
  }

  func reportMouse(_ isWanted: Bool) {
    let buttons = CN_BUTTON1_PRESSED | CN_WHEEL_UP | CN_WHEEL_DOWN
    mousemask(isWanted ? mmask_t(truncatingIfNeeded: buttons) : 0, nil)
  }

  // MARK: Loans

  /// Gives the terminal back for a while.
  func leave() {
    clearLastRow()
    endwin()
  }

  /// Where there is no other screen to go back to, what comes next is written in the last row.
  private func clearLastRow() {
    guard tigetstr("rmcup") == nil else { return }
    wmove(cn_stdscr(), Int32(size.rows - 1), 0)
    wclrtoeol(cn_stdscr())
    wrefresh(cn_stdscr())
  }

  /// Takes the terminal again after `leave`, and sends everything with the next `present`.
  func reenter() {
    invalidate()
    wrefresh(cn_stdscr())
    clearok(cn_stdscr(), true)
  }

  // MARK: Crashes

  /// The bytes that give the terminal back when nobody can ask ncurses to, as its own entry in the
  /// database has them.
  static func restoringBytes() -> [UInt8] {
    let names = ["rmcup", "cnorm", "sgr0", "rmkx"]
    // Mouse reports off, which the database has no word for.
    return Array("\u{1B}[?1006;1002;1000l".utf8)
      + names.flatMap { name -> [UInt8] in
        guard let text = tigetstr(name), Int(bitPattern: text) != -1 else { return [] }
        return withoutPadding(Array(String(cString: text).utf8))
      }
  }

  /// A capability without the pauses, `$<5>`, that only ncurses understands.
  private static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "<"),
        let end = rest.firstIndex(of: UInt8(ascii: ">"))
      {
        rest = rest[(end + 1)...]
      } else {
        result.append(byte)
      }
    }
    return result
  }
}
