/// How many columns text takes on a terminal, from one table of our own and independent of the
/// locale.
///
/// East Asian wide and full-width characters and emoji take 2, marks that combine with what is
/// before them 0, everything else 1, also what Unicode calls ambiguous. What is not safe to show
/// takes the one column of the glyph shown for it.
package enum DisplayWidth {
  /// The columns of `text` as it is shown.
  ///
  /// - Complexity: O(*n*) in its scalars.
  package static func of(_ text: String) -> Int {
    of(text, upTo: .max)
  }

  /// The columns of `text`, counting no further than the first glyph that passes `limit`.
  ///
  /// - Complexity: O(min(*n*, `limit`)), so that a name of a megabyte costs no more than a line of
  ///   it.
  package static func of(_ text: String, upTo limit: Int) -> Int {
    var width = 0
    for glyph in SafeText(text) {
      width += glyph.width
      if width > limit { break }
    }
    return width
  }

  /// True when `text` takes no more than `width` columns.
  package static func fits(_ text: String, _ width: Int) -> Bool {
    of(text, upTo: width) <= width
  }
}

/// What the terminal does with a scalar.
enum ScalarClass {
  case narrow
  case wide
  /// Drawn over the glyph before it.
  case mark
  /// Would be acted upon, or hides: must not reach the terminal.
  case unsafe

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x300: self = .narrow
    case 0..<0x20, 0x7F..<0xA0, 0xAD: self = .unsafe
    default: self = Self.looked(up: scalar)
    }
  }

  private static func looked(up scalar: Unicode.Scalar) -> ScalarClass {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
      return .unsafe
    case .nonspacingMark, .enclosingMark:
      return properties.isDefaultIgnorableCodePoint ? .unsafe : .mark
    case _ where properties.isDefaultIgnorableCodePoint:
      return .unsafe
    default:
      if scalar.isTrailingJamo { return .mark }
      return isWide(scalar.value) ? .wide : .narrow
    }
  }

  /// - Complexity: O(log *n*) in the ranges of the table.
  private static func isWide(_ value: UInt32) -> Bool {
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      let range = wideRanges[middle]
      if value < range.lowerBound {
        high = middle
      } else if value > range.upperBound {
        low = middle + 1
      } else {
        return true
      }
    }
    return false
  }

  /// East Asian Width W and F of Unicode 17, ascending; short gaps of unassigned scalars are
  /// included.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0,
    0x23F3...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615, 0x2630...0x2637, 0x2648...0x2653,
    0x267F...0x267F, 0x268A...0x268F, 0x2693...0x2693, 0x26A1...0x26A1, 0x26AA...0x26AB,
    0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
    0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705,
    0x270A...0x270B, 0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755,
    0x2757...0x2757, 0x2795...0x2797, 0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C,
    0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0xA4C6,
    0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FE3, 0x16FF2...0x18CD5, 0x18CFF...0x18D1E,
    0x18D80...0x18DF2, 0x1AFF0...0x1B2FB, 0x1D300...0x1D376, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF,
    0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F200...0x1F265, 0x1F300...0x1F320, 0x1F32D...0x1F335,
    0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0,
    0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D,
    0x1F54B...0x1F54E, 0x1F550...0x1F567, 0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4,
    0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6DF,
    0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7F0, 0x1F90C...0x1F93A, 0x1F93C...0x1F945,
    0x1F947...0x1F9FF, 0x1FA70...0x1FAF8, 0x20000...0x3FFFD,
  ]
}

extension Unicode.Scalar {
  /// A Hangul vowel or final consonant, which is drawn into the syllable before it.
  var isTrailingJamo: Bool {
    (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value)
  }

  /// A Hangul letter or syllable that a trailing letter can be drawn into.
  var isHangul: Bool {
    (0x1100...0x11FF).contains(value) || (0xA960...0xA97C).contains(value)
      || (0xAC00...0xD7FB).contains(value)
  }

  /// Half of a flag.
  var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }

  /// A pictograph: an emoji that is not also a digit or a sign of Latin text.
  var isPictograph: Bool { value > 0xFF && properties.isEmoji && !isRegionalIndicator }
}
