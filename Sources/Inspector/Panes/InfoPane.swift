import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// What the file tells of itself, and what its numbers mean.
package struct InfoPane: Pane {
  package static let key: Character = "0"
  package static let name = "Info"
  package static let summary = "what the file tells of itself: types, time, mappings, warnings"
  package static let bindings: [KeyBinding] = []
  package static let fixedOrder: String? = "there is no list to put in order here"
  package static let filterRefusal: String? = "there is no list to filter here"

  private var lines: [InfoLine] = []
  private var scroll = TextScroll()
  private var wrapped: [InfoLine] = []
  /// The line that a search came to.
  private var found: Int?

  package init() {}

  package mutating func refresh(in context: PaneContext) {
    lines = ProfileInfo.lines(context.session, arrow: context.glyphs.arrow)
    wrapped = lines.flatMap { $0.wrapped(width: context.size.columns) }
  }

  package func rowCount(in context: PaneContext) -> Int { wrapped.count }

  /// Which lines are in sight, where not all of them are.
  package func selectionFacts(in context: PaneContext) -> SelectionFacts? {
    let window = scroll.window(count: wrapped.count, height: context.size.rows)
    guard window.count < wrapped.count, !window.isEmpty else { return nil }
    let lines = "lines \(window.lowerBound + 1) to \(window.upperBound) of \(wrapped.count)"
    return SelectionFacts(name: "", facts: [lines])
  }

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    scroll.handle(command, count: wrapped.count, height: context.size.rows) ? [] : nil
  }

  package mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition? {
    guard let query = context.search?.query else { return nil }
    let rows = wrapped.indices.filter { query.occurs(in: wrapped[$0].text) }
    let top = scroll.window(count: wrapped.count, height: context.size.rows).lowerBound
    guard let (row, position) = SearchPosition.find(step, in: rows, from: found ?? top) else {
      return nil
    }
    found = row
    scroll.show(line: row, count: wrapped.count, height: context.size.rows)
    return position
  }

  package func values(in context: PaneContext) -> ReportTable {
    var table = ReportTable(
      of: context.session.measure, report: "info", columns: ["section", "name", "value"])
    var section = ""
    for line in lines {
      if line.isHeading {
        section = line.label
      } else if !line.text.isEmpty {
        table.append([.text(section), .text(line.label), .text(line.value)])
      }
    }
    return table
  }

  package func render(in context: PaneContext) -> CellGrid {
    var grid = CellGrid(context.size)
    let window = scroll.window(count: wrapped.count, height: context.size.rows)
    for (y, index) in window.enumerated() {
      let line = wrapped[index]
      grid.write(line.label, at: GridPoint(row: y, column: 1), role: line.isHeading ? .title : .dim)
      grid.write(
        line.value, at: GridPoint(row: y, column: line.valueColumn),
        role: line.isWarning ? .warning : .plain)
      if let query = context.search?.query, query.occurs(in: line.text) {
        query.highlight(row: y, columns: 1..<context.size.columns, in: &grid)
      }
    }
    return grid
  }
}

/// A line of the view: a label, and what there is to say.
struct InfoLine: Hashable, Sendable {
  var label = ""
  var value = ""
  var isHeading = false
  var isWarning = false
  /// How far the value stands to the right.
  var valueColumn = 16

  var text: String { value.isEmpty ? label : "\(label) \(value)" }

  /// The line, or the lines that it takes at this width.
  func wrapped(width: Int) -> [InfoLine] {
    let pieces = TextWrapping.lines(value, width: max(width - valueColumn - 1, 10))
    guard pieces.count > 1 else { return [self] }
    return pieces.enumerated().map { index, piece in
      var line = self
      line.value = piece
      if index > 0 { line.label = "" }
      return line
    }
  }
}
