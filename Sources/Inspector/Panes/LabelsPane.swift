import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// What samples are labelled with: for each key its values, with what the samples with each cost.
package struct LabelsPane: Pane {
  package static let key: Character = "7"
  package static let name = "Labels"
  package static let summary = "what samples are labelled with: keys, and their values by cost"
  package static let fixedOrder: String? = "keys stand by name, their values by cost"
  package static let filterRefusal: String? = "labels keep all their rows"

  package static let bindings = [
    KeyBinding("Enter", .refineByLabel, hint: "refine"),
    KeyBinding("(", .labelToRoot, hint: "root"),
    KeyBinding(")", .labelToLeaf, hint: "leaf"),
    KeyBinding("}", .nextKey, hint: "next key"),
    KeyBinding("{", .previousKey),
    KeyBinding("l Right", .scrollRight),
    KeyBinding("h Left", .scrollLeft),
  ]

  package static let explanations = [
    Explanation(
      "VALUE",
      "what the samples with the label cost; a sample with two values of a key counts for both"),
    Explanation("VALUE%", "VALUE as a share of the whole profile"),
    Explanation(
      "LABEL",
      "a key, and below it its values that cost anything; numbers in the unit of their key"),
  ]

  private var rows = LabelRows()
  /// What labels sum to in other columns, where two profiles are compared.
  private var others: [Int: LabelRows] = [:]
  private var cursor = ListCursor()
  private var scroll = 0
  private var key: ProfileSession.AnswerKey?

  package init() {}

  package func position(in context: PaneContext) -> (row: Int, count: Int)? {
    rows.count > 0 ? (cursor.position + 1, rows.count) : nil
  }

  /// Also before there are rows, so that the first ones come to stand where they stay.
  package func hasDetails(in context: PaneContext) -> Bool { key == nil || rows.count > 0 }

  /// The label of the selected row, or all of a key.
  package var detailSubject: DetailSubject? {
    guard cursor.position < rows.count else { return nil }
    let row = rows[cursor.position]
    return .label(rows.selection(of: row), name: name(of: row))
  }

  private func name(of row: LabelRows.Row) -> String {
    let key = String(decoding: rows.totals.keys[row.key].name, as: UTF8.self)
    return row.value == nil ? key : "\(key)=\(rows.text(of: row))"
  }

  package mutating func refresh(in context: PaneContext) {
    let session = context.session
    let key = session.answerKey
    if key != self.key {
      let selected = cursor.position < rows.count ? rows[cursor.position] : nil
      self.key = key
      // What did not change says something as well.
      rows = LabelRows(
        session.profile, values: session.values, units: session.labelUnits,
        showsZeros: !session.comparedColumns.isEmpty)
      others = [:]
      for column in session.comparedColumns {
        others[column] = LabelRows(
          session.profile, values: session.profile.samples.values[column],
          units: session.labelUnits, showsZeros: true)
      }
      if let row = selected.flatMap({ rows.index(of: $0) }) {
        cursor.reveal(row, count: rows.count, height: context.bodyRows)
      }
    }
    cursor.select(cursor.position, count: rows.count, height: context.bodyRows)
  }

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    let height = context.bodyRows
    if cursor.handle(command, count: rows.count, height: height) { return [] }
    switch command {
    case .refineByLabel:
      guard let offer = refinement(for: .focus, in: context) else { return [] }
      return [PaneRequest(offer)]
    case .labelToRoot, .labelToLeaf: return [moveLabel(command, in: context)]
    case .nextKey, .previousKey:
      guard let row = rows.keyRow(from: cursor.position, isForward: command == .nextKey) else {
        return [.refuse(command == .nextKey ? "the last key" : "the first key")]
      }
      cursor.select(row, count: rows.count, height: height)
      // The key's values are what is looked for.
      if command == .nextKey { cursor.centre(count: rows.count, height: height) }
    case .scrollLeft, .scrollRight:
      let rows = visibleRows(in: context)
      if let reason = table(in: context).step(command, &scroll, over: rows, in: context) {
        return [.refuse(reason)]
      }
    default: return nil
    }
    return []
  }

  package func offers(_ command: Command, in context: PaneContext) -> Bool {
    switch command {
    case .refineByLabel:
      guard case .step = refinement(for: .focus, in: context) else { return false }
      return true
    case .labelToRoot, .labelToLeaf: return frameKey != nil
    case .nextKey: return rows.keyRow(from: cursor.position, isForward: true) != nil
    default: return true
    }
  }

  // MARK: Refining

  /// In place of the selected symbol, what is selected here is a label.
  package func refinement(for command: Command, in context: PaneContext) -> RefinementOffer? {
    guard cursor.position < rows.count else { return .refusal("no label is selected") }
    let row = rows[cursor.position]
    let key = rows.totals.keys[row.key]
    let name = String(decoding: key.name, as: UTF8.self)
    if command == .hide {
      return .step(Refinement(.tagHide, "^\(SymbolPattern.quoted(name))$", label: name))
    }
    let condition = LabelCondition.of(row, rows, context.session)
    guard let condition else {
      return .refusal("no expression of pprof's tells \(name) apart: move to one of its values")
    }
    let label = row.value == nil ? "\(name)=" : "\(name)=\(rows.text(of: row))"
    return .step(
      Refinement(command == .ignore ? .tagIgnore : .tagFocus, condition, label: label))
  }

  /// The selected key; nil where it cannot be a frame.
  private var frameKey: String? {
    guard cursor.position < rows.count else { return nil }
    let name = String(decoding: rows.totals.keys[rows[cursor.position].key].name, as: UTF8.self)
    return name.isEmpty || name.contains(",") ? nil : name
  }

  /// Makes frames of the selected key at the root or the leaf, or takes them away again.
  private func moveLabel(_ command: Command, in context: PaneContext) -> PaneRequest {
    guard cursor.position < rows.count else { return .refuse("no label is selected") }
    guard let name = frameKey else {
      return .refuse("a key that is empty or holds a comma cannot be a frame")
    }
    return .toggle(Refinement(command == .labelToRoot ? .tagRoot : .tagLeaf, name))
  }

  package mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition? {
    guard let query = context.search?.query else { return nil }
    let matches = rows.indices(where: query)
    guard let (row, position) = SearchPosition.find(step, in: matches, from: cursor.position) else {
      return nil
    }
    cursor.reveal(row, count: rows.count, height: context.bodyRows)
    return SearchPosition(
      ordinal: position.ordinal, count: position.count, isWrapped: position.isWrapped,
      isOfText: true)
  }

  package func values(in context: PaneContext) -> ReportTable {
    TagsReport.table(of: rows.totals, measure: context.session.measure)
  }

  // MARK: Drawing

  package func render(in context: PaneContext) -> CellGrid {
    guard rows.count > 0 else {
      let reason =
        context.session.profile.samples.count == 0
        ? EmptyNotice.reason(context.session, context.settings)
        : "no sample in this profile has a label: programs attach them while they run, Go ones "
          + "with pprof.Do"
      return EmptyNotice.grid(reason, in: context)
    }
    return table(in: context).render(count: rows.count, cursor: cursor, in: context) {
      row($0, in: context)
    }
  }

  private func visibleRows(in context: PaneContext) -> [TableRow] {
    cursor.window(count: rows.count, height: context.bodyRows).map { row($0, in: context) }
  }

  private func row(_ index: Int, in context: PaneContext) -> TableRow {
    let session = context.session
    let row = rows[index]
    let value = rows.sum(of: row)
    let text = rows.text(of: row)
    var shown = TableRow(
      [session.label(value), session.share(value)],
      name: row.value == nil ? text : "  " + text)
    shown.numberRole = session.numberRole(value) { sum(of: row, inColumn: $0) }
    if row.value == nil {
      shown.nameRole = .title
    }
    shown.isMatch = context.search?.query.occurs(in: text) ?? false
    return shown
  }

  private func sum(of row: LabelRows.Row, inColumn column: Int) -> Int64 {
    guard let rows = others[column], let index = rows.index(of: row) else { return 0 }
    return rows.sum(of: rows[index])
  }

  private func table(in context: PaneContext) -> TableWidget {
    let isNarrow = context.size.columns < 60
    var table = TableWidget(
      columns: [
        TableColumn(
          "VALUE", width: context.session.showsChange && !isNarrow ? 10 : 9, rank: 0,
          nameFloor: 6),
        TableColumn("VALUE%", width: 6, rank: 1, nameFloor: isNarrow ? .max : 20),
      ], nameTitle: "LABEL")
    table.scroll = scroll
    return table
  }

  package func selectionFacts(in context: PaneContext) -> SelectionFacts? {
    guard cursor.position < rows.count else { return nil }
    let session = context.session
    let row = rows[cursor.position]
    let key = rows.totals.keys[row.key]
    let value = rows.sum(of: row)
    var facts = ["\(session.label(value)) \(session.share(value))"]
    if session.showsChange,
      let compared = session.compared({ column in sum(of: row, inColumn: column) })
    {
      let unit = session.valueType.unit
      facts = [
        compared.changeText(unit: unit, glyphs: context.glyphs),
        compared.sidesText(unit: unit, glyphs: context.glyphs),
      ]
    }
    let name = String(decoding: key.name, as: UTF8.self)
    guard row.value != nil else {
      facts.append(rows.countText(ofKey: row.key))
      return SelectionFacts(name: name, facts: facts)
    }
    facts.append("\(Share.text(value, of: key.sum)) of \(name)")
    return SelectionFacts(name: self.name(of: row), facts: facts)
  }
}

extension Command {
  package static let refineByLabel = Command("refine-by-label", "keep samples with this label")
  package static let labelToRoot = Command(
    "label-root", "make the label the root of every stack, or no longer")
  package static let labelToLeaf = Command(
    "label-leaf", "make the label the leaf of every stack, or no longer")
  package static let nextKey = Command("next-key", "the next key")
  package static let previousKey = Command("previous-key", "the key, or the one before")
}
