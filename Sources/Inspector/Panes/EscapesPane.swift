import EscapeAnalysis
import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// Why bytes are on the heap: by operation, by concrete type, by place, with the evidence for each.
package struct EscapesPane: Pane {
  package static let key: Character = "6"
  package static let name = "Escapes"
  package static let summary =
    "why bytes are on the heap: operation, concrete type, place, evidence"
  package static let fixedOrder: String? = "what has most comes first in each group"
  package static let filterRefusal: String? = "groups keep all their rows"

  package static let bindings = [
    KeyBinding("o", .arrange, hint: "arrange"),
    KeyBinding("l Right", .openFrame, hint: "open"),
    KeyBinding("h Left", .closeFrame, hint: "close"),
    KeyBinding("Enter", .showSource, hint: "source"),
    KeyBinding("c", .showCalls, hint: "calls"),
    KeyBinding("P", .showTree),
    KeyBinding("E", .openSubtree),
    KeyBinding("C", .closeSubtree),
  ]

  package static let explanations = [
    Explanation("FLAT", "what was allocated there, or is still in use, as the sample type says"),
    Explanation("FLAT%", "FLAT as a share of the whole profile"),
    Explanation("OBJS, COUNT", "how many objects, or samples, FLAT is made of"),
    Explanation("AVG", "bytes an object"),
    Explanation(
      "exact, derived",
      "read from the program's code: outright, or by what it implies; only these are facts"),
    Explanation(
      "compiler log, source line, frames",
      "claims by weaker evidence; they never share a row with facts"),
    Explanation(
      "type",
      "of new, iface, closure: the object's; of slice, append: an element's; of maps: the map's"),
  ]

  private(set) var arrangement = EscapeTree.Arrangement.byCause
  private(set) var tree: EscapeTree?
  private(set) var outline = Outline<GroupPath>()
  private(set) var cursor = ListCursor()
  private var key: Key?
  /// The symbol of the row's place, or of the heaviest place in it.
  private var symbol: (row: GroupPath, node: NodeID?)?

  /// A group by what finds it again in another tree.
  struct GroupPath: Hashable {
    /// What those that it is in have in common, the outermost first, and then its own.
    let keys: [EscapeTree.Key]
    /// The group in the tree that the path was made for.
    let node: Int

    static func == (left: GroupPath, right: GroupPath) -> Bool { left.keys == right.keys }

    func hash(into hasher: inout Hasher) { hasher.combine(keys) }

    /// The paths of what a group holds; of the outermost groups, where there is none.
    static func inner(of path: GroupPath?, in tree: EscapeTree) -> [GroupPath] {
      (path.map { tree.nodes[$0.node].children } ?? tree.roots).map {
        GroupPath(keys: (path?.keys ?? []) + [tree.nodes[$0].key], node: $0)
      }
    }
  }

  private struct Key: Hashable {
    let answers: ProfileSession.AnswerKey
    let arrangement: EscapeTree.Arrangement
  }

  package init() {}

  package var crumb: String? {
    switch arrangement {
    case .byCause: nil
    case .byType: "by type"
    case .bySite: "by place"
    }
  }

  package func position(in context: PaneContext) -> (row: Int, count: Int)? {
    outline.rows.isEmpty ? nil : (cursor.position + 1, outline.rows.count)
  }

  package var selection: NodeID? { isPlace ? symbol?.node : nil }

  package var subject: NodeID? { symbol?.node }

  /// Whether the row under the cursor is a place, or lies within one.
  private var isPlace: Bool {
    selectedPath?.keys.contains { if case .site = $0 { true } else { false } } ?? false
  }

  package func refinement(for command: Command, in context: PaneContext) -> RefinementOffer? {
    guard selectedNode != nil, !isPlace else { return nil }
    let open = Self.bindings.first { $0.command == .openFrame }?.keys.first
    return .refusal(
      "a group of places: \(open?.label(context.glyphs) ?? "") opens it, for one of them")
  }

  // MARK: Following the session

  package mutating func refresh(in context: PaneContext) {
    let session = context.session
    if !Self.arrangements(session).contains(arrangement) { arrangement = .byCause }
    let key = Key(answers: session.answerKey, arrangement: arrangement)
    if key != self.key {
      let isFirst = self.key?.arrangement != arrangement
      self.key = key
      let tree = session.escapes.tree(session, arrangement)
      self.tree = tree
      if isFirst { openLargest(tree) }
      symbol = nil
      updateRows(keepingSelection: !isFirst, in: context)
    }
    select(cursor.position, in: context)
    findSymbol(in: context)
  }

  /// Looks for the row's symbol, once for each row that is come to.
  private mutating func findSymbol(in context: PaneContext) {
    guard symbol?.row != selectedPath else { return }
    symbol = selectedPath.map { ($0, selectedSymbol(in: context)) }
  }

  /// Opens all that it takes to see what has most: its operation, its type and its place.
  private mutating func openLargest(_ tree: EscapeTree) {
    outline.closeAll()
    cursor = ListCursor()
    for (rank, root) in GroupPath.inner(of: nil, in: tree).prefix(4).enumerated() {
      outline.open(root)
      if rank == 0, let child = GroupPath.inner(of: root, in: tree).first { outline.open(child) }
    }
  }

  private mutating func updateRows(keepingSelection: Bool, in context: PaneContext) {
    guard let tree else { return }
    let selected = keepingSelection ? selectedPath : nil
    outline.update(
      where: { !tree.nodes[$0.node].children.isEmpty },
      children: { GroupPath.inner(of: $0, in: tree) })
    guard let selected, let row = outline.rows.firstIndex(where: { $0.id == selected }) else {
      return
    }
    cursor.reveal(row, count: outline.rows.count, height: listHeight(in: context))
  }

  private var selectedPath: GroupPath? {
    outline.rows.indices.contains(cursor.position) ? outline.rows[cursor.position].id : nil
  }

  var selectedNode: EscapeTree.Node? {
    guard let tree, let path = selectedPath else { return nil }
    return tree.nodes[path.node]
  }

  private mutating func select(_ row: Int, in context: PaneContext) {
    cursor.select(row, count: outline.rows.count, height: listHeight(in: context))
  }

  /// One row tells how well things are known, where there is room for it.
  private func listHeight(in context: PaneContext) -> Int {
    max(context.bodyRows - (hasEvidenceRow(in: context) ? 1 : 0), 0)
  }

  func hasEvidenceRow(in context: PaneContext) -> Bool { context.size.rows >= 4 }

  // MARK: Commands

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    if cursor.handle(command, count: outline.rows.count, height: listHeight(in: context)) {
      findSymbol(in: context)
      return symbol?.node.map { [.select($0)] } ?? []
    }
    switch command {
    case .arrange:
      let all = Self.arrangements(context.session)
      let next = ((all.firstIndex(of: arrangement) ?? 0) + 1) % all.count
      arrangement = all[next]
      refresh(in: context)
      return [.tell(Self.words(arrangement, isTime: context.session.escapes.isOfTime))]
    case .openFrame, .closeFrame, .openSubtree, .closeSubtree:
      return fold(command, in: context)
    case .showSource, .showCalls, .showTree: return go(command, in: context)
    default: return nil
    }
  }

  package func offers(_ command: Command, in context: PaneContext) -> Bool {
    guard outline.rows.indices.contains(cursor.position) else { return false }
    switch command {
    case .openFrame: return outline.rows[cursor.position].hasChildren
    case .closeFrame: return outline.canClose(at: cursor.position)
    case .showSource, .showCalls: return symbol?.node != nil
    default: return true
    }
  }

  /// Time has no types to be arranged by.
  private static func arrangements(_ session: ProfileSession) -> [EscapeTree.Arrangement] {
    EscapeTree.Arrangement.allCases.filter { $0 != .byType || !session.escapes.isOfTime }
  }

  private static func words(_ arrangement: EscapeTree.Arrangement, isTime: Bool) -> String {
    switch arrangement {
    case .byCause where isTime: "by operation, then place"
    case .byCause: "by operation, then concrete type, then place"
    case .byType: "by concrete type, then operation, then place"
    case .bySite where isTime: "by place, with all that is done there"
    case .bySite: "by place, with all that is allocated there"
    }
  }

  private mutating func fold(_ command: Command, in context: PaneContext) -> [PaneRequest] {
    guard outline.rows.indices.contains(cursor.position) else {
      return [.refuse("there is no row to open")]
    }
    let row = outline.rows[cursor.position]
    switch command {
    case .openFrame:
      guard row.hasChildren else { return [.refuse("there is nothing in it")] }
      if outline.isOpen(row.id) {
        select(cursor.position + 1, in: context)
        return []
      }
      outline.open(row.id)
    case .openSubtree:
      openSubtree(row.id)
    case .closeSubtree:
      for path in outline.opened where path.keys.starts(with: row.id.keys) { outline.close(path) }
    default:
      guard row.hasChildren, outline.isOpen(row.id) else {
        guard let parent = outline.parent(of: cursor.position) else {
          return [.refuse("it is closed")]
        }
        select(parent, in: context)
        return []
      }
      outline.close(row.id)
    }
    let count = outline.rows.count
    updateRows(keepingSelection: true, in: context)
    guard outline.rows.count == count else { return [] }
    return [.refuse(command == .openSubtree ? "all is open" : "all is closed")]
  }

  private mutating func openSubtree(_ path: GroupPath) {
    guard let tree else { return }
    var pending = [path]
    while let path = pending.popLast() {
      outline.open(path)
      pending += GroupPath.inner(of: path, in: tree)
    }
  }

  private mutating func go(_ command: Command, in context: PaneContext) -> [PaneRequest] {
    guard let place = selectedPlace(in: context) else {
      // What has no place of its own is a group: going deeper opens it.
      return command == .showSource
        ? fold(.openFrame, in: context) : [.refuse("no stack is behind this row")]
    }
    guard let node = context.session.node(of: place.function, line: place.line) else {
      return [.refuse("the refinements hide this function")]
    }
    switch command {
    case .showCalls: return [.showCalls(node)]
    case .showTree: return [.showTree(node)]
    default: return [.showSource(node, line: place.line)]
    }
  }

  /// The place of the row, or that of the heaviest one in it.
  private func selectedPlace(in context: PaneContext) -> (function: FunctionID, line: Int64)? {
    guard let first = selectedNode?.findings.first else { return nil }
    let finding = context.session.escapes.evidence.findings[first]
    return finding.function.map { ($0, finding.line) }
  }

  private func selectedSymbol(in context: PaneContext) -> NodeID? {
    selectedPlace(in: context).flatMap { context.session.node(of: $0.function, line: $0.line) }
  }

  package mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition? {
    guard let query = context.search?.query, let tree else { return nil }
    let words = words(in: context)
    let matches = outline.rows.indices.filter { index in
      query.occurs(in: words.text(of: tree.nodes[outline.rows[index].id.node], in: tree))
    }
    guard let (row, position) = SearchPosition.find(step, in: matches, from: cursor.position)
    else { return nil }
    cursor.reveal(row, count: outline.rows.count, height: listHeight(in: context))
    return SearchPosition(
      ordinal: position.ordinal, count: position.count, isWrapped: position.isWrapped,
      isOfText: true)
  }

  package func place(in context: PaneContext) -> SourcePlace? {
    guard let place = selectedPlace(in: context) else { return nil }
    let profile = context.session.profile
    let file = profile.strings[profile.functions.filenames[place.function.index]]
    return file.isEmpty ? nil : SourcePlace(file: file, line: place.line)
  }

  /// A row for each place, whatever the rows are arranged by.
  package func values(in context: PaneContext) -> ReportTable {
    let session = context.session
    return EscapesReport.table(
      of: session.escapes.summary(session), session.profile, measure: session.measure)
  }
}

extension Command {
  package static let arrange = Command("arrange", "by operation, by type, or by place")
  package static let showSource = Command("show-source", "its line in the source")
  package static let showTree = Command("show-path", "its heaviest path in the tree")
}
