import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// The symbols of the profile as a list, those that cost most first.
package struct TopPane: Pane {
  package static let key: Character = "1"
  package static let name = "Top"
  package static let summary = "what costs most: flat and cumulative values of each symbol"

  package static let showsMeans = true

  package static let bindings = [
    KeyBinding("Enter", .showCalls, hint: "calls"),
    KeyBinding("l Right", .scrollRight),
    KeyBinding("h Left", .scrollLeft),
  ]

  package static let explanations =
    [
      Explanation("FLAT", "what the symbol itself costs, without what it calls"),
      Explanation("FLAT%", "FLAT as a share of the whole profile"),
      Explanation("SUM%", "the share of all rows down to this one together"),
      Explanation("CUM", "what the symbol costs with all that it calls; recursion counts once"),
      Explanation("CUM%", "CUM as a share of the whole profile"),
      Explanation("OBJS, COUNT", "how many objects, or events, FLAT is made of"),
      Explanation("AVG", "FLAT divided by how many they are"),
    ] + ChangeTable.explanations

  private var cursor = ListCursor()
  private var list = TopRows()
  private var scroll = 0

  package init() {}

  package var selection: NodeID? {
    list.nodes.indices.contains(cursor.position) ? list.nodes[cursor.position] : nil
  }

  package func position(in context: PaneContext) -> (row: Int, count: Int)? {
    list.nodes.isEmpty ? nil : (cursor.position + 1, list.nodes.count)
  }

  package mutating func refresh(in context: PaneContext) {
    let wanted = context.session.selection
    if list.key != TopRows.Key(context.session) {
      list = TopRows(context.session)
    }
    guard let wanted, wanted != selection else { return select(cursor.position, in: context) }
    reveal(list.nodes.firstIndex(of: wanted) ?? 0, in: context)
  }

  private mutating func reveal(_ row: Int, in context: PaneContext) {
    cursor.reveal(row, count: list.nodes.count, height: context.bodyRows)
  }

  private mutating func select(_ row: Int, in context: PaneContext) {
    cursor.select(row, count: list.nodes.count, height: context.bodyRows)
  }

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    if cursor.handle(command, count: list.nodes.count, height: context.bodyRows) {
      return selection.map { [.select($0)] } ?? []
    }
    switch command {
    case .showCalls:
      return [selection.map { .showCalls($0) } ?? .refuse("no row is selected")]
    case .scrollLeft, .scrollRight:
      let rows = visibleRows(in: context)
      if let reason = table(in: context).step(command, &scroll, over: rows, in: context) {
        return [.refuse(reason)]
      }
    default: return nil
    }
    return []
  }

  package func values(in context: PaneContext) -> ReportTable { .top(context.session) }

  package mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition? {
    guard let search = context.search else { return nil }
    let rows = list.nodes.indices.filter { search[list.nodes[$0]] }
    guard let (row, position) = SearchPosition.find(step, in: rows, from: cursor.position) else {
      return nil
    }
    reveal(row, in: context)
    return position
  }

  package func render(in context: PaneContext) -> CellGrid {
    guard !list.nodes.isEmpty else { return EmptyNotice.grid(in: context) }
    return table(in: context).render(count: list.nodes.count, cursor: cursor, in: context) {
      row($0, in: context)
    }
  }

  private func visibleRows(in context: PaneContext) -> [TableRow] {
    cursor.window(count: list.nodes.count, height: context.bodyRows).map { row($0, in: context) }
  }

  private func row(_ index: Int, in context: PaneContext) -> TableRow {
    let session = context.session
    let node = list.nodes[index]
    if session.showsChange { return ChangeTable.row(node, in: context) }
    let totals = session.totals
    let flat = totals.flat[node.index]
    let cumulative = totals.cumulative[node.index]
    let counts = session.counts
    let flatCount = counts?.flat[node.index]
    var numbers = [
      session.shown(flat, count: flatCount), session.share(flat),
      session.share(list.sums[index]),
      session.shown(cumulative, count: counts?.cumulative[node.index]), session.share(cumulative),
    ]
    if let flatCount {
      numbers.append("\(flatCount)")
      if session.hasTellingMeans { numbers.append(session.mean(flat, count: flatCount)) }
    }
    var row = TableRow(numbers, name: session.title(of: node))
    row.isMatch = context.search?[node] ?? false
    return row
  }

  private func table(in context: PaneContext) -> TableWidget {
    let session = context.session
    if session.showsChange {
      var table = ChangeTable.table(in: context)
      table.scroll = scroll
      return table
    }
    let order = session.order
    let isByCumulative = order.key == .cumulative
    // Below 60 columns only the value that rows are ordered by stays with the name.
    let isNarrow = context.size.columns < 60
    let total = DisplayWidth.of(
      Measurement.label(session.totals.total, unit: session.valueType.unit))
    let width = max(total, 9)
    let second = isNarrow ? Int.max : 16
    var columns = [
      TableColumn(
        "FLAT", width: width, rank: isByCumulative ? 1 : 0,
        nameFloor: isByCumulative ? second : 6),
      TableColumn("FLAT%", width: 5, rank: 2, nameFloor: isNarrow ? .max : 32),
      TableColumn("SUM%", width: 5, rank: 4, nameFloor: context.size.columns < 80 ? .max : 32),
      TableColumn(
        "CUM", width: width, rank: isByCumulative ? 0 : 1,
        nameFloor: isByCumulative ? 6 : second),
      TableColumn("CUM%", width: 5, rank: 3, nameFloor: isNarrow ? .max : 32),
    ]
    if session.countType != nil {
      columns.append(TableColumn(session.countHead, width: 8, rank: 6, nameFloor: 44))
      if session.hasTellingMeans {
        columns.append(TableColumn("AVG", width: 8, rank: 5, nameFloor: 44))
      }
    }
    var table = TableWidget(columns: columns, nameTitle: session.granularity.noun.head)
    let sorted = order.key == .flat ? 0 : order.key == .cumulative ? 3 : nil
    // Names run from A on unless reversed, values from the largest.
    table.sort = TableSort(
      column: sorted, isAscending: (order.key == .name) != order.isReversed)
    table.scroll = scroll
    return table
  }
}

extension Command {
  package static let showCalls = Command("show-calls", "its callers and callees")
  package static let scrollRight = Command("scroll-right", "columns to the right, then the names")
  package static let scrollLeft = Command("scroll-left", "back to the left")
}
