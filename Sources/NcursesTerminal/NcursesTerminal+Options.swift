import Glibc
import TerminalUI

extension NcursesTerminal {
  /// Whether colours are used.
  package enum ColorMode: String, CaseIterable, Hashable, Sendable {
    /// Where the terminal has them, unless `NO_COLOR` is set and not empty.
    case auto
    /// Attributes only; not one colour code is sent.
    case never
    /// Where the terminal has them, whatever `NO_COLOR` says.
    case always
  }

  /// What has to be known to open a terminal; what is left out comes from the environment.
  package struct Options: Sendable {
    /// Whether colours are used.
    package var colorMode: ColorMode = .auto
    /// What to start with of what can be changed later.
    package var settings = TerminalSettings()
    /// True to send UTF-8 even where the locale is of another encoding.
    package var forcesUTF8 = false
    /// The name of the locale whose encoding the terminal shows; nil is the environment's.
    package var locale: String?
    /// The name under which the terminal database knows the terminal.
    package var term = environmentValue("TERM")
    /// True when the environment has `NO_COLOR`, not empty.
    package var isColorRefused = environmentValue("NO_COLOR") != nil
    /// Where keys come from and the screen goes; nil is standard input and output, or `/dev/tty`
    /// where those are not terminals.
    package var input: Int32?
    /// See `input`.
    package var output: Int32?

    /// What the environment says.
    package init() {}

    var wantsColor: Bool {
      switch colorMode {
      case .auto: !isColorRefused
      case .never: false
      case .always: true
      }
    }
  }
}

/// An environment variable that is set and not empty.
func environmentValue(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}
