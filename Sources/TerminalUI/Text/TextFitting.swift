/// Text cut, shortened or padded to a number of columns.
///
/// Every result is safe to measure by `DisplayWidth` and, where it was cut, no wider than asked
/// for. Padding never cuts: a number that does not fit is for the caller to leave out whole, since
/// a number that is cut is a wrong number.
package enum TextFitting {
  /// The side on which text stands.
  package enum Alignment: Hashable, Sendable {
    case left
    case right
  }

  /// `text` with blanks on the other side up to `width` columns, or as it was if it is as wide
  /// already.
  package static func padded(_ text: String, to width: Int, _ alignment: Alignment = .left)
    -> String
  {
    let missing = width - DisplayWidth.of(text, upTo: width)
    guard missing > 0 else { return text }
    let blanks = String(repeating: " ", count: missing)
    return alignment == .left ? text + blanks : blanks + text
  }

  /// `text`, or its start and an ellipsis where it is wider than `width`.
  package static func shortenedEnd(_ text: String, to width: Int, ellipsis: String = "…") -> String
  {
    if DisplayWidth.fits(text, width) { return text }
    let room = width - DisplayWidth.of(ellipsis)
    guard room > 0 else { return prefix(of: ellipsis, width: width) }
    return prefix(of: text, width: room) + ellipsis
  }

  /// `text`, or its start, an ellipsis and its end where it is wider than `width`.
  ///
  /// The end gets the odd column: names differ there more often.
  /// - Complexity: O(`width`) where it has to shorten, whatever the length of the text.
  package static func shortenedMiddle(_ text: String, to width: Int, ellipsis: String = "…")
    -> String
  {
    if DisplayWidth.fits(text, width) { return text }
    let room = width - DisplayWidth.of(ellipsis)
    guard room > 1 else { return shortenedEnd(text, to: width, ellipsis: ellipsis) }
    return prefix(of: text, width: room / 2) + ellipsis
      + suffix(of: text, width: room - room / 2)
  }

  /// A qualified name made to fit: `github.com/a/b/pkg.(*T[go.shape.struct{…}]).M` as
  /// `pkg.(*T[…]).M`.
  ///
  /// First what stands in square brackets goes, then the path before the last slash, then the
  /// middle.
  package static func shortenedName(_ name: String, to width: Int, ellipsis: String = "…")
    -> String
  {
    // Nothing of a name this long is worth a scan: its middle goes at once.
    guard name.utf8.count <= 4096 else {
      return shortenedMiddle(name, to: width, ellipsis: ellipsis)
    }
    if DisplayWidth.fits(name, width) { return name }
    let bare = withoutBracketed(name, ellipsis: ellipsis)
    if DisplayWidth.fits(bare, width) { return bare }
    return shortenedMiddle(withoutPath(bare), to: width, ellipsis: ellipsis)
  }

  /// The start of `text`, of at most `width` columns and made of whole glyphs.
  package static func prefix(of text: String, width: Int) -> String {
    var result = ""
    var used = 0
    for glyph in SafeText(text) {
      used += glyph.width
      if used > width { break }
      result.append(glyph.character)
    }
    return result
  }

  /// The end of `text`, of at most `width` columns and made of whole glyphs.
  package static func suffix(of text: String, width: Int) -> String {
    guard width > 0 else { return "" }
    guard width < text.utf8.count else { return SafeText(text).string }
    // Glyphs are found from the front only, so start far enough back: no glyph has more than 18
    // scalars.
    let isLong = text.utf8.count > 20 * (width + 1)
    let tail = isLong ? String(text.unicodeScalars.suffix(20 * (width + 1))) : text
    let glyphs = Array(SafeText(tail))
    var used = 0
    var kept = glyphs.endIndex
    while kept > 0, used + glyphs[kept - 1].width <= width {
      kept -= 1
      used += glyphs[kept].width
    }
    return String(glyphs[kept...].map(\.character))
  }

  /// `text` with tabs replaced by blanks up to the next multiple of `stop` columns, as source code
  /// is meant to be read.
  package static func expandingTabs(_ text: String, stop: Int = 8) -> String {
    guard text.utf8.contains(0x09), stop > 0 else { return text }
    var result = ""
    var column = 0
    let pieces = text.split(separator: "\t", omittingEmptySubsequences: false)
    for (index, piece) in pieces.enumerated() {
      if index > 0 {
        let blanks = stop - column % stop
        result += String(repeating: " ", count: blanks)
        column += blanks
      }
      result += piece
      column += DisplayWidth.of(String(piece))
    }
    return result
  }

  /// A name with an ellipsis for all that stands in square brackets; one that begins with a bracket
  /// is no name with type arguments, and stays as it is.
  package static func withoutBracketed(_ name: String, ellipsis: String = "…") -> String {
    guard name.utf8.contains(UInt8(ascii: "[")), !name.hasPrefix("[") else { return name }
    var result = String.UnicodeScalarView()
    var depth = 0
    var inside = 0
    for scalar in name.unicodeScalars {
      if scalar == "]", depth > 0 {
        depth -= 1
        if depth == 0, inside > 0 { result.append(contentsOf: ellipsis.unicodeScalars) }
      }
      if depth == 0 { result.append(scalar) } else { inside += 1 }
      if scalar == "[" {
        if depth == 0 { inside = 0 }
        depth += 1
      }
    }
    // Brackets that are never closed are no type arguments.
    return depth == 0 ? String(result) : name
  }

  /// A name without what stands before the last slash of its package's path.
  package static func withoutPath(_ name: String) -> String {
    let head = name.prefix { $0 != "(" && $0 != "[" && $0 != "<" && $0 != " " }
    guard let slash = head.lastIndex(of: "/") else { return name }
    let rest = name[name.index(after: slash)...]
    return rest.isEmpty ? name : String(rest)
  }
}
