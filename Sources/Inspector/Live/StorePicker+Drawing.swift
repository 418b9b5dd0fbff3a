import ProfileAnalysis
import Reports
import TerminalUI

extension StorePicker {
  /// Draws the picker over the whole screen.
  ///
  /// - Parameter title: the store.
  func draw(into grid: inout CellGrid, title: String, glyphs: GlyphSet) {
    let size = grid.size
    grid.fill(grid.bounds)
    grid.draw(
      StatusLine.header(
        program: "proftui", title: title, facts: ["choose a profile"], width: size.columns,
        glyphs: glyphs), in: GridRect(row: 0, column: 0, columns: size.columns, rows: 1))
    var y = 2
    for row in Row.allCases where y < size.rows - 2 {
      let isShown = row == self.row
      grid.write(isShown ? glyphs.cursor : " ", at: GridPoint(row: y, column: 0), role: .key)
      grid.write(Self.name(row), at: GridPoint(row: y, column: 2), role: .title)
      grid.write(
        TextFitting.shortenedEnd(
          text(row), to: max(size.columns - 13, 0), ellipsis: glyphs.ellipsis),
        at: GridPoint(row: y, column: 12))
      if isShown { grid.highlight(row: y, columns: 0..<size.columns) }
      y += 1
    }
    y += 1
    drawLine(into: &grid, from: &y, glyphs)
    if let base, y < size.rows - 3 {
      grid.write(
        TextFitting.shortenedEnd(
          "base      \(describe(base))", to: size.columns - 2, ellipsis: glyphs.ellipsis),
        at: GridPoint(row: y + 1, column: 2), role: .shrank)
    }
    grid.write(
      TextFitting.shortenedEnd(note, to: size.columns, ellipsis: glyphs.ellipsis),
      at: GridPoint(row: max(size.rows - 2, 1), column: 0), role: .message)
    let keys =
      row == .window
      ? "\(Key.enter.label(glyphs)) opens  h l move  +- widen, narrow  a all  b base  j k fields  q leaves"
      : "\(Key.enter.label(glyphs)) chooses  j k fields  o opens  b base  q leaves"
    grid.write(
      TextFitting.shortenedEnd(keys, to: size.columns, ellipsis: glyphs.ellipsis),
      at: GridPoint(row: size.rows - 1, column: 0), role: .keyText)
  }

  private static func name(_ row: Row) -> String {
    switch row {
    case .service: "service"
    case .type: "type"
    case .range: "range"
    case .labels: "labels"
    case .window: "window"
    }
  }

  private func text(_ row: Row) -> String {
    switch row {
    case .service:
      return shownService.map { "\($0.name)  (\(service + 1) of \(services.count))" } ?? "none"
    case .type:
      guard let shownType else { return "none" }
      return "\(shownType.name)  (\(type + 1) of \(shownService?.types.count ?? 0))"
    case .range: return "\(span.label(span.start)) to \(span.label(span.end))"
    case .labels:
      let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return pairs.isEmpty ? "any" : pairs.joined(separator: " ")
    case .window: return windowText
    }
  }

  /// What the window holds: one profile, or the sum of several.
  private var windowText: String {
    guard let moments else { return "asking" }
    guard let first = moments[window].first, let last = moments[window].last, let shownType else {
      return "empty"
    }
    let value = Measurement.label(
      moments[window].reduce(0) { $0 &+ $1.value }, unit: shownType.unit)
    if window.count == 1 {
      let what = areSingle ? "one profile" : "about one profile"
      return "\(what), of \(span.label(first.time)): \(value)"
    }
    let count = areSingle ? "sum of \(window.count) profiles" : "sum of all profiles"
    let caution = shownType.isDelta ? "" : ", not all at once"
    return "\(span.label(first.time)) to \(span.label(last.time)): \(count), \(value)\(caution)"
  }

  private func describe(_ choice: StoredChoice) -> String {
    "\(choice.service) \(choice.type.split(separator: ":").dropFirst().first ?? "") "
      + "\(span.label(choice.from)) to \(span.label(choice.until))"
  }

  /// The measurements as bars, the window marked below.
  private func drawLine(into grid: inout CellGrid, from y: inout Int, _ glyphs: GlyphSet) {
    let width = min(grid.size.columns - 4, 120)
    guard let moments, !moments.isEmpty, width > 10, y + 3 < grid.size.rows - 2 else { return }
    let columns = Columns(moments, window, width: width)
    let levels = glyphs.sparkLevels
    let rows = max(min(grid.size.rows - y - 7, 6), 1)
    for (x, share) in columns.shares.enumerated() {
      guard let share else { continue }
      let eighths = Int((share * Double(rows * levels.count - 1)).rounded())
      for row in 0..<rows {
        let filled = eighths - row * levels.count
        guard filled >= 0 else { break }
        grid.write(
          String(levels[min(filled, levels.count - 1)]),
          at: GridPoint(row: y + rows - 1 - row, column: 2 + x),
          role: columns.window.contains(x) ? .hot : .dim)
      }
    }
    y += rows
    for x in columns.window where x < width {
      grid.write(String(glyphs.horizontal), at: GridPoint(row: y, column: 2 + x), role: .key)
    }
    let end = span.label(moments.last?.time ?? 0)
    grid.write(span.label(moments[0].time), at: GridPoint(row: y + 1, column: 2), role: .dim)
    grid.write(
      end, at: GridPoint(row: y + 1, column: max(2 + width - end.count, 2)), role: .dim)
    y += 2
  }

  /// The measurements by column of the screen.
  private struct Columns {
    /// From 0 to 1, the largest of each column; nil where there is none.
    private(set) var shares: [Double?]
    private(set) var window: Range<Int>

    init(_ moments: [StoredMoment], _ chosen: Range<Int>, width: Int) {
      let start = moments[0].time
      let length = Double(max((moments.last?.time ?? start) &- start, 1))
      func column(_ time: Int64) -> Int {
        min(max(Int(Double(time &- start) / length * Double(width - 1)), 0), width - 1)
      }
      let most = Double(max(moments.reduce(0) { max($0, $1.value) }, 1))
      shares = Array(repeating: nil, count: width)
      for moment in moments {
        let x = column(moment.time)
        shares[x] = max(shares[x] ?? 0, Double(max(moment.value, 0)) / most)
      }
      window =
        chosen.isEmpty
        ? 0..<0
        : column(
          moments[chosen.lowerBound].time)..<(column(moments[chosen.upperBound - 1].time) + 1)
    }
  }
}
