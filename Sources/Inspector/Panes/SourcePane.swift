import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// The source file of the selected symbol, each line with what it costs.
package struct SourcePane: Pane {
  package static let key: Character = "5"
  package static let name = "Source"
  package static let summary = "the source of the symbol, each line with what it costs"
  package static let fixedOrder: String? = "lines stand in the order of the file"
  package static let filterRefusal: String? = "source keeps all its lines"
  package static let followsSelection = true

  package static let bindings = [
    KeyBinding("}", .hotterLine, hint: "hottest"),
    KeyBinding("{", .lessHotLine),
    KeyBinding("Enter", .showCalls, hint: "calls"),
    KeyBinding("l Right", .scrollRight),
    KeyBinding("h Left", .scrollLeft),
  ]

  package static let explanations = [
    Explanation("FLAT", "what the samples cost whose innermost frame is on the line"),
    Explanation("CUM", "what the samples cost that came through the line; each counts once"),
    Explanation("LINE", "the number of the line in the file"),
    Explanation(
      "before",
      "in a diff of two builds, the older number of a line: found by its text where both sources "
        + "can be read (base_source_path), else by what it calls and the lines beside it"),
  ]

  /// The file that is shown; nil where the symbol has none.
  private(set) var subject: SourceSubject?
  /// What is shown of the file; see `lineCount`.
  private(set) var file: SourceFile?
  private(set) var cursor = ListCursor()
  /// How many columns of the text are out of sight on the left.
  private(set) var scroll = 0
  private var key: ProfileSession.AnswerKey?
  private var seen: NodeID?
  /// The line that another view pointed to last.
  private var pointed: ProfileSession.PointedLine?

  package init() {}

  package var selection: NodeID? { seen }

  package var wantedSource: String? { subject?.file }

  package func position(in context: PaneContext) -> (row: Int, count: Int)? {
    let count = rows.count
    return count > 0 ? (cursor.position + 1, count) : nil
  }

  // MARK: Rows

  /// The lines that are shown, in order of their numbers.
  var rows: SourceRows {
    SourceRows(lines: subject?.annotation.lines ?? [], text: text)
  }

  var text: SourceText? {
    if case .found(let text)? = file { return text }
    return nil
  }

  /// The number of the line under the cursor; nil where there are no rows.
  private var currentNumber: Int64? {
    let rows = rows
    return cursor.position < rows.count ? rows.number(at: cursor.position) : nil
  }

  private mutating func go(to number: Int64, in context: PaneContext) {
    let rows = rows
    cursor.reveal(rows.index(of: number), count: rows.count, height: listHeight(in: context))
  }

  // MARK: Following the session

  package mutating func refresh(in context: PaneContext) {
    let session = context.session
    let key = session.answerKey
    let isPointed = session.pointed != nil && session.pointed != pointed
    pointed = session.pointed
    let isOther = session.selection != seen || isPointed
    if isOther || key != self.key {
      let number = isOther ? nil : currentNumber
      self.key = key
      seen = session.selection
      let old = subject?.file
      subject = seen.flatMap { SourceSubject(of: $0, in: session, keeping: subject) }
      if subject?.file != old { scroll = 0 }
      file = subject.flatMap { session.sources[$0.file] }
      if let subject {
        go(to: (isPointed ? pointed?.line : nil) ?? number ?? subject.line, in: context)
      }
      return
    }
    takeText(in: context)
    cursor.select(cursor.position, count: rows.count, height: listHeight(in: context))
  }

  /// Takes over the text when it comes, and stays on the line.
  private mutating func takeText(in context: PaneContext) {
    guard let subject, let new = context.session.sources[subject.file] else { return }
    let hadText = text
    let number = currentNumber
    file = new
    guard hadText !== text else { return }
    go(to: number ?? subject.line, in: context)
    if hadText == nil { cursor.centre(count: rows.count, height: listHeight(in: context)) }
  }

  // MARK: Commands

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    guard let subject else {
      return Self.bindings.contains { $0.command == command }
        ? [.refuse("there is no source to work on")] : nil
    }
    if cursor.handle(command, count: rows.count, height: listHeight(in: context)) {
      return moved(in: context)
    }
    switch command {
    case .hotterLine, .lessHotLine:
      return goToHotLine(by: command == .hotterLine ? 1 : -1, subject, in: context)
    case .showCalls: return [seen.map { .showCalls($0) } ?? .refuse("no symbol is selected")]
    case .scrollRight where context.settings.wrap, .scrollLeft where context.settings.wrap:
      return [
        .refuse(
          "lines are wrapped: \(context.settings.key(of: .options)) or :set wrap=off scrolls them")
      ]
    case .scrollRight:
      guard scroll < longestVisible(in: context) - 8 else {
        return [.refuse("nothing further right")]
      }
      scroll += 8
      return []
    case .scrollLeft:
      guard scroll > 0 else { return [.refuse("nothing further left")] }
      scroll -= 8
      return []
    default: return nil
    }
  }

  /// Selects the symbol that the line belongs to.
  private mutating func moved(in context: PaneContext) -> [PaneRequest] {
    guard let number = currentNumber, let line = subject?.annotation.line(number),
      let node = context.session.symbol(ofLine: line.node), node != seen
    else { return [] }
    seen = node
    return [.select(node)]
  }

  package func offers(_ command: Command, in context: PaneContext) -> Bool {
    switch command {
    case .hotterLine: subject.flatMap { hotLine(by: 1, $0) } != nil
    case .showCalls: seen != nil
    default: true
    }
  }

  /// The rank of the line so many steps less hot than the selected one, or of the hottest where that
  /// is not hot; nil where there is none.
  private func hotLine(by step: Int, _ subject: SourceSubject) -> Int? {
    let hottest = subject.hottest
    let next = hottest.firstIndex { $0.number == currentNumber }.map { $0 + step } ?? 0
    return hottest.indices.contains(next) ? next : nil
  }

  private mutating func goToHotLine(
    by step: Int, _ subject: SourceSubject, in context: PaneContext
  ) -> [PaneRequest] {
    let hottest = subject.hottest
    guard !hottest.isEmpty else { return [.refuse("no line of this file has a value")] }
    guard let next = hotLine(by: step, subject) else {
      let end = step > 0 ? "the least hot line" : "the hottest line"
      return [.refuse(hottest.count == 1 ? "the only hot line" : end)]
    }
    go(to: hottest[next].number, in: context)
    return moved(in: context) + [.tell("hot line \(next + 1) of \(hottest.count)")]
  }

  package mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition? {
    guard let query = context.search?.query, subject != nil else { return nil }
    let rows = rows
    let places = (0..<rows.count).filter { query.occurs(in: searchText(at: $0, rows, context)) }
    guard let (row, position) = SearchPosition.find(step, in: places, from: cursor.position) else {
      return nil
    }
    cursor.reveal(row, count: rows.count, height: listHeight(in: context))
    return SearchPosition(
      ordinal: position.ordinal, count: position.count, isWrapped: position.isWrapped,
      isOfText: true)
  }

  /// What is searched in a row: the line of text, or without text the name of its symbol.
  func searchText(at index: Int, _ rows: SourceRows, _ context: PaneContext) -> String {
    rows.text(at: index)
      ?? rows.line(at: index).map { context.session.lineTitle(of: $0.node) } ?? ""
  }

  package mutating func click(
    row: Int, column: Int, in context: PaneContext
  ) -> [PaneRequest]? {
    guard let index = index(drawnAt: row, in: context) else { return [] }
    cursor.select(index, count: rows.count, height: listHeight(in: context))
    return moved(in: context)
  }

  package func values(in context: PaneContext) -> ReportTable {
    .source(rows, of: subject?.file ?? "", context.session)
  }

  package func place(in context: PaneContext) -> SourcePlace? {
    guard let subject, let number = currentNumber else { return nil }
    return SourcePlace(file: subject.file, line: number)
  }
}

extension Command {
  package static let hotterLine = Command(
    "next-hot-line", "the hottest line, then the next hottest")
  package static let lessHotLine = Command("previous-hot-line", "the next hotter line")
}
