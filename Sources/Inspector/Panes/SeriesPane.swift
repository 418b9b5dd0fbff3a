import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// Each symbol across snapshots, a row each: how it went, and whether it ever came back.
package struct SeriesPane: Pane {
  package static let key: Character = "9"
  package static let name = "Series"
  package static let summary = "each symbol across snapshots: what grew and never came back"
  package static let filterRefusal: String? = "the series keeps all its rows"

  package static let bindings = [
    KeyBinding("Enter", .compareSteps, hint: "diff"),
    KeyBinding("h Left", .previousOther),
    KeyBinding("l Right", .nextOther),
    KeyBinding("o", .nextSeriesOrder, hint: "order"),
  ]

  package static let explanations = [
    Explanation(
      "STEPS", "the values of all snapshots, oldest first, each row in a scale of its own"),
    Explanation(
      "FIRST, LAST", "FLAT in the first and in the last snapshot; CUM where ordered by it"),
    Explanation("CHANGE", "what LAST is more than FIRST"),
    Explanation("SLOPE", "the growth from step to step of the line that fits best"),
    Explanation("R2", "how much of the scatter that line explains: 1.00 is a straight line"),
    Explanation(
      "sign", "! grew in every step, * never came back; both come first in the order by growth"),
  ]

  private struct Key: Hashable {
    let type: String
    let isCumulative: Bool
    let isByName: Bool
    let isReversed: Bool
    let order: SeriesRows.Order
    let revision: RefinedProfile.Revision
    let steps: [ProfileSeries.Step]

    /// Whether rows differ by what snapshots brought, and by nothing that was chosen.
    func isOfSameRows(as other: Key?) -> Bool {
      guard let other, steps != other.steps else { return false }
      return type == other.type && isCumulative == other.isCumulative && order == other.order
        && isByName == other.isByName && isReversed == other.isReversed
    }
  }

  private var rows: [SeriesRows.Row] = []
  private var nodes: [NodeID?] = []
  private var cursor = ListCursor()
  private var order = SeriesRows.Order.growth
  private var key: Key?
  /// The steps to compare, as chosen here; nil for those that are compared.
  private var steps: (base: Int, other: Int)?
  /// The files of the steps that `steps` counts.
  private var paths: [String] = []
  private var seen: NodeID?

  package init() {}

  package var selection: NodeID? {
    nodes.indices.contains(cursor.position) ? nodes[cursor.position] : nil
  }

  package var crumb: String? { order == .growth ? nil : "by \(order.rawValue)" }

  package func position(in context: PaneContext) -> (row: Int, count: Int)? {
    rows.isEmpty ? nil : (cursor.position + 1, rows.count)
  }

  package mutating func refresh(in context: PaneContext) {
    let session = context.session
    guard let own = session.series else {
      rows = []
      return
    }
    let series = own.series
    let key = Key(
      type: session.valueType.type, isCumulative: session.order.key == .cumulative,
      isByName: session.order.key == .name, isReversed: session.order.isReversed, order: order,
      revision: session.answerKey.revision,
      steps: series.steps)
    if key != self.key {
      let selected = rows.indices.contains(cursor.position) ? rows[cursor.position].symbol : nil
      let isGrown = key.isOfSameRows(as: self.key)
      self.key = key
      let type = series.types.firstIndex { $0.type == key.type }
      rows =
        type.map {
          SeriesRows(
            series, type: $0, isCumulative: key.isCumulative, order: key.isByName ? .name : order
          ).rows
        } ?? []
      // The total stays on top.
      if key.isReversed, rows.count > 1 { rows[1...].reverse() }
      nodes = Self.nodes(of: rows, series, in: session)
      // Symbols keep their numbers while snapshots come.
      if isGrown, let row = rows.firstIndex(where: { $0.symbol == selected }) {
        cursor.reveal(row, count: rows.count, height: context.bodyRows)
        seen = session.selection
      }
    }
    if paths != own.paths {
      steps = steps.flatMap { own.steps(from: $0, of: paths) }
      paths = own.paths
    }
    if let wanted = session.selection, wanted != seen {
      seen = wanted
      if let row = nodes.firstIndex(of: wanted) {
        cursor.reveal(row, count: rows.count, height: context.bodyRows)
      }
    }
    cursor.select(cursor.position, count: rows.count, height: context.bodyRows)
  }

  /// The symbols of the session that rows stand for.
  private static func nodes(
    of rows: [SeriesRows.Row], _ series: ProfileSeries, in session: ProfileSession
  ) -> [NodeID?] {
    let table = session.nodes
    guard table.granularity == .functions || table.granularity == .filefunctions else {
      return rows.map { _ in nil }
    }
    var known: [String: NodeID] = [:]
    for index in table.indices {
      known[table.strings[table.names[index]]] = NodeID(index)
    }
    return rows.map { row in row.symbol.flatMap { known[series.symbols[$0].name] } }
  }

  // MARK: Commands

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    if cursor.handle(command, count: rows.count, height: context.bodyRows) {
      guard let selection else { return [] }
      seen = selection
      return [.select(selection)]
    }
    guard let series = context.session.series else {
      let own = [Command.previousBase, .nextBase] + Self.bindings.map(\.command)
      return own.contains(command) ? [.refuse(Self.absence(context.session))] : nil
    }
    var (base, other) = steps ?? (series.base, series.other)
    switch command {
    case .compareSteps: return [.compareSteps(base: base, other: other)]
    case .previousBase: base -= 1
    case .nextBase: base += 1
    case .previousOther: other -= 1
    case .nextOther: other += 1
    case .nextSeriesOrder:
      guard context.session.order.key != .name else {
        let key = context.settings.key(of: .sortMenu)
        return [.refuse("rows stand by name: \(key) puts them in order by value again")]
      }
      let all: [SeriesRows.Order] = [.growth, .slope, .last]
      order = all[((all.firstIndex(of: order) ?? 0) + 1) % all.count]
      return [.tell("by \(order.rawValue)")]
    default: return nil
    }
    guard base >= 0, base < other, other < series.paths.count else {
      return [.refuse("an older snapshot against a newer one: there is none further that way")]
    }
    steps = (base, other)
    let key = Self.bindings.first { $0.command == .compareSteps }?.keys.first?.name ?? ""
    return [.tell("\(key) compares \(series.name(other)) with \(series.name(base))")]
  }

  package func offers(_ command: Command, in context: PaneContext) -> Bool {
    command != .nextSeriesOrder || context.session.order.key != .name
  }

  package mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition? {
    guard let query = context.search?.query, let series = context.session.series?.series else {
      return nil
    }
    let matches = rows.indices.filter { query.occurs(in: name(rows[$0], series)) }
    guard let (row, position) = SearchPosition.find(step, in: matches, from: cursor.position) else {
      return nil
    }
    cursor.reveal(row, count: rows.count, height: context.bodyRows)
    seen = selection
    return position
  }

  private func name(_ row: SeriesRows.Row, _ series: ProfileSeries) -> String {
    row.symbol.map { series.symbols[$0].name } ?? "total"
  }

  package func values(in context: PaneContext) -> ReportTable {
    let session = context.session
    return SeriesTable.make(
      rows, session.series?.series.symbols ?? [], measure: session.measure, hasValues: true)
  }

  // MARK: Drawing

  package func render(in context: PaneContext) -> CellGrid {
    guard let series = context.session.series else {
      return EmptyNotice.grid(Self.absence(context.session), in: context)
    }
    guard !rows.isEmpty else {
      return EmptyNotice.grid(
        "not all snapshots have \(context.session.valueType.type): "
          + "\(context.settings.key(of: .nextSampleType)) shows another type", in: context)
    }
    return table(series, in: context).render(count: rows.count, cursor: cursor, in: context) {
      row(rows[$0], series, in: context)
    }
  }

  /// Why there is no series, and how to open one.
  private static func absence(_ session: ProfileSession) -> String {
    let why =
      session.comparison == nil
      ? "there is one snapshot only" : "of two snapshots the other views show all that changed"
    return
      "\(why): proftui series P1 P2 P3 follows symbols through more, or through a folder of them"
  }

  private func row(
    _ row: SeriesRows.Row, _ series: SessionSeries, in context: PaneContext
  ) -> TableRow {
    let unit = context.session.valueType.unit
    let trend = row.trend
    func label(_ value: Int64) -> String {
      (value > 0 ? "+" : "") + Measurement.label(value, unit: unit)
    }
    let slope = Int64(exactly: trend.slope.rounded()) ?? 0
    var shown = TableRow(
      [
        Sparkline.text(
          row.values, width: Self.sparkWidth(context), levels: context.glyphs.sparkLevels),
        Measurement.label(trend.first, unit: unit), Measurement.label(trend.last, unit: unit),
        label(trend.change), label(slope), SeriesTable.fitText(trend.fit),
        trend.grewInEveryStep ? "!" : trend.neverCameBack ? "*" : " ",
      ], name: name(row, series.series))
    let role: Role =
      trend.change == 0
      ? .noise : trend.change < 0 ? .shrank : trend.neverCameBack ? .grew : .number
    shown.numberRoles = [role, .number, .number, role, role, .number, role]
    if row.symbol == nil { shown.nameRole = .title }
    shown.isMatch = context.search?.query.occurs(in: shown.name) ?? false
    return shown
  }

  private static func sparkWidth(_ context: PaneContext) -> Int {
    context.size.columns >= 160 ? 40 : context.size.columns >= 100 ? 24 : 12
  }

  private func table(_ series: SessionSeries, in context: PaneContext) -> TableWidget {
    let isNarrow = context.size.columns < 60
    let spark = min(Self.sparkWidth(context), series.paths.count)
    var table = TableWidget(
      columns: [
        TableColumn("STEPS", width: max(spark, 5), rank: 1, nameFloor: 8),
        TableColumn("FIRST", width: 9, rank: 4, nameFloor: isNarrow ? .max : 20),
        TableColumn("LAST", width: 9, rank: 3, nameFloor: isNarrow ? .max : 20),
        TableColumn("CHANGE", width: 10, rank: 0, nameFloor: 6),
        TableColumn("SLOPE", width: 10, rank: 5, nameFloor: isNarrow ? .max : 28),
        TableColumn("R2", width: 4, rank: 6, nameFloor: 28),
        TableColumn("", width: 1, rank: 0, nameFloor: 6),
      ], nameTitle: "FUNCTION")
    let isByName = context.session.order.key == .name
    let columns: [SeriesRows.Order: Int] = [.growth: 3, .slope: 4, .last: 2]
    table.sort = TableSort(
      column: isByName ? nil : columns[order],
      isAscending: isByName != context.session.order.isReversed)
    return table
  }

  package func selectionFacts(in context: PaneContext) -> SelectionFacts? {
    guard let series = context.session.series, rows.indices.contains(cursor.position) else {
      return nil
    }
    let row = rows[cursor.position]
    let (base, other) = steps ?? (series.base, series.other)
    var facts: [String] = []
    if row.trend.grewInEveryStep {
      // Three snapshots are two steps apart.
      facts.append("grew in each of \(row.values.count - 1) steps")
    } else if row.trend.neverCameBack {
      facts.append("never came back")
    }
    facts.append("\(series.name(base)) \(context.glyphs.arrow) \(series.name(other))")
    facts.append("of \(series.paths.count)")
    return SelectionFacts(name: name(row, series.series), facts: facts)
  }
}

extension Command {
  package static let compareSteps = Command("compare-steps", "the diff of the two steps below")
  package static let previousBase = Command("previous-base", "an older snapshot as the base")
  package static let nextBase = Command("next-base", "a newer snapshot as the base")
  package static let previousOther = Command("previous-snapshot", "an older snapshot to compare")
  package static let nextOther = Command("next-snapshot", "a newer snapshot to compare")
  package static let nextSeriesOrder = Command("series-order", "by growth, slope or last value")
}
