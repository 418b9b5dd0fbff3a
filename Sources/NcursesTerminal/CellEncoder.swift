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

  /// The attributes and colours of a style, as the cell of a blank that has them.
  private struct Look {
    let blank: cchar_t

    init(_ attributes: attr_t, pair: Int32) {
      var cell = cchar_t()
      _ = cn_set_cell(&cell, [0x20, 0], attributes, pair)
      blank = cell
    }

    func cell(_ scalar: Unicode.Scalar) -> cchar_t {
      var cell = blank
      cell.chars.0 = wchar_t(truncatingIfNeeded: scalar.value)
      return cell
    }

    /// The cell of a character and the marks on it.
    func cell(_ base: Unicode.Scalar, _ marks: [Unicode.Scalar]) -> cchar_t {
      var cell = cell(base)
      let slots = [\cchar_t.chars.1, \.chars.2, \.chars.3, \.chars.4]
      for (slot, mark) in zip(slots, marks) {
        cell[keyPath: slot] = wchar_t(truncatingIfNeeded: mark.value)
      }
      return cell
    }
  }

  init(_ settings: TerminalSettings, pairs: ColorPairs) {
    palette = Self.palette(settings, pairs)
    self.pairs = pairs
    replacement = cn_width(0xFFFD) == 1 ? "\u{FFFD}" : "?"
  }

  /// Changes the colours; colour pairs made so far are kept.
  mutating func use(_ settings: TerminalSettings) {
    palette = Self.palette(settings, pairs)
    looks = [:]
  }

  private static func palette(_ settings: TerminalSettings, _ pairs: ColorPairs) -> Palette {
    Palette(
      theme: settings.theme, hasColors: pairs.depth != .none,
      choices: settings.colors.compactMapValues { try? ColorWords.paint($0) })
  }

  /// The row as ncurses takes it: one element for each glyph, which for a wide one is two columns.
  mutating func encode(_ row: ArraySlice<Cell>) -> [cchar_t] {
    var result: [cchar_t] = []
    result.reserveCapacity(row.count)
    var style = Style.plain
    var look = look(of: style)
    for cell in row where !cell.isContinuation {
      if cell.style != style {
        style = cell.style
        look = self.look(of: style)
      }
      append(cell, look, to: &result)
    }
    return result
  }

  private mutating func look(of style: Style) -> Look {
    if let known = looks[style] { return known }
    let paint = palette.paint(style)
    let look = Look(paint.attributes.bits, pair: pairs.pair(for: paint))
    looks[style] = look
    return look
  }

  private func append(_ cell: Cell, _ look: Look, to result: inout [cchar_t]) {
    if let ascii = cell.character.asciiValue {
      // No cell holds a control byte; should one, it is not sent.
      result.append(look.cell(0x20..<0x7F ~= ascii ? Unicode.Scalar(ascii) : "?"))
      return
    }
    let scalars = cell.character.unicodeScalars
    guard let base = scalars.first else { return }
    let width = Int32(cell.width)
    let systemWidth = cn_width(base.value)
    if width == 2, systemWidth == 1, isFlag(scalars) {
      // Two letters of a column each, which a terminal that knows flags joins.
      for letter in scalars { result.append(look.cell(letter)) }
    } else if systemWidth == width || (systemWidth == 1 && width == 2) {
      result.append(look.cell(base, marks(of: scalars)))
      if systemWidth < width { result.append(look.blank) }
    } else {
      for _ in 0..<width { result.append(look.cell(replacement)) }
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
}
