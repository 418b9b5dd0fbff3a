import CNcurses

/// What ncurses can do to text besides colour.
struct Attributes: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let bold = Attributes(rawValue: 1)
  static let dim = Attributes(rawValue: 2)
  static let underline = Attributes(rawValue: 4)
  static let reverse = Attributes(rawValue: 8)

  /// The same for ncurses.
  var bits: attr_t {
    var bits = 0
    if contains(.bold) { bits |= CN_BOLD }
    if contains(.dim) { bits |= CN_DIM }
    if contains(.underline) { bits |= CN_UNDERLINE }
    if contains(.reverse) { bits |= CN_REVERSE }
    return attr_t(truncatingIfNeeded: bits)
  }
}

/// How a role looks: attributes, and colours where the terminal has them; nil is the terminal's
/// own.
struct Paint: Hashable, Sendable {
  var attributes: Attributes
  var foreground: TerminalColor?
  var background: TerminalColor?

  init(
    _ attributes: Attributes = [], _ foreground: TerminalColor? = nil,
    on background: TerminalColor? = nil
  ) {
    self.attributes = attributes
    self.foreground = foreground
    self.background = background
  }
}
