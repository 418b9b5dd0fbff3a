/// A screen to show grids on and a keyboard to hear from: a real terminal, or a script in a test.
///
/// A terminal belongs to one thread, the one that runs the loop: only what is said to be usable
/// elsewhere is.
package protocol Terminal: AnyObject {
  /// The size of the screen now, which `present` wants its grid to have.
  var size: GridSize { get }

  /// Waits for the next input.
  ///
  /// - Parameter timeout: How long to wait; nil is for ever, zero not at all.
  /// - Returns: Nil when the time has passed with nothing to tell. Once the terminal is gone,
  ///   `.closed` at once and each time.
  func nextInput(timeout: Duration?) -> TerminalInput?

  /// Shows a grid, and the cursor at `cursor` or nowhere. A grid of another size than the screen is
  /// clipped.
  ///
  /// - Complexity: Only rows that changed since the last call are sent.
  func present(_ grid: CellGrid, cursor: GridPoint?)

  /// Makes the next `present` repaint everything, for a screen that something else has written to.
  func invalidate()

  /// Changes what can be changed while it runs.
  func apply(_ settings: TerminalSettings)

  /// Draws attention by a bell or a flash.
  func ring()

  /// Puts text on the clipboard of the terminal's user.
  ///
  /// - Returns: False when the text is longer than terminals take (about 74 kB), and nothing was
  ///   sent. True says that it was sent, not that the terminal took it: it does not tell.
  func copyToClipboard(_ text: String) -> Bool

  /// Gives the terminal back, stops the process as the shell's job control does, and takes the
  /// terminal again afterwards.
  func suspend()

  /// Gives the terminal back while `body` runs, an editor for instance, and takes it again
  /// afterwards.
  func lend<Result>(to body: () throws -> Result) rethrows -> Result
}

/// What a user can change about the terminal while the program runs.
package struct TerminalSettings: Hashable, Sendable {
  /// What colours the roles have.
  package var theme: Theme
  /// True to hear of the mouse, at the price of the terminal's own selection.
  package var reportsMouse: Bool
  /// Colours of roles that differ from the theme's, in the words of the configuration: `bold 208 on #202020`.
  package var colors: [Role: String] = [:]

  /// The settings to start with.
  package init(theme: Theme = .default, reportsMouse: Bool = false) {
    self.theme = theme
    self.reportsMouse = reportsMouse
  }
}

/// A choice of colours for the roles, in the order that users see; the raw value is its name in the
/// configuration.
package enum Theme: String, CaseIterable, Hashable, Sendable {
  /// For a dark background; tells growth and shrinking apart by orange and blue, which the
  /// colour-blind can.
  case `default`
  /// The same for a light background.
  case light
  /// Red for growth and green for shrinking.
  case classic
  /// Attributes only: bold, dim, underlined, reversed.
  case mono
}
