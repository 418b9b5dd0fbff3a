import CNcurses
import TerminalUI

/// Turns rows of cells into what ncurses draws, under one palette.
///
/// ncurses and the terminal count columns by the C library's table, which may be older than ours
/// and depends on the locale. So what is handed on always takes, by their count, the columns the
/// cell takes by ours: with a blank where they give less, and a replacement where they give more,
/// or cannot show or encode the character at all.
struct CellEncoder {
  private var palette: Palette
  private var pairs: ColorPairs
  private var looks: [Style: Look] = [:]
  private let replacement: Unicode.Scalar

  private struct Look {
    let attributes: attr_t
    let pair: Int32
  }

  init(theme: Theme, pairs: ColorPairs) {
    palette = Palette(theme: theme, hasColors: pairs.depth != .none)
    self.pairs = pairs
    replacement = cn_width(0xFFFD) == 1 ? "\u{FFFD}" : "?"
  }

  /// Changes the theme; colour pairs made so far are kept.
  mutating func use(_ theme: Theme) {
    palette = Palette(theme: theme, hasColors: pairs.depth != .none)
    looks = [:]
  }

  /// The row as ncurses takes it: one element for each glyph, which for a wide one is two columns.
  mutating func encode(_ row: ArraySlice<Cell>) -> [cchar_t] {
    var result: [cchar_t] = []
    result.reserveCapacity(row.count)
    for cell in row where !cell.isContinuation {
      let look = look(of: cell.style)
      append(cell, look, to: &result)
    }
    return result
  }

  private mutating func look(of style: Style) -> Look {
    if let known = looks[style] { return known }
    let paint = palette.paint(style)
    let look = Look(attributes: paint.attributes.bits, pair: pairs.pair(for: paint))
    looks[style] = look
    return look
  }

  private func append(_ cell: Cell, _ look: Look, to result: inout [cchar_t]) {
    if let ascii = cell.character.asciiValue {
      result.append(makeCell(ascii: ascii, look))
      return
    }
    let scalars = cell.character.unicodeScalars
    guard let base = scalars.first else { return }
    let width = Int32(cell.width)
    let systemWidth = cn_width(base.value)
    if width == 2, systemWidth == 1, isFlag(scalars) {
      // Two letters of a column each, which a terminal that knows flags joins.
      for letter in scalars { result.append(makeCell([letter], look)) }
    } else if systemWidth == width || (systemWidth == 1 && width == 2) {
      result.append(makeCell([base] + marks(of: scalars), look))
      if systemWidth < width { result.append(makeCell(ascii: 0x20, look)) }
    } else {
      for _ in 0..<width { result.append(makeCell([replacement], look)) }
    }
  }

  private func isFlag(_ scalars: Character.UnicodeScalarView) -> Bool {
    scalars.count == 2 && scalars.allSatisfy { (0x1F1E6...0x1F1FF).contains($0.value) }
  }

  /// The marks drawn over the first scalar. Of an emoji made of several only the first is sent,
  /// since terminals disagree on the columns of the rest.
  private func marks(of scalars: Character.UnicodeScalarView) -> [Unicode.Scalar] {
    scalars.dropFirst().prefix { scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .otherLetter:
        !scalar.properties.isVariationSelector && cn_width(scalar.value) == 0
      default: false
      }
    }.prefix(SafeText.maximumMarks).map { $0 }
  }

  private func makeCell(ascii: UInt8, _ look: Look) -> cchar_t {
    // A control byte cannot be in a cell; should one be, it is not sent.
    makeCell([Unicode.Scalar(0x20..<0x7F ~= ascii ? ascii : 0x3F)], look)
  }

  private func makeCell(_ scalars: [Unicode.Scalar], _ look: Look) -> cchar_t {
    var cell = cchar_t()
    let text = scalars.map { wchar_t(truncatingIfNeeded: $0.value) } + [0]
    _ = cn_set_cell(&cell, text, look.attributes, look.pair)
    return cell
  }
}
