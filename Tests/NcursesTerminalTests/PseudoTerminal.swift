import CNcurses
import Glibc

@testable import NcursesTerminal

/// A terminal of the system's with nobody at it but the test: what is drawn is read here, what is
/// typed is sent here.
final class PseudoTerminal {
  private var master: Int32 = -1
  let slave: Int32

  init(columns: Int = 80, rows: Int = 24) {
    var master: Int32 = -1
    var slave: Int32 = -1
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&master, &slave, nil, nil, &size) == 0 else {
      preconditionFailure("no pseudo terminal: \(errno)")
    }
    self.master = master
    self.slave = slave
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  deinit {
    hangUp()
    close(slave)
  }

  /// Options that open it, with UTF-8 and nothing from the environment.
  func options(term: String? = "xterm-256color") -> NcursesTerminal.Options {
    var options = NcursesTerminal.Options()
    options.term = term
    options.input = slave
    options.output = slave
    options.forcesUTF8 = true
    options.isColorRefused = false
    return options
  }

  /// Types bytes.
  func send(_ text: String) {
    let bytes = Array(text.utf8)
    precondition(write(master, bytes, bytes.count) == bytes.count)
  }

  /// What has been drawn since the last call.
  func output() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Gives it another size, and tells the process.
  func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    precondition(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
    kill(getpid(), SIGWINCH)
  }

  /// Goes away, as a window that is closed.
  func hangUp() {
    if master >= 0 { close(master) }
    master = -1
  }

  /// How it is set: what `stty -g` prints.
  var attributes: [UInt32] {
    var attributes = termios()
    tcgetattr(slave, &attributes)
    let controls = withUnsafeBytes(of: attributes.c_cc) { $0.map(UInt32.init) }
    return [attributes.c_iflag, attributes.c_oflag, attributes.c_cflag, attributes.c_lflag]
      + controls
  }

  /// True when it gives out what is typed line by line, as a shell expects.
  var isCanonical: Bool { attributes[3] & UInt32(ICANON) != 0 }
}
