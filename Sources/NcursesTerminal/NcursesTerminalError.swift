import Glibc

/// Why a terminal could not be opened.
package enum NcursesTerminalError: Error, Hashable, Sendable {
  /// There is no terminal: neither standard input or output nor `/dev/tty` is one.
  case noTerminal
  /// `TERM` is not set.
  case termNotSet
  /// The terminal database has nothing under this name.
  case unknownTerm(String)
  /// A terminal of this name cannot place its cursor.
  case tooLimited(String)
  /// Another one is open: ncurses has one screen a process.
  case alreadyOpen
  /// A call of the system failed.
  case system(String, errno: Int32)
}

extension NcursesTerminalError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noTerminal: "no terminal to show the inspector on; `proftui report` prints"
    case .termNotSet: "TERM is not set, so how to draw is unknown; try TERM=xterm-256color"
    case .unknownTerm(let name):
      "the terminal database has no \"\(name)\" (from TERM); try TERM=xterm-256color"
    case .tooLimited(let name):
      "a \"\(name)\" terminal (from TERM) cannot place its cursor; try TERM=xterm-256color"
    case .alreadyOpen: "the terminal is open already"
    case .system(let call, let number): "\(call): \(String(cString: strerror(number)))"
    }
  }
}
