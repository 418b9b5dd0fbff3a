import ProfileAnalysis
import ProfileModel
import TerminalUI

/// By what rows are ordered where values are changes, other than by how large the change is.
package enum ChangeOrder: String, CaseIterable, Sendable {
  /// What grew most first, what shrank most last.
  case growth
  /// What grew by the largest factor first.
  case ratio

  var label: String {
    switch self {
    case .growth: "growth: what grew most first, what shrank most last"
    case .ratio: "ratio: what grew by the largest factor first"
    }
  }
}

/// Rows that tell what a symbol was, is, and changed by.
enum ChangeTable {
  static let explanations = [
    Explanation("OLD, NEW", "in a diff, FLAT in the older and in the newer profile"),
    Explanation(
      "CHANGE", "what FLAT is more now; grey where it is under 0.5 % of the total or noise"),
    Explanation("CHG%", "CHANGE as a share of the older profile's total, as pprof has it"),
    Explanation("TIMES", "NEW as a multiple of OLD"),
    Explanation("CUMCHG", "what CUM is more now"),
    Explanation(
      "noise",
      "a change within two standard errors of what sampling can tell; the row below tells the error"
    ),
  ]

  static func row(_ node: NodeID, in context: PaneContext) -> TableRow {
    let session = context.session
    guard let flat = session.comparedFlat(node), let cumulative = session.comparedCumulative(node)
    else { return TableRow([], name: "") }
    let unit = session.valueType.unit
    func label(_ value: Int64) -> String { Measurement.label(value, unit: unit) }
    // What does not change itself is told by what it leads to.
    let shown = flat.change == 0 ? cumulative : flat
    var row = TableRow(
      [
        label(flat.base), label(flat.other), session.label(flat.change),
        session.share(flat.change), flat.ratioText, session.label(cumulative.change),
        shown.mark(context.glyphs, isNegligible: session.isNegligible(shown.change)),
      ], name: session.title(of: node))
    let role = role(flat, session)
    row.numberRoles = [
      .number, .number, role, role, role, self.role(cumulative, session),
      self.role(shown, session),
    ]
    row.isMatch = context.search?[node] ?? false
    return row
  }

  /// The colour of a change: none of what is noise.
  static func role(_ value: ComparedValue, _ session: ProfileSession) -> Role {
    guard value.change != 0, value.isSignificant, !session.isNegligible(value.change) else {
      return .noise
    }
    return value.change > 0 ? .grew : .shrank
  }

  static func table(in context: PaneContext) -> TableWidget {
    let session = context.session
    let order = session.order
    let isByCumulative = order.key == .cumulative && order.change == nil
    let total = DisplayWidth.of(
      Measurement.label(session.totals.total, unit: session.valueType.unit))
    let width = max(total, 9)
    let isNarrow = context.size.columns < 60
    var table = TableWidget(
      columns: [
        TableColumn("OLD", width: width, rank: 4, nameFloor: isNarrow ? .max : 16),
        TableColumn("NEW", width: width, rank: 3, nameFloor: isNarrow ? .max : 16),
        // On the smallest screens the number outlasts the sign, which the number has as well.
        TableColumn(
          "CHANGE", width: width + 1, rank: isByCumulative ? 2 : 0,
          nameFloor: isByCumulative && isNarrow ? .max : 4),
        TableColumn("CHG%", width: 6, rank: 5, nameFloor: isNarrow ? .max : 24),
        TableColumn("TIMES", width: 5, rank: 7, nameFloor: 32),
        TableColumn(
          "CUMCHG", width: width + 1, rank: isByCumulative ? 0 : 6,
          nameFloor: isByCumulative ? 4 : 32),
        TableColumn("", width: 1, rank: 1, nameFloor: 6),
      ], nameTitle: session.granularity.noun.head)
    let sorted: Int?
    switch (order.change, order.key) {
    case (.growth, _), (nil, .flat): sorted = 2
    case (.ratio, _): sorted = 4
    case (nil, .cumulative): sorted = 5
    case (nil, .name): sorted = nil
    }
    let isByName = order.key == .name && order.change == nil
    table.sort = TableSort(column: sorted, isAscending: isByName != order.isReversed)
    return table
  }
}

extension ProfileSession {
  /// The facts about the selected symbol where two profiles are looked at, the most important first.
  func changeFacts(of node: NodeID, glyphs: GlyphSet) -> [String] {
    guard let flat = comparedFlat(node), let cumulative = comparedCumulative(node) else {
      return []
    }
    let unit = valueType.unit
    func text(_ value: ComparedValue) -> String { value.changeText(unit: unit, glyphs: glyphs) }
    var facts: [String] = []
    let isOwn = flat.base != 0 || flat.other != 0
    let line = changedLine(of: node)
    // Where all of it comes from one line, one number tells both.
    let whole = [flat, cumulative].first { $0.change == line?.change }
    if let line { facts.append("\(line.place) \(whole.map(text) ?? label(line.change))") }
    if isOwn, line == nil || whole != flat { facts.append("flat \(text(flat))") }
    if cumulative != flat, line == nil || whole != cumulative {
      facts.append("cum \(text(cumulative))")
    }
    facts.append((isOwn ? flat : cumulative).sidesText(unit: unit, glyphs: glyphs))
    if granularity == .lines, nodes.lines[node.index] > 0,
      let move = moveText(
        function: nodes.strings[nodes.names[node.index]], line: nodes.lines[node.index])
    {
      facts.insert(move, at: 0)
    }
    return facts
  }
}
