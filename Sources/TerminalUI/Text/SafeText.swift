/// A glyph that a terminal shows and does not act upon, with its width.
///
/// Made by `SafeText` only.
package struct Glyph: Hashable, Sendable {
  /// What is shown.
  package let character: Character
  /// 1 or 2 columns.
  package let width: Int

  fileprivate init(_ character: Character, width: Int) {
    self.character = character
    self.width = width
  }

  /// Stands for what must not be shown as it is and has no picture of its own.
  static let replacement = Glyph("\u{FFFD}", width: 1)
}

/// The glyphs of a text from a stranger, as a terminal lays them out and with nothing in them that
/// it would obey.
///
/// Control bytes become their pictures (ESC is `␛`). C1 controls, bidirectional overrides,
/// zero-width and other format characters, line separators, variation selectors where they choose
/// nothing, and unassigned scalars become U+FFFD, one for each, so that nothing is hidden. A mark
/// with nothing to stand on gets a dotted circle, and a glyph carries no more than `maximumMarks`.
/// Emoji sequences and flags are one glyph of two columns; other clusters with several spacing
/// characters are one glyph for each, as terminals have it.
package struct SafeText: Sequence, Sendable {
  /// The marks that one glyph carries; those beyond show as one U+FFFD each.
  package static let maximumMarks = 4

  let text: String

  /// The glyphs of `text`; nothing is done until they are asked for.
  package init(_ text: String) {
    self.text = text
  }

  /// The glyphs from the first on.
  package func makeIterator() -> Iterator { Iterator(text.unicodeScalars) }

  /// The text as it is shown, for where there is no grid: messages on standard error, the
  /// clipboard.
  package var string: String {
    String(lazy.map(\.character))
  }

  /// Takes a text apart, scalar by scalar, in one pass.
  package struct Iterator: IteratorProtocol {
    private let scalars: String.UnicodeScalarView
    private var index: String.UnicodeScalarView.Index

    fileprivate init(_ scalars: String.UnicodeScalarView) {
      self.scalars = scalars
      index = scalars.startIndex
    }

    /// The next glyph, or nil at the end.
    package mutating func next() -> Glyph? {
      guard let scalar = take() else { return nil }
      if isLatin(scalar), peek().map({ $0.value < 0x300 }) ?? true {
        return Glyph(Character(scalar), width: 1)
      }
      switch ScalarClass(scalar) {
      case .unsafe: return Self.picture(of: scalar)
      case .mark: return scalar.isTrailingJamo ? .replacement : makeCircled(scalar)
      case .narrow: return makeCluster(scalar, width: 1)
      case .wide: return makeCluster(scalar, width: 2)
      }
    }
  }
}

extension SafeText.Iterator {
  private func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x300: true
    default: false
    }
  }

  private func peek() -> Unicode.Scalar? {
    index < scalars.endIndex ? scalars[index] : nil
  }

  private mutating func take() -> Unicode.Scalar? {
    guard index < scalars.endIndex else { return nil }
    defer { index = scalars.index(after: index) }
    return scalars[index]
  }

  private static func picture(of scalar: Unicode.Scalar) -> Glyph {
    switch scalar.value {
    case 0..<0x20:
      Unicode.Scalar(0x2400 + scalar.value).map { Glyph(Character($0), width: 1) } ?? .replacement
    case 0x7F: Glyph("\u{2421}", width: 1)
    default: .replacement
    }
  }

  private mutating func makeCircled(_ mark: Unicode.Scalar) -> Glyph {
    var cluster = String.UnicodeScalarView(["\u{25CC}", mark])
    takeMarks(onto: &cluster)
    return Self.makeGlyph(cluster, width: 1)
  }

  private mutating func makeCluster(_ base: Unicode.Scalar, width: Int) -> Glyph {
    if base.isRegionalIndicator {
      guard let other = peek(), other.isRegionalIndicator else {
        return Glyph(Character(base), width: 1)
      }
      _ = take()
      return Self.makeGlyph(String.UnicodeScalarView([base, other]), width: 2)
    }
    var cluster = String.UnicodeScalarView([base])
    let isEmoji = base.properties.isEmoji && takeEmojiParts(onto: &cluster)
    takeMarks(onto: &cluster)
    return Self.makeGlyph(cluster, width: isEmoji ? 2 : width)
  }

  private mutating func takeMarks(onto cluster: inout String.UnicodeScalarView) {
    var count = 0
    while count < SafeText.maximumMarks, let next = peek(), next.value >= 0x300,
      ScalarClass(next) == .mark
    {
      if next.isTrailingJamo, cluster.last?.isHangul != true { return }
      cluster.append(next)
      _ = take()
      count += 1
    }
  }

  /// Takes what belongs to an emoji after its first scalar: selector, skin tone, joined emoji, tags
  /// of a flag.
  ///
  /// - Returns: True when the whole takes two columns whatever the first scalar alone takes.
  private mutating func takeEmojiParts(onto cluster: inout String.UnicodeScalarView) -> Bool {
    var isTwoColumns = false
    while cluster.count < 16, let next = peek(), let last = cluster.last {
      switch next.value {
      case 0xFE0F:
        isTwoColumns = true
      case 0xFE0E:
        break
      case 0x1F3FB...0x1F3FF where last.properties.isEmojiModifierBase:
        isTwoColumns = true
      case 0x200D where cluster.first?.isPictograph == true:
        let after = scalars.index(after: index)
        guard after < scalars.endIndex, scalars[after].isPictograph else { return isTwoColumns }
        cluster.append(next)
        index = after
        cluster.append(scalars[after])
        index = scalars.index(after: after)
        isTwoColumns = true
        continue
      case 0xE0020...0xE007E where last.value == 0x1F3F4:
        guard let end = endOfTags() else { return isTwoColumns }
        cluster.append(contentsOf: scalars[index..<end])
        index = end
        return true
      default:
        return isTwoColumns
      }
      // A second selector in a row chooses nothing.
      if next.value & 0xFFFE == 0xFE0E, last.value & 0xFFFE == 0xFE0E { return isTwoColumns }
      cluster.append(next)
      _ = take()
    }
    return isTwoColumns
  }

  /// The index after the tags of a flag, or nil when they are not ended as they should be.
  private func endOfTags() -> String.UnicodeScalarView.Index? {
    var end = index
    for _ in 0..<7 {
      guard end < scalars.endIndex else { return nil }
      let value = scalars[end].value
      end = scalars.index(after: end)
      if value == 0xE007F { return end }
      guard (0xE0020...0xE007E).contains(value) else { return nil }
    }
    return nil
  }

  private static func makeGlyph(_ cluster: String.UnicodeScalarView, width: Int) -> Glyph {
    let text = String(cluster)
    // What Unicode does not call one character, we do not either.
    guard let first = text.first, text.utf8.count == first.utf8.count else {
      return .replacement
    }
    return Glyph(first, width: width)
  }
}
