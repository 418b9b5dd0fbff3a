import ProfileAnalysis
import ProfileModel
import TerminalUI

extension SourcePane {
  package func render(in context: PaneContext) -> CellGrid {
    guard let subject else { return EmptyNotice.grid(noSubjectText(in: context), in: context) }
    var grid = CellGrid(context.size)
    let notice = notice(in: context)
    for (y, line) in notice.enumerated() {
      grid.write(line, at: GridPoint(row: y, column: 1), role: y == 0 ? .message : .dim)
    }
    var y = notice.count
    let (places, shown) = shownRows(in: context)
    if context.showsHeads {
      drawHead(subject, places, at: y, into: &grid, in: context)
      y += 1
    }
    for (index, row) in shown {
      draw(row, places, at: y, into: &grid, in: context)
      if index == cursor.position {
        grid.write(context.glyphs.cursor, at: GridPoint(row: y, column: 0))
        grid.highlight(row: y, as: context.isFocused ? .selected : .marked)
      }
      y += row.lines.count
      if y >= grid.size.rows { break }
    }
    return grid
  }

  /// The rows in sight, each with its index and the lines of screen that it takes, and where their parts go.
  private func shownRows(in context: PaneContext) -> (Places, [(index: Int, row: Row)]) {
    let rows = rows
    let height = listHeight(in: context)
    let window = cursor.window(count: rows.count, height: height)
    var shown = window.map { row(at: $0, rows, in: context) }
    let places = Places(shown, in: context)
    guard context.settings.wrap else { return (places, Array(zip(window, shown))) }
    let room = max(context.size.columns - places.textStart, 1)
    for index in shown.indices { shown[index].wrap(width: room, limit: height) }
    // The selected line is in sight, from its first row on.
    let selected = cursor.position - window.lowerBound
    var used = 0
    let kept = shown.indices.prefix(selected + 1).reversed().prefix { index in
      used += index == selected ? 1 : shown[index].lines.count
      return used <= height
    }
    return (places, Array(zip(window, shown).dropFirst(max(selected + 1 - kept.count, 0))))
  }

  /// The row that is drawn at a row of the body; nil where there is none.
  func index(drawnAt row: Int, in context: PaneContext) -> Int? {
    var end = notice(in: context).count
    for (index, shown) in shownRows(in: context).1 {
      end += shown.lines.count
      if row < end { return row >= end - shown.lines.count ? index : nil }
    }
    return nil
  }

  private func noSubjectText(in context: PaneContext) -> String {
    let session = context.session
    let changes = "\(context.settings.key(of: .nextGranularity)) changes what a row is"
    guard let node = session.selection else { return EmptyNotice.reason(session, context.settings) }
    if session.granularity == .packages { return "a package is no single source file: \(changes)" }
    return "the profile names no source file for \(session.title(of: node))"
  }

  // MARK: What is missing

  /// The rows of the list.
  func listHeight(in context: PaneContext) -> Int {
    max(context.bodyRows - notice(in: context).count, 0)
  }

  /// Why there is no text, in lines; none where there is one.
  private func notice(in context: PaneContext) -> [String] {
    guard case .missing(let missing)? = file, let subject else { return [] }
    // The lines that cost something are worth more than the places.
    let room = context.bodyRows / 2
    guard room > 0 else { return [] }
    let width = max(context.size.columns - 2, 1)
    let places = Plural.text(missing.tried.count, "place", "places")
    let why = missing.reason.map { ": \($0)" } ?? ""
    let text =
      "no source for \(subject.file) (tried \(places))\(why): "
      + ":set source_path=DIR, or start in the folder of the source"
    var lines = TextWrapping.lines(text, width: width)
    for place in missing.tried {
      lines.append(
        "  " + TextFitting.shortenedMiddle(place, to: width - 2, ellipsis: context.glyphs.ellipsis))
    }
    guard lines.count > room else { return lines }
    guard room > 1 else { return Array(lines.prefix(1)) }
    return lines.prefix(room - 1) + ["  \(context.glyphs.ellipsis)"]
  }

  // MARK: Rows

  struct Row {
    let number: String
    var flat = ""
    var cumulative = ""
    var isHottest = false
    var flatRole = Role.number
    var cumulativeRole = Role.number
    var text: String
    var isName = false
    /// What is allocated there, for the margin.
    var note = ""
    /// The text in the rows that it takes where long lines are wrapped.
    var lines: [String] = [""]

    /// Breaks the text into rows.
    mutating func wrap(width: Int, limit: Int) {
      guard !isName else { return }
      lines = [""]
      var used = 0
      for glyph in SafeText(TextFitting.expandingTabs(text, stop: SourcePane.tabStop)) {
        if used + glyph.width > width, used > 0 {
          guard lines.count < max(limit, 1) else { return }
          lines.append("")
          used = 0
        }
        lines[lines.count - 1].append(glyph.character)
        used += glyph.width
      }
    }
  }

  private func row(at index: Int, _ rows: SourceRows, in context: PaneContext) -> Row {
    let session = context.session
    let number = rows.number(at: index)
    let text = rows.text(at: index, limit: 8 * (scroll + context.size.columns) + 64)
    var row = Row(number: number == 0 ? "?" : "\(number)", text: text ?? "", isName: text == nil)
    guard let line = rows.line(at: index) else { return row }
    (row.flatRole, row.cumulativeRole) = (
      session.numberRole(line.node, .lines, \.flat),
      session.numberRole(line.node, .lines, \.cumulative)
    )
    if line.flat != 0 { row.flat = session.label(line.flat) }
    if line.cumulative != 0 { row.cumulative = session.label(line.cumulative) }
    row.isHottest = subject?.hottest.first == line
    row.note = note(ofLine: number, in: context)
    // It stands beside a line that it has nothing to do with.
    let move = session.move(of: line)
    if move?.reason == .gone { row.note = session.moveText(of: line) ?? "" }
    if text == nil {
      let isBeyond = self.text != nil
      row.text = (isBeyond ? "(not in this file) " : "") + session.lineTitle(of: line.node)
    }
    return row
  }

  /// Where the columns end and the text begins.
  struct Places {
    /// Nil where there is no room for the column.
    var flatEnd: Int?
    var cumulativeEnd: Int?
    var numberEnd: Int
    var textStart: Int { numberEnd + 2 }

    init(_ rows: [Row], in context: PaneContext) {
      let isNarrow = context.size.columns < 60
      // Room for what most rows have, a sign in front of changes, so that scrolling moves no text.
      let least = isNarrow ? 5 : context.session.showsChange ? 10 : 9
      // The cursor before it does not touch a number.
      let gap = isNarrow ? 0 : 1
      let flat = rows.reduce(least) { max($0, DisplayWidth.of($1.flat) + gap) }
      let cumulative = rows.reduce(least) { max($0, DisplayWidth.of($1.cumulative)) }
      let number = rows.reduce(4) { max($0, $1.number.count) }
      // In a narrow view the values stay by which the user orders rows elsewhere.
      let isByCumulative = context.session.order.key == .cumulative
      var end = 1
      if !isNarrow || !isByCumulative {
        end += flat
        flatEnd = end
        end += 2
      }
      if !isNarrow || isByCumulative {
        end += cumulative
        cumulativeEnd = end
        end += 2
      }
      numberEnd = end + number
    }
  }

  private func drawHead(
    _ subject: SourceSubject, _ places: Places, at y: Int, into grid: inout CellGrid,
    in context: PaneContext
  ) {
    grid.fill(GridRect(row: y, column: 0, columns: grid.size.columns, rows: 1), role: .columnHead)
    func write(_ title: String, endingAt end: Int?) {
      guard let end else { return }
      grid.write(title, at: GridPoint(row: y, column: end - title.count), role: .columnHead)
    }
    write("FLAT", endingAt: places.flatEnd)
    write("CUM", endingAt: places.cumulativeEnd)
    write("LINE", endingAt: places.numberEnd)
    let path = text?.path ?? subject.file
    let room = max(grid.size.columns - places.textStart, 0)
    grid.write(
      TextFitting.shortenedMiddle(path, to: room, ellipsis: context.glyphs.ellipsis),
      at: GridPoint(row: y, column: places.textStart), role: .columnHead)
  }

  private func draw(
    _ row: Row, _ places: Places, at y: Int, into grid: inout CellGrid, in context: PaneContext
  ) {
    for (text, end, own) in [
      (row.flat, places.flatEnd, row.flatRole),
      (row.cumulative, places.cumulativeEnd, row.cumulativeRole),
    ] {
      guard let end else { continue }
      let role: Role = row.isHottest && own == .number ? .hot : own
      grid.write(
        text, at: GridPoint(row: y, column: end - DisplayWidth.of(text)), role: role)
    }
    grid.write(
      row.number, at: GridPoint(row: y, column: places.numberEnd - row.number.count),
      role: .lineNumber)
    let room = max(grid.size.columns - places.textStart, 0)
    let ellipsis = context.glyphs.ellipsis
    let text =
      row.isName
      ? TextFitting.shortenedName(row.text, to: room, ellipsis: ellipsis)
      : Self.visible(row.text, from: scroll, width: room)
    let isWrapped = context.settings.wrap && !row.isName
    for (offset, line) in (isWrapped ? row.lines : [text]).enumerated() {
      let start = GridPoint(row: y + offset, column: places.textStart)
      grid.write(line, at: start, role: row.isName ? .name : .plain)
      if let query = context.search?.query, query.occurs(in: row.text) {
        query.highlight(
          row: y + offset, columns: places.textStart..<grid.size.columns, in: &grid)
      }
    }
    if !row.note.isEmpty, !isWrapped {
      let end = places.textStart + DisplayWidth.of(text) + 2
      let left = grid.size.columns - end - 2
      if left >= 12 {
        grid.write(
          "\(context.glyphs.arrow) "
            + TextFitting.shortenedMiddle(row.note, to: left - 2, ellipsis: ellipsis),
          at: GridPoint(row: y, column: end), role: .message)
      }
    }
  }

  /// Columns between the stops of tabs, as source is meant to be read in little room.
  fileprivate static let tabStop = 4

  private static func visible(_ line: String, from offset: Int, width: Int) -> String {
    let line = TextFitting.expandingTabs(line, stop: tabStop)
    guard offset > 0 else { return TextFitting.prefix(of: line, width: width) }
    var skipped = 0
    var rest = ""
    var used = 0
    for glyph in SafeText(line) {
      if skipped < offset {
        skipped += glyph.width
        continue
      }
      used += glyph.width
      if used > width { break }
      rest.append(glyph.character)
    }
    return rest
  }

  /// The width of the longest line on the screen.
  func longestVisible(in context: PaneContext) -> Int {
    let rows = rows
    let window = cursor.window(count: rows.count, height: listHeight(in: context))
    return window.reduce(0) { longest, index in
      let line = rows.text(at: index, limit: 4096) ?? ""
      return max(longest, DisplayWidth.of(TextFitting.expandingTabs(line, stop: Self.tabStop)))
    }
  }

  /// What is allocated on a line, where the profile is of memory.
  private func note(ofLine number: Int64, in context: PaneContext) -> String {
    let session = context.session
    guard let subject, session.escapes.isOfMemory else { return "" }
    return session.escapes.notes(of: subject.file, session.whole)[number]?.text ?? ""
  }

  // MARK: The row about the selection

  private func values(of line: SourceAnnotation.Line, in context: PaneContext) -> [String] {
    let session = context.session
    func text(
      _ name: String, _ value: Int64, _ sums: KeyPath<NodeTotals, Column<Int64>>
    ) -> [String] {
      guard session.showsChange, let compared = session.compared(line.node, .lines, sums) else {
        return ["\(name) \(session.label(value)) \(session.share(value))"]
      }
      let unit = session.valueType.unit
      return [
        "\(name) \(compared.changeText(unit: unit, glyphs: context.glyphs))",
        compared.sidesText(unit: unit, glyphs: context.glyphs),
      ]
    }
    let cumulative = text("cum", line.cumulative, \.cumulative)
    guard session.showsChange else { return text("flat", line.flat, \.flat) + cumulative }
    let flat = text("flat", line.flat, \.flat)
    if line.flat == 0 { return cumulative }
    return line.flat == line.cumulative ? flat : flat + cumulative
  }

  package func selectionFacts(in context: PaneContext) -> SelectionFacts? {
    guard let subject, let place = place(in: context) else { return nil }
    let session = context.session
    let base = place.file.split(separator: "/").last.map(String.init) ?? place.file
    let name = place.line > 0 ? "\(base):\(place.line)" : base
    guard let line = subject.annotation.line(rows.number(at: cursor.position)) else {
      return SelectionFacts(name: name, facts: ["no sample comes through this line"])
    }
    var facts = values(of: line, in: context)
    if let move = session.moveText(of: line) { facts.insert(move, at: 0) }
    if let rank = subject.hottest.firstIndex(of: line) {
      facts.append("hot line \(rank + 1) of \(subject.hottest.count)")
    }
    let note = note(ofLine: line.number, in: context)
    if !note.isEmpty { facts.append(note) }
    facts.append(
      TextFitting.shortenedName(
        session.lineTitle(of: line.node), to: 40, ellipsis: context.glyphs.ellipsis))
    return SelectionFacts(name: name, facts: facts)
  }
}
