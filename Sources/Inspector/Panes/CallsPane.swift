import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// Who calls a symbol, the symbol, and whom it calls, as `pprof -peek` tells it.
package struct CallsPane: Pane {
  package static let key: Character = "4"
  package static let name = "Calls"
  package static let summary =
    "callers above the symbol, callees below, with the weight of each call"

  package static let fixedOrder: String? = "the heaviest calls stand next to the symbol"
  package static let followsSelection = true

  package static let showsMeans = true

  package static let bindings = [
    KeyBinding("Enter", .recentre, hint: "recentre"),
    KeyBinding("{", .previousSection),
    KeyBinding("}", .nextSection),
  ]

  package static let explanations = [
    Explanation("CALLS", "the cost of the samples in which the one calls the other"),
    Explanation("CALLS%", "CALLS as a share of what the symbol in the middle costs (its CUM)"),
    Explanation(
      "FLAT", "what the row's function costs without what it calls, in the whole profile"),
    Explanation("CUM", "what it costs with all that it calls, in the whole profile"),
  ]

  /// A row: the symbol in the middle, or one end of calls.
  private enum Row: Hashable {
    case caller(Neighbours.Call)
    case centre
    case callee(Neighbours.Call)
    /// Nobody calls it; it calls nobody.
    case none(String)

    /// What the calls of the row cost; nil for the symbol in the middle.
    var weight: Int64? {
      switch self {
      case .caller(let call), .callee(let call): call.weight
      case .centre, .none: nil
      }
    }
  }

  private var centre: NodeID?
  private var rows: [Row] = []
  private var cursor = ListCursor()
  private var key: TopRows.Key?
  /// The selection as it was when rows were last made or moved through.
  private var seen: NodeID?

  package init() {}

  package var selection: NodeID? {
    guard rows.indices.contains(cursor.position) else { return nil }
    return node(of: rows[cursor.position])
  }

  private func node(of row: Row) -> NodeID? {
    switch row {
    case .caller(let call), .callee(let call): call.node
    case .centre: centre
    case .none: nil
    }
  }

  package var subject: NodeID? { centre }

  package mutating func turnToSelection() { seen = nil }

  package func position(in context: PaneContext) -> (row: Int, count: Int)? {
    rows.isEmpty ? nil : (cursor.position + 1, rows.count)
  }

  package mutating func refresh(in context: PaneContext) {
    let session = context.session
    let newKey = TopRows.Key(session)
    let isSameTable =
      key?.answers.granularity == newKey.answers.granularity
      && key?.answers.revision == newKey.answers.revision
    let isKept = session.selection == seen && isSameTable
    if isKept, newKey == key { return }
    key = newKey
    seen = session.selection
    guard isKept, let selection else { return recentre(on: session.selection, in: context) }
    fill(in: context)
    let row = rows.firstIndex { node(of: $0) == selection } ?? rows.firstIndex(of: .centre)
    cursor.select(row ?? 0, count: rows.count, height: context.bodyRows)
  }

  private mutating func recentre(on node: NodeID?, in context: PaneContext) {
    centre = node
    fill(in: context)
    let row = rows.firstIndex(of: .centre) ?? 0
    cursor = ListCursor()
    cursor.select(row, count: rows.count, height: context.bodyRows)
    cursor.centre(count: rows.count, height: context.bodyRows)
  }

  private mutating func fill(in context: PaneContext) {
    let session = context.session
    guard let centre, session.totals.cumulative.indices.contains(centre.index),
      session.totals.cumulative[centre.index] != 0 || session.totals.flat[centre.index] != 0
    else {
      rows = []
      return
    }
    let neighbours = session.neighbours(of: centre)
    func isShown(_ call: Neighbours.Call) -> Bool { session.rowFilter?[call.node] ?? true }
    let callers = neighbours.callers.filter(isShown).reversed().map { Row.caller($0) }
    let callees = neighbours.callees.filter(isShown).map { Row.callee($0) }
    let isFiltered = session.rowFilter != nil
    rows = callers.isEmpty ? [.none(isFiltered ? "no caller matches" : "nobody calls it")] : callers
    rows.append(.centre)
    rows +=
      callees.isEmpty ? [.none(isFiltered ? "no callee matches" : "it calls nobody")] : callees
  }

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    let height = context.bodyRows
    if cursor.handle(command, count: rows.count, height: height) { return select() }
    switch command {
    case .recentre:
      guard let selection else { return [.refuse("no symbol in this row")] }
      guard selection != centre else { return [.refuse("already in the middle")] }
      return [.showCalls(selection)]
    case .previousSection, .nextSection:
      let middle = rows.firstIndex(of: .centre) ?? 0
      let starts = [0, middle, min(middle + 1, rows.count - 1)]
      let target =
        command == .nextSection
        ? starts.first { $0 > cursor.position } : starts.last { $0 < cursor.position }
      guard let target else { return [] }
      cursor.select(target, count: rows.count, height: height)
      return select()
    default: return nil
    }
  }

  package func offers(_ command: Command, in context: PaneContext) -> Bool {
    command != .recentre || selection != nil && selection != centre
  }

  private mutating func select() -> [PaneRequest] {
    guard let selection else { return [] }
    seen = selection
    return [.select(selection)]
  }

  package mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition? {
    guard let search = context.search else { return nil }
    let matching = rows.indices.filter { node(of: rows[$0]).map { search[$0] } ?? false }
    guard let (row, position) = SearchPosition.find(step, in: matching, from: cursor.position)
    else { return nil }
    cursor.reveal(row, count: rows.count, height: context.bodyRows)
    seen = selection
    return position
  }

  package func values(in context: PaneContext) -> ReportTable {
    let totals = context.session.totals
    var table = ReportTable(
      of: context.session.measure, report: "calls",
      columns: ["role", "calls", "flat", "cum", "name"])
    for row in rows {
      guard let node = node(of: row) else { continue }
      let (role, weight): (String, ReportTable.Cell) =
        switch row {
        case .caller(let call): ("caller", .integer(call.weight))
        case .callee(let call): ("callee", .integer(call.weight))
        case .centre, .none: ("symbol", .none)
        }
      table.append([
        .text(role), weight, .integer(totals.flat[node.index]),
        .integer(totals.cumulative[node.index]),
        .text(context.session.nodes.printableName(of: node)),
      ])
    }
    return table
  }

  package func render(in context: PaneContext) -> CellGrid {
    guard !rows.isEmpty else {
      if let centre, context.session.totals.total != 0 {
        let name = context.session.title(of: centre)
        let type = context.session.valueType.type
        return EmptyNotice.grid(
          "\(name) has no \(type): \(context.settings.key(of: .nextSampleType)) shows another type",
          in: context)
      }
      return EmptyNotice.grid(in: context)
    }
    return table(in: context).render(count: rows.count, cursor: cursor, in: context) {
      tableRow(rows[$0], in: context)
    }
  }

  private func tableRow(_ row: Row, in context: PaneContext) -> TableRow {
    let session = context.session
    guard let node = node(of: row), let centre else {
      guard case .none(let text) = row else { return TableRow(["", "", "", ""], name: "") }
      var empty = TableRow(["", "", "", ""], name: "(\(text))")
      empty.nameRole = .dim
      return empty
    }
    let totals = session.totals
    let counts = session.counts
    let flat = session.shown(totals.flat[node.index], count: counts?.flat[node.index])
    let cumulative = session.shown(
      totals.cumulative[node.index], count: counts?.cumulative[node.index])
    let whole = totals.cumulative[centre.index]
    var shown: TableRow
    switch row {
    case .caller(let call):
      shown = TableRow(weights(call, of: whole, session) + [flat, cumulative], name: "")
      shown.branches = context.glyphs.callerMark
    case .callee(let call):
      shown = TableRow(weights(call, of: whole, session) + [flat, cumulative], name: "")
      shown.branches = context.glyphs.calleeMark
    case .centre, .none:
      shown = TableRow(["", "", flat, cumulative], name: "")
      shown.nameRole = .hot
    }
    shown.name = session.title(of: node)
    if session.showsChange {
      let role = session.callRole(row.weight ?? 0) { neighbours in
        switch row {
        case .caller: neighbours(centre).callers.first { $0.node == node }?.weight ?? 0
        case .callee: neighbours(centre).callees.first { $0.node == node }?.weight ?? 0
        case .centre, .none: 0
        }
      }
      shown.numberRoles = [
        role, role, session.numberRole(node, session.granularity, \.flat),
        session.numberRole(node, session.granularity, \.cumulative),
      ]
    }
    shown.isMatch = context.search?[node] ?? false
    return shown
  }

  private func weights(
    _ call: Neighbours.Call, of whole: Int64, _ session: ProfileSession
  ) -> [String] {
    [
      session.label(call.weight),
      Share.text(call.weight, of: whole),
    ]
  }

  private func table(in context: PaneContext) -> TableWidget {
    let session = context.session
    let total = DisplayWidth.of(
      Measurement.label(session.totals.total, unit: session.valueType.unit))
    let width = max(total, 9)
    let isNarrow = context.size.columns < 60
    return TableWidget(
      columns: [
        TableColumn("CALLS", width: width, rank: 0, nameFloor: 6),
        TableColumn("CALLS%", width: 6, rank: 2, nameFloor: isNarrow ? .max : 24),
        TableColumn("FLAT", width: width, rank: 3, nameFloor: isNarrow ? .max : 28),
        TableColumn("CUM", width: width, rank: 4, nameFloor: isNarrow ? .max : 28),
      ],
      nameTitle: "CALLERS, \(session.granularity.noun.head), CALLEES")
  }
}

extension Command {
  package static let recentre = Command("recentre", "this symbol to the middle")
  package static let previousSection = Command("previous-section", "callers, symbol, callees: up")
  package static let nextSection = Command("next-section", "callers, symbol, callees: down")
}

extension GlyphSet {
  /// Before those that call, and before those that are called.
  fileprivate var callerMark: String { "\(topLeft)\(horizontal) " }
  fileprivate var calleeMark: String { "\(bottomLeft)\(horizontal) " }
}
