import TerminalUI

/// The steps by which the list was narrowed down, as the header shows them.
enum Crumbs {
  /// The steps with blanks between them, as many of the latest as fit; the latest itself is
  /// shortened where it alone is too long.
  ///
  /// A mark with their number stands for those that do not fit.
  static func text(_ crumbs: [String], width: Int, glyphs: GlyphSet) -> String {
    guard let last = crumbs.last else { return "no filters" }
    let whole = crumbs.map { shortened($0, to: longest, glyphs) }.joined(separator: " ")
    if DisplayWidth.fits(whole, width) { return whole }
    let mark = crumbs.count > 1 ? "+\(crumbs.count - 1) " : ""
    var text = shortened(last, to: min(max(width - mark.count, 1), longest), glyphs)
    var rest = crumbs.dropLast()
    while let next = rest.last {
      let longer = "\(shortened(next, to: longest, glyphs)) \(text)"
      let before = rest.count > 1 ? "+\(rest.count - 1) ".count : 0
      guard DisplayWidth.of(longer) + before <= width else { break }
      text = longer
      rest.removeLast()
    }
    return rest.isEmpty ? text : "+\(rest.count) \(text)"
  }

  /// The widest that a step is shown: names can have thousands of letters.
  private static let longest = 40

  private static func shortened(_ crumb: String, to width: Int, _ glyphs: GlyphSet) -> String {
    if DisplayWidth.fits(crumb, width) { return crumb }
    guard let equals = crumb.firstIndex(of: "=") else {
      return TextFitting.shortenedMiddle(crumb, to: width, ellipsis: glyphs.ellipsis)
    }
    let word = String(crumb[...equals])
    let value = String(crumb[crumb.index(after: equals)...])
    let room = width - DisplayWidth.of(word)
    guard room >= 4 else {
      return TextFitting.shortenedEnd(crumb, to: width, ellipsis: glyphs.ellipsis)
    }
    return word + TextFitting.shortenedName(value, to: room, ellipsis: glyphs.ellipsis)
  }
}
