import TerminalUI

/// The one-line parts of the screen: header, views, the row about the selection, messages, keys.
package enum StatusLine {
  /// Text on the left, text on the right; of the right one, the last parts go where there is no room.
  ///
  ///     proftui  mem.pprof                    inuse_space 31.90MB  25 fn  no filters
  ///
  /// - Parameter crumbs: how the list was narrowed down, the latest last, which outlasts the others;
  ///   nil to say nothing of it.
  static func header(
    program: String, title: String, facts: [String], crumbs: [String]? = nil, width: Int,
    glyphs: GlyphSet
  ) -> CellGrid {
    var grid = CellGrid(columns: width, rows: 1, role: .header)
    var facts = facts
    // The name of the file keeps 12 columns, or what it needs if that is less.
    let floor = crumbs?.isEmpty == false ? 6 : 12
    let titleFloor = min(DisplayWidth.of(title, upTo: floor), floor)
    if let crumbs {
      func others() -> Int { facts.reduce(titleFloor) { $0 + DisplayWidth.of($1) + 2 } + 4 }
      // Steps say more than how many rows they leave.
      while !crumbs.isEmpty, facts.count > 1, others() + 14 > width { facts.removeLast() }
      facts.append(Crumbs.text(crumbs, width: max(width - others(), 14), glyphs: glyphs))
    }
    func right() -> Int { facts.reduce(0) { $0 + DisplayWidth.of($1) + 2 } }
    var left = program
    while !facts.isEmpty, DisplayWidth.of(left) + 2 + titleFloor + right() > width {
      if !left.isEmpty { left = "" } else { facts.removeLast() }
    }
    var column = 0
    if !left.isEmpty {
      column = grid.write(left, at: GridPoint(row: 0, column: 0), role: .title) + 2
    }
    let room = width - column - right()
    grid.write(
      TextFitting.shortenedMiddle(title, to: room, ellipsis: glyphs.ellipsis),
      at: GridPoint(row: 0, column: column), role: .headerValue)
    column = width - right() + 2
    for fact in facts {
      column =
        grid.write(fact, at: GridPoint(row: 0, column: column), role: .headerValue) + 2
    }
    return grid
  }

  /// The views, the open one in brackets, and on the right which sample type is shown.
  ///
  /// Where there is no room the names go from the views that are not open, the last first.
  static func tabs(
    _ tabs: [(key: Character, name: String)], open: Int, right: String, width: Int
  ) -> CellGrid {
    var grid = CellGrid(columns: width, rows: 1, role: .tab)
    let shown = tabLabels(tabs, open: open, right: right, width: width)
    let right = total(shown) + DisplayWidth.of(right) + 1 > width ? "" : right
    var column = 0
    for (index, label) in shown.enumerated() {
      column =
        grid.write(
          label, at: GridPoint(row: 0, column: column), role: index == open ? .tabSelected : .tab)
        + 1
    }
    grid.write(
      right, at: GridPoint(row: 0, column: width - DisplayWidth.of(right)), role: .headerValue)
    return grid
  }

  /// The views as they are named in the row of tabs, with a column between them.
  static func tabLabels(
    _ tabs: [(key: Character, name: String)], open: Int, right: String, width: Int
  ) -> [String] {
    func labels(named count: Int) -> [String] {
      tabs.enumerated().map { index, tab in
        let full = "\(tab.key) \(tab.name)"
        return index == open ? "[\(full)]" : index < count ? full : "\(tab.key)"
      }
    }
    var named = tabs.count
    var shown = labels(named: named)
    while named > 0, total(shown) + DisplayWidth.of(right) + 1 > width {
      named -= 1
      shown = labels(named: named)
    }
    return shown
  }

  private static func total(_ labels: [String]) -> Int {
    labels.reduce(0) { $0 + DisplayWidth.of($1) + 1 }
  }

  /// What is known of the selection, in a line that also parts the list from what is under it.
  ///
  ///     ─ main.recurse ─ main.go:59 ─ 1966 objs ─ avg 16kB ─ 1 caller ─────── 1/25 ─
  ///
  /// The name is whole where it fits; the last facts go first to make room for it.
  ///
  /// - Parameter isNameElsewhere: whether the whole name can be read beside this row: then it leaves
  ///   room for the first fact.
  static func selection(
    name: String, facts: [String], position: String, width: Int, glyphs: GlyphSet,
    isNameElsewhere: Bool = false
  ) -> CellGrid {
    var grid = CellGrid(columns: width, rows: 1)
    let line = glyphs.horizontal
    grid.fill(grid.bounds, with: line, role: .border)
    guard !name.isEmpty || !facts.isEmpty else { return grid }
    let end = position.isEmpty ? 1 : DisplayWidth.of(position) + 4
    var facts = facts
    func factsWidth() -> Int { facts.reduce(0) { $0 + DisplayWidth.of($1) + 3 } }
    // A name that is too long even alone leaves the room that it does not take when shortened.
    let first = isNameElsewhere ? facts.first.map { DisplayWidth.of($0) + 3 } ?? 0 : 0
    let alone = TextFitting.shortenedName(
      name, to: max(width - 3 - first - end, 0), ellipsis: glyphs.ellipsis)
    let nameWidth = DisplayWidth.of(alone, upTo: width)
    while !facts.isEmpty, 2 + nameWidth + 1 + factsWidth() + end > width { facts.removeLast() }
    let shown = TextFitting.shortenedName(
      name, to: max(width - 3 - factsWidth() - end, 0), ellipsis: glyphs.ellipsis)
    var column = 1
    for (index, text) in ([shown] + facts).enumerated() where !text.isEmpty {
      if column > 1 { column += 1 }
      column = grid.write(
        " \(text) ", at: GridPoint(row: 0, column: column), role: index == 0 ? .name : .plain)
    }
    if !position.isEmpty, column + end <= width + 1 {
      grid.write(
        " \(position) ", at: GridPoint(row: 0, column: width - end + 1), role: .plain)
    }
    return grid
  }

  /// The keys of the view and the most useful ones of all views, as many as fit; the last always.
  static func keys(_ bindings: [KeyBinding], width: Int, glyphs: GlyphSet) -> CellGrid {
    var grid = CellGrid(columns: width, rows: 1)
    var texts = bindings.compactMap { binding -> (key: String, hint: String)? in
      guard let hint = binding.hint, let key = binding.keys.first else { return nil }
      let label = key.label(glyphs)
      // A sign stands before its word without a blank, a letter with one.
      let isLetter =
        label.count > 1 || label.first?.isLetter == true
        || [glyphs.enter, glyphs.up].contains(label)
      return (label, isLetter ? " \(hint)" : hint)
    }
    func total() -> Int {
      texts.reduce(-2) { $0 + 2 + DisplayWidth.of($1.key) + DisplayWidth.of($1.hint) }
    }
    // The last row, which is how to leave, outlasts those before it.
    while total() > width, !texts.isEmpty { texts.remove(at: max(texts.count - 2, 0)) }
    var column = 0
    for (key, hint) in texts {
      column = grid.write(key, at: GridPoint(row: 0, column: column), role: .key)
      column = grid.write(hint, at: GridPoint(row: 0, column: column), role: .keyText) + 2
    }
    return grid
  }
}

extension CellGrid {
  /// Text in the middle, a line each, cut to the grid; for notices and empty lists.
  static func centred(_ lines: [String], size: GridSize, role: Role = .plain) -> CellGrid {
    var grid = CellGrid(size)
    let first = max((size.rows - lines.count) / 2, 0)
    for (index, line) in lines.enumerated() {
      let column = max((size.columns - DisplayWidth.of(line, upTo: size.columns)) / 2, 0)
      grid.write(line, at: GridPoint(row: first + index, column: column), role: role)
    }
    return grid
  }
}

/// Text broken into lines at blanks.
enum TextWrapping {
  /// Lines of at most `width` columns; a word that is wider is broken where the line ends.
  static func lines(_ text: String, width: Int) -> [String] {
    guard width > 0 else { return [] }
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let length = DisplayWidth.of(String(word))
      if !line.isEmpty, used + 1 + length <= width {
        line += " \(word)"
        used += 1 + length
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      used = 0
      for glyph in SafeText(String(word)) {
        if used + glyph.width > width {
          lines.append(line)
          line = ""
          used = 0
        }
        line.append(glyph.character)
        used += glyph.width
      }
    }
    lines.append(line)
    return lines
  }
}
