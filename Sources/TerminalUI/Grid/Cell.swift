/// One cell of a grid: a glyph that is safe to show, and its style.
///
/// A wide glyph takes its cell and an empty continuation cell after it. There is no way to make a
/// cell other than by writing text into a `CellGrid`, so that no cell holds what a terminal would
/// act upon.
package struct Cell: Hashable, Sendable {
  /// What is shown; a space in a continuation cell.
  package let character: Character
  /// How it is to be shown.
  package internal(set) var style: Style
  /// The columns the glyph takes: 1 or 2, and 0 for the continuation of a wide one.
  package let width: UInt8

  init(_ glyph: Glyph, style: Style) {
    character = glyph.character
    width = UInt8(truncatingIfNeeded: glyph.width)
    self.style = style
  }

  private init(width: UInt8, style: Style) {
    character = " "
    self.width = width
    self.style = style
  }

  static func blank(_ style: Style) -> Cell { Cell(width: 1, style: style) }
  static func continuation(_ style: Style) -> Cell { Cell(width: 0, style: style) }

  /// True for the second half of a wide glyph.
  package var isContinuation: Bool { width == 0 }
  /// True for the first half of a wide glyph.
  package var isWide: Bool { width == 2 }
}
