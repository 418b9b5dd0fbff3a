import CNcurses
import Glibc
import TerminalUI

/// The terminal the program runs in, drawn on by ncurses.
///
/// There is one at a time, made, used and closed by one thread. From `init` to `close()` it has the
/// terminal in its own mode, and SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT and SIGWINCH arrive as
/// input; a crash in between gives the terminal back before it takes its course. `close()` leaves
/// it exactly as it was.
package final class NcursesTerminal: Terminal {
  /// Wakes `nextInput` from any thread.
  package let waker: Waker
  /// True when the locale can encode what lies beyond ASCII, so that lines and signs need no
  /// replacements.
  package let canShowUnicode: Bool
  /// The size of the screen now.
  package internal(set) var size: GridSize

  let files: TerminalFiles
  let signals: SignalPipe
  let screen: CursesScreen
  let waiter: InputWaiter
  private var settings: TerminalSettings
  private var isClosed = false

  // Input
  var pending: ArraySlice<TerminalInput> = []
  var mouse = MouseDecoder()
  /// True when ncurses may hold keys that it has read already.
  var mayHaveKeys = false
  /// Reads in a row that gave nothing though the terminal had bytes.
  var failedReads = 0
  var isGone = false

  /// Takes the terminal.
  ///
  /// - Throws: When there is none, or none that can be drawn on; nothing was changed then.
  package init(_ options: Options = Options()) throws(NcursesTerminalError) {
    guard let term = options.term else { throw .termNotSet }
    files = try TerminalFiles(input: options.input, output: options.output)
    settings = options.settings
    canShowUnicode = setTextLocale(options.locale, forcesUTF8: options.forcesUTF8)
    // Before anything asks ncurses: that would disturb the screen that is open.
    guard cn_claim_screen() != 0 else {
      files.close()
      throw .alreadyOpen
    }
    do throws(NcursesTerminalError) {
      switch cn_check_terminal(term, files.output) {
      case Int32(CN_TERM_OK): break
      case Int32(CN_TERM_UNKNOWN): throw .unknownTerm(term)
      default: throw .tooLimited(term)
      }
      waker = try Waker()
      signals = try SignalPipe()
    } catch {
      cn_unclaim_screen()
      files.close()
      throw error
    }
    cn_guard_crashes(files.output, [], 0)
    do throws(NcursesTerminalError) {
      screen = try CursesScreen(term: term, files: files, options: options)
    } catch {
      cn_release_crash_guard()
      signals.close()
      cn_unclaim_screen()
      files.close()
      throw error
    }
    let bytes = CursesScreen.restoringBytes()
    cn_guard_crashes(files.output, bytes.map(CChar.init(bitPattern:)), bytes.count)
    cn_arm_crash_guard(1)
    waiter = InputWaiter(terminal: files.input, signals: signals.readEnd, waker: waker)
    size = screen.size
  }

  deinit {
    close()
  }

  /// Gives the terminal back as it was. Nothing else may be asked of it then; a second call does
  /// nothing.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    screen.close()
    cn_release_crash_guard()
    files.restoreAttributes()
    signals.close()
    files.close()
    cn_unclaim_screen()
  }

  // MARK: Drawing

  package func present(_ grid: CellGrid, cursor: GridPoint?) {
    screen.present(grid, cursor: cursor)
  }

  package func invalidate() {
    screen.invalidate()
  }

  package func apply(_ settings: TerminalSettings) {
    if settings.theme != self.settings.theme || settings.colors != self.settings.colors {
      screen.use(settings)
    }
    if settings.reportsMouse != self.settings.reportsMouse {
      screen.reportMouse(settings.reportsMouse)
    }
    self.settings = settings
  }

  package func ring() {
    screen.ring()
  }

  package func copyToClipboard(_ text: String) -> Bool {
    guard let sequence = Clipboard.sequence(for: text) else { return false }
    files.write(sequence)
    return true
  }

  // MARK: Loans

  package func suspend() {
    lend { cn_stop_process() }
    pending.append(.resumed)
  }

  package func lend<Result>(to body: () throws -> Result) rethrows -> Result {
    screen.leave()
    files.restoreAttributes()
    cn_arm_crash_guard(0)
    cn_set_job_control(1)
    defer {
      cn_set_job_control(0)
      cn_arm_crash_guard(1)
      screen.reenter()
      // A Ctrl-C typed at an editor was not meant for us.
      take(signals.drain().filter { $0 != SIGINT })
      updateSize()
    }
    return try body()
  }
}
