import LeakFindings
import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// What looks like a leak or waste, why, and what to do about it.
package struct FindingsPane: Pane {
  package static let key: Character = "8"
  package static let name = "Findings"
  package static let summary = "what looks like a leak or waste, the evidence, and what to do"
  package static let fixedOrder: String? = "the surest finding comes first, then the largest"
  package static let filterRefusal: String? = "findings keep all their rows"

  package static let bindings = [
    KeyBinding("l Right", .openFrame, hint: "open"),
    KeyBinding("h Left", .closeFrame, hint: "close"),
    KeyBinding("Enter", .showSource, hint: "source"),
    KeyBinding("c", .showCalls, hint: "calls"),
  ]

  package static let explanations = [
    Explanation(
      "high, medium, low",
      "how sure it is: high where most of what was allocated in between is alive"),
    Explanation("GREW", "by how much it grew from the first profile to the last"),
    Explanation("AMOUNT", "of one profile, how much of it there is"),
    Explanation("ALIVE", "of what was allocated between the profiles, the share that lives"),
  ]

  /// A finding, or a line of what is said of it.
  private struct RowID: Hashable, Sendable {
    var finding: Int
    /// nil for the finding itself.
    var line: Int?
    /// Which part of a line that is longer than a row.
    var part = 0
  }

  private var diagnosis: EscapeAnswers.Diagnosis?
  private var source: ObjectIdentifier?
  private var outline = Outline<RowID>()
  private var cursor = ListCursor()
  /// The room for lines, which longer ones are broken to.
  private var width: Int?

  /// The columns before the text of a line.
  private static let indent = 6

  package init() {}

  /// The symbol at the place of the selected finding.
  package private(set) var selection: NodeID?
  /// What `selection` was found for.
  private var found: (finding: Int, answers: ProfileSession.AnswerKey)?

  private var findings: [LeakFinding] { diagnosis?.result.findings ?? [] }

  package func position(in context: PaneContext) -> (row: Int, count: Int)? {
    outline.rows.isEmpty ? nil : (cursor.position + 1, outline.rows.count)
  }

  package mutating func refresh(in context: PaneContext) {
    let answers = context.session.escapes
    if source != ObjectIdentifier(answers) {
      source = ObjectIdentifier(answers)
      diagnosis = answers.diagnosis
      outline = Outline()
      outline.open(RowID(finding: 0))
      cursor = ListCursor()
      width = nil
      found = nil
    }
    let width = max(table(in: context).nameWidth(in: context) - Self.indent, 1)
    if width != self.width {
      self.width = width
      updateRows()
    }
    cursor.select(cursor.position, count: outline.rows.count, height: context.bodyRows)
    findSymbol(in: context)
  }

  private mutating func findSymbol(in context: PaneContext) {
    guard let selected else {
      (selection, found) = (nil, nil)
      return
    }
    let answers = context.session.answerKey
    guard found?.finding != selected.finding || found?.answers != answers else { return }
    found = (selected.finding, answers)
    selection = findings[selected.finding].place.flatMap {
      context.session.node(named: $0.function, line: $0.line)
    }
  }

  package func place(in context: PaneContext) -> SourcePlace? {
    guard let selected, let line = findings[selected.finding].place?.line,
      let file = selection.flatMap({ context.session.definition(of: $0)?.file })
    else { return nil }
    return SourcePlace(file: file, line: line)
  }

  private mutating func updateRows() {
    let findings = findings
    let width = width
    func children(_ id: RowID?) -> [RowID] {
      guard let id else { return findings.indices.map { RowID(finding: $0) } }
      return Self.lines(findings[id.finding]).enumerated().flatMap { index, line in
        Self.parts(of: line.text, width: width).indices.map {
          RowID(finding: id.finding, line: index, part: $0)
        }
      }
    }
    outline.update(where: { $0.line == nil }, children: children)
  }

  private static func parts(of text: String, width: Int?) -> [String] {
    width.map { TextWrapping.lines(text, width: $0) } ?? [text]
  }

  private static func lines(_ finding: LeakFinding) -> [(text: String, isAdvice: Bool)] {
    [(FindingsReport.headline(finding), false)] + finding.evidence.map { ($0, false) }
      + finding.advice.map { ($0, true) }
  }

  private var selected: RowID? {
    outline.rows.indices.contains(cursor.position) ? outline.rows[cursor.position].id : nil
  }

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    let height = context.bodyRows
    if cursor.handle(command, count: outline.rows.count, height: height) {
      findSymbol(in: context)
      return selection.map { [.select($0)] } ?? []
    }
    guard let selected else {
      return Self.bindings.contains { $0.command == command }
        ? [.refuse("there is no finding to work on")] : nil
    }
    switch command {
    case .openFrame:
      guard selected.line == nil else { return [.refuse("there is nothing in it")] }
      if outline.isOpen(selected) { return handle(.moveDown, in: context) }
      outline.open(selected)
      updateRows()
    case .closeFrame:
      guard outline.canClose(at: cursor.position) else { return [.refuse("it is closed")] }
      outline.close(RowID(finding: selected.finding))
      updateRows()
      let row = outline.rows.firstIndex { $0.id == RowID(finding: selected.finding) } ?? 0
      cursor.select(row, count: outline.rows.count, height: height)
    case .showSource, .showCalls:
      guard let place = findings[selected.finding].place else {
        return [.refuse("it comes from several places")]
      }
      guard let node = context.session.node(named: place.function, line: place.line) else {
        return [.refuse("\(place.function) is not in what is shown")]
      }
      return [command == .showCalls ? .showCalls(node) : .showSource(node, line: place.line)]
    default: return nil
    }
    return []
  }

  package func offers(_ command: Command, in context: PaneContext) -> Bool {
    guard let selected else { return false }
    switch command {
    case .openFrame: return selected.line == nil
    case .closeFrame: return outline.canClose(at: cursor.position)
    case .showSource, .showCalls: return selection != nil
    default: return true
    }
  }

  package mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition? {
    guard let query = context.search?.query else { return nil }
    let matches = outline.rows.indices.filter { query.occurs(in: text(outline.rows[$0].id)) }
    guard let (row, position) = SearchPosition.find(step, in: matches, from: cursor.position)
    else { return nil }
    cursor.reveal(row, count: outline.rows.count, height: context.bodyRows)
    return SearchPosition(
      ordinal: position.ordinal, count: position.count, isWrapped: position.isWrapped,
      isOfText: true)
  }

  package func values(in context: PaneContext) -> ReportTable {
    FindingsReport.table(
      of: (diagnosis ?? context.session.escapes.diagnosis).result,
      measure: context.session.measure)
  }

  // MARK: Drawing

  private func text(_ id: RowID) -> String {
    let finding = findings[id.finding]
    guard let line = id.line else { return finding.title }
    return Self.lines(finding)[line].text
  }

  package func render(in context: PaneContext) -> CellGrid {
    guard !findings.isEmpty else {
      let notes = diagnosis?.result.notes ?? []
      let count = diagnosis?.snapshots ?? 1
      let many =
        count > 1
        ? "\(count) profiles"
        : context.session.comparison == nil ? "this profile" : "the two profiles"
      var reasons = ["no findings in \(many)"] + notes
      if count == 1, context.session.comparison == nil,
        diagnosis?.result.knowsKind ?? false
      {
        reasons.append(
          "\(context.settings.key(of: .chooseBase)) chooses one to compare with")
      }
      return EmptyNotice.grid(reasons.joined(separator: "; "), in: context)
    }
    return table(in: context).render(count: outline.rows.count, cursor: cursor, in: context) {
      row($0, in: context)
    }
  }

  private func row(_ index: Int, in context: PaneContext) -> TableRow {
    let row = outline.rows[index]
    let finding = findings[row.id.finding]
    guard let line = row.id.line else {
      var shown = TableRow(
        [
          finding.confidence.rawValue, Measurement.label(finding.amount, unit: finding.unit),
          finding.alive.map { "\(Int(($0 * 100).rounded()))%" } ?? "",
        ], name: finding.title)
      shown.branches = outline.branches(of: row, glyphs: context.glyphs)
      shown.nameRole = .title
      shown.isMatch = context.search?.query.occurs(in: finding.title) ?? false
      return shown
    }
    let (whole, isAdvice) = Self.lines(finding)[line]
    let parts = Self.parts(of: whole, width: width)
    let text = parts.indices.contains(row.id.part) ? parts[row.id.part] : ""
    var shown = TableRow(["", "", ""], name: text)
    let mark = isAdvice ? context.glyphs.arrow : context.glyphs.bullet
    let isFirst = row.id.part == 0
    shown.branches = isFirst ? "    \(mark) " : String(repeating: " ", count: Self.indent)
    shown.nameRole = isAdvice ? .message : .name
    shown.isMatch = context.search?.query.occurs(in: text) ?? false
    return shown
  }

  private func table(in context: PaneContext) -> TableWidget {
    // What is said of findings needs the room more than how sure they are.
    let isNarrow = context.size.columns < 60
    let grew = findings.contains { $0.course != .present }
    var columns = [
      TableColumn("SURE", width: 6, rank: 1, nameFloor: isNarrow ? .max : 20),
      TableColumn(
        grew ? "GREW" : "AMOUNT", width: 9, rank: 0, nameFloor: isNarrow ? 26 : 6),
    ]
    if findings.contains(where: { $0.alive != nil }) {
      columns.append(TableColumn("ALIVE", width: 5, rank: 2, nameFloor: 40))
    }
    return TableWidget(columns: columns, nameTitle: "FINDING")
  }

  package func selectionFacts(in context: PaneContext) -> SelectionFacts? {
    guard let selected else { return nil }
    let finding = findings[selected.finding]
    guard selected.line != nil else {
      return SelectionFacts(name: finding.title, facts: [FindingsReport.headline(finding)])
    }
    // What does not fit in the row can be read here.
    return SelectionFacts(name: text(selected), facts: [])
  }
}
