import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// The call tree, from the outermost frames inwards, or inverted from the innermost outwards.
package struct CallTreePane: Pane {
  package static let key: Character = "2"
  package static let name = "Tree"
  package static let summary = "who called whom: a row for each path of frames"
  package static let fixedOrder: String? = "in the tree the heaviest branch comes first"
  package static let filterRefusal: String? = "the tree keeps all its branches"

  package static let showsMeans = true

  package static let bindings = [
    KeyBinding("l Right", .openFrame, hint: "open"),
    KeyBinding("h Left", .closeFrame, hint: "close"),
    KeyBinding("Enter", .showCalls, hint: "calls"),
    KeyBinding("o", .openHotPath, hint: "hot path"),
    KeyBinding("i", .invertTree, hint: "invert"),
    KeyBinding("+", .openLevel),
    KeyBinding("-", .closeLevel),
    KeyBinding("E", .openSubtree),
    KeyBinding("C", .closeSubtree),
    KeyBinding("{", .previousSibling),
    KeyBinding("}", .nextSibling),
  ]

  package static let explanations = [
    Explanation(
      "CUM",
      "what the samples cost that came through this very path of calls; "
        + "inverted, what the outermost row cost on the paths through this one"),
    Explanation("CUM%", "CUM as a share of the whole profile"),
    Explanation("FLAT", "the part of CUM that the frame cost itself"),
  ]

  private var rows: TreeRows?
  private var cursor = ListCursor()
  private var isInverted = false
  private var key: Key?
  /// The selection as it was when rows were last made or moved through.
  private var seen: NodeID?
  private var search: TreeSearch?

  private struct Key: Hashable {
    let answers: ProfileSession.AnswerKey
    let isInverted: Bool
  }

  package init() {}

  private var selectedRow: TreeRows.Row? {
    guard let rows = rows?.rows, rows.indices.contains(cursor.position) else { return nil }
    return rows[cursor.position]
  }

  package var selection: NodeID? {
    guard let rows, let row = selectedRow else { return nil }
    let node = rows.tree.node(of: row.frame)
    return node.isNone ? nil : node
  }

  package var crumb: String? { isInverted ? "inverted" : nil }

  package func position(in context: PaneContext) -> (row: Int, count: Int)? {
    guard let rows, rows.count > 0 else { return nil }
    return (cursor.position + 1, rows.count)
  }

  /// Also before there are rows, so that the first ones come to stand where they stay.
  package func hasDetails(in context: PaneContext) -> Bool { rows.map { $0.count > 0 } ?? true }

  // MARK: Following the session

  package mutating func refresh(in context: PaneContext) {
    let session = context.session
    let key = Key(answers: session.answerKey, isInverted: isInverted)
    session.noteUseOfTree(inverted: isInverted)
    if key != self.key {
      let old = rows
      let oldKey = self.key
      let path = old.flatMap { old in selectedRow.map { old.tree.nodes(onPathTo: $0.frame) } }
      // Of another profile the same symbol can be another node.
      if oldKey?.answers.revision != key.answers.revision { seen = nil }
      self.key = key
      search = nil
      var new = TreeRows(session.tree(inverted: isInverted))
      if let old, let oldKey, oldKey.isInverted == isInverted,
        oldKey.answers.granularity == key.answers.granularity
      {
        var translate = NodeTranslation(
          from: old.tree.nodes, ofRevision: oldKey.answers.revision, to: session)
        new.resume(old) { translate($0) }
        // What is left of a tree that was hardly open is opened as a new one is.
        if new.opened.isEmpty { new.openMainPath() }
        rows = new
        if let path {
          let kept = path.map { translate($0) }
          show(new.tree.deepestFrame(along: kept), in: context)
        }
      } else {
        new.openMainPath()
        rows = new
        cursor = ListCursor()
        seen = nil
      }
    }
    if let wanted = session.selection, wanted != seen {
      seen = wanted
      if wanted != selection { show(symbol: wanted, in: context) }
    }
  }

  /// Goes to the heaviest path that leads to a symbol.
  private mutating func show(symbol: NodeID, in context: PaneContext) {
    guard let tree = rows?.tree else { return }
    let path = context.session.heaviestPath(to: symbol, inverted: isInverted)
    guard !path.isEmpty else { return }
    show(tree.deepestFrame(along: path), in: context)
  }

  /// Selects a frame, and opens what hides it.
  private mutating func show(_ frame: CallTreeID, in context: PaneContext) {
    guard frame != .root else { return select(0, in: context) }
    rows?.reveal(frame)
    cursor.reveal(
      rows?.index(of: frame) ?? 0, count: rows?.count ?? 0, height: context.bodyRows)
  }

  private mutating func select(_ row: Int, in context: PaneContext) {
    cursor.select(row, count: rows?.count ?? 0, height: context.bodyRows)
  }

  // MARK: For others

  package var stack: [NodeID]? {
    guard let rows, let row = selectedRow else { return nil }
    return rows.tree.nodes(onPathTo: row.frame)
  }

  package func values(in context: PaneContext) -> ReportTable {
    let tree = rows?.tree ?? context.session.tree(inverted: isInverted)
    return .tree(
      "tree", (rows?.rows ?? []).lazy.map { ($0.depth, $0.frame) }, of: tree, context.session)
  }

  // MARK: Commands

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    guard rows != nil, let row = selectedRow else {
      return Self.bindings.contains { $0.command == command }
        ? [.refuse("there is no tree to work on")] : nil
    }
    if cursor.handle(command, count: rows?.count ?? 0, height: context.bodyRows) {
      return moved()
    }
    switch command {
    case .openFrame: return open(row, in: context)
    case .closeFrame: return close(row, in: context)
    case .showCalls: return selection.map { [.showCalls($0)] } ?? []
    case .openHotPath:
      guard rows?.tree.hasChildren(row.frame) == true else { return [Self.isLeaf] }
      let end = rows?.openHotPath(from: row.frame, minimumShare: 0)
      if let end { show(end, in: context) }
      return moved()
    case .invertTree:
      isInverted.toggle()
      return [
        .tell(
          isInverted
            ? "inverted: the outermost rows are what costs, below them who called it"
            : "from the outermost frames inwards")
      ]
    case .openLevel: return rows?.openLevel(of: row.frame) == true ? [] : [.refuse("all is open")]
    case .closeLevel:
      return rows?.closeLevel(of: row.frame) == true ? [] : [.refuse("all is closed")]
    case .openSubtree:
      let count = rows?.count
      let isWhole = rows?.openSubtree(of: row.frame) ?? true
      guard isWhole else {
        return [.tell("opened \(TreeRows.maximumOpened) frames; the deepest stay closed")]
      }
      return rows?.count == count ? [.refuse("all is open")] : []
    case .closeSubtree:
      let count = rows?.count
      rows?.closeSubtree(of: row.frame)
      return rows?.count == count ? [.refuse("all is closed")] : []
    case .previousSibling, .nextSibling: return step(command, from: row, in: context)
    default: return nil
    }
  }

  package func offers(_ command: Command, in context: PaneContext) -> Bool {
    guard let rows, let row = selectedRow else { return false }
    switch command {
    case .openFrame, .openHotPath: return rows.tree.hasChildren(row.frame)
    case .closeFrame: return rows.isOpen(row.frame) || row.depth > 0
    case .showCalls: return selection != nil
    default: return true
    }
  }

  private mutating func moved() -> [PaneRequest] {
    guard let selection else { return [] }
    seen = selection
    return [.select(selection)]
  }

  private static let isLeaf = PaneRequest.refuse("a leaf: nothing below")

  private mutating func open(_ row: TreeRows.Row, in context: PaneContext) -> [PaneRequest] {
    guard let rows, rows.tree.hasChildren(row.frame) else {
      return [Self.isLeaf]
    }
    guard rows.isOpen(row.frame) else {
      self.rows?.open(row.frame)
      return []
    }
    select(cursor.position + 1, in: context)
    return moved()
  }

  private mutating func close(_ row: TreeRows.Row, in context: PaneContext) -> [PaneRequest] {
    guard let rows else { return [] }
    if rows.isOpen(row.frame) {
      self.rows?.close(row.frame)
      return []
    }
    guard row.depth > 0, let parent = rows.tree.parent(of: row.frame) else {
      return [.refuse("an outermost row: nothing above")]
    }
    select(rows.index(of: parent) ?? 0, in: context)
    return moved()
  }

  private mutating func step(
    _ command: Command, from row: TreeRows.Row, in context: PaneContext
  ) -> [PaneRequest] {
    guard let rows, let parent = rows.tree.parent(of: row.frame) else { return [] }
    let siblings = rows.tree.children(of: parent)
    guard let position = siblings.position(of: row.frame) else { return [] }
    let target = position + (command == .nextSibling ? 1 : -1)
    guard siblings.indices.contains(target), let index = rows.index(of: siblings[target]) else {
      return [.refuse(command == .nextSibling ? "the last one here" : "the first one here")]
    }
    select(index, in: context)
    return moved()
  }

  package mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition? {
    guard let matches = context.search, let rows else { return nil }
    if search == nil || search?.tree !== rows.tree { search = TreeSearch(rows.tree) }
    guard let search, let row = selectedRow,
      let (frame, position) = search.find(step, matches, from: row.frame)
    else { return nil }
    show(frame, in: context)
    seen = selection
    return position
  }

  // MARK: Drawing

  package func render(in context: PaneContext) -> CellGrid {
    guard let rows, rows.count > 0 else { return EmptyNotice.grid(in: context) }
    let table = table(in: context)
    let width = table.nameWidth(in: context)
    let branches = rows.branches(
      columns: max(width - 24, width / 3), depth: selectedRow?.depth ?? 0)
    return table.render(count: rows.count, cursor: cursor, in: context) { index in
      row(rows.rows[index], rows, branches, in: context)
    }
  }

  private func row(
    _ row: TreeRows.Row, _ rows: TreeRows, _ branches: TreeRows.Branches, in context: PaneContext
  ) -> TableRow {
    let session = context.session
    let frame = rows.tree[row.frame]
    let counts = session.showsMeans ? counts(of: row.frame, in: rows.tree, session) : nil
    var numbers = [
      session.shown(frame.cumulative, count: counts?.cumulative), session.share(frame.cumulative),
    ]
    // In an inverted tree all of the cost is that of the outermost rows.
    if !isInverted { numbers.append(session.shown(frame.flat, count: counts?.flat)) }
    var shown = TableRow(numbers, name: session.title(of: frame.node))
    if session.showsChange {
      let path = rows.tree.nodes(onPathTo: row.frame)
      func noise(_ sums: KeyPath<CallTree.Frame, Int64>) -> (Int) -> Int64 {
        { session.frameValue(path, $0, inverted: isInverted, sums) }
      }
      let role = session.numberRole(frame.cumulative, noise: noise(\.cumulative))
      shown.numberRoles = [role, role, session.numberRole(frame.flat, noise: noise(\.flat))]
    }
    shown.branches = rows.text(branches, of: row, glyphs: context.glyphs)
    shown.isMatch = context.search?[frame.node] ?? false
    return shown
  }

  /// The counts of objects behind a frame; nil where the profile counts none.
  private func counts(
    of frame: CallTreeID, in tree: CallTree, _ session: ProfileSession
  ) -> CallTree.Frame? {
    guard let counts = session.countTree(inverted: isInverted) else { return nil }
    let path = tree.nodes(onPathTo: frame)
    let found = counts.deepestFrame(along: path)
    return counts.depth(of: found) == path.count ? counts[found] : nil
  }

  private func table(in context: PaneContext) -> TableWidget {
    let session = context.session
    let total = DisplayWidth.of(
      Measurement.label(session.totals.total, unit: session.valueType.unit))
    let isNarrow = context.size.columns < 60
    // A change has a sign.
    let width = max(total, session.showsChange && !isNarrow ? 10 : 9)
    let flat = TableColumn("FLAT", width: width, rank: 2, nameFloor: isNarrow ? .max : 32)
    var table = TableWidget(
      columns: [
        TableColumn("CUM", width: width, rank: 0, nameFloor: 6),
        TableColumn("CUM%", width: 5, rank: 1, nameFloor: isNarrow ? .max : 32),
      ] + (isInverted ? [] : [flat]),
      nameTitle: isInverted ? "CALLED BY" : "CALLS")
    table.sort = TableSort(column: 0)
    return table
  }
}

extension Command {
  package static let openFrame = Command("open", "open the row, or go into it")
  package static let closeFrame = Command("close", "close the row, or go to the one above")
  package static let openHotPath = Command("hot-path", "open the heaviest path from here")
  package static let invertTree = Command("invert", "leaves first, or roots first again")
  package static let openLevel = Command("open-level", "open a level more below the row")
  package static let closeLevel = Command("close-level", "close a level below the row")
  package static let openSubtree = Command("open-all", "open all below the row")
  package static let closeSubtree = Command("close-all", "close all below the row")
  package static let previousSibling = Command(
    "previous-sibling", "previous row of the same parent")
  package static let nextSibling = Command("next-sibling", "next row of the same parent")
}
