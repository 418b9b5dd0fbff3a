import ProfileAnalysis
import ProfileModel
import Reports
import TerminalUI

/// The call tree as an icicle: the root on top, each frame as wide as it costs.
package struct FlamePane: Pane {
  package static let key: Character = "3"
  package static let name = "Flame"
  package static let summary = "icicle: callers above what they call, as wide as it costs"
  package static let fixedOrder: String? = "in the flame the widest frame comes first"
  package static let filterRefusal: String? = "the flame keeps all its frames"

  package static let bindings = [
    KeyBinding("Enter", .zoomIn, hint: "zoom"),
    KeyBinding("h Left", .previousInRow),
    KeyBinding("l Right", .nextInRow),
    KeyBinding("{", .previousSibling),
    KeyBinding("}", .nextSibling),
  ]

  package static let explanations = [
    Explanation(
      "width",
      "what the samples cost that came through this path of calls (CUM); the gap below a frame is "
        + "what it cost itself (FLAT)"),
    Explanation(
      "color",
      "the package: frames of one package have one colour; with set flame_color=share "
        + "orange what costs 5 % itself, grey what costs half of one, blue what costs less"),
    Explanation(
      "moving", "down goes to the widest frame below, up to the caller; page keys go further"),
    Explanation(
      "hidden", "frames due less than a cell stand together as one mark; zooming in shows them"),
    Explanation(
      "all instances", "what the symbol costs on all paths together; recursion counts once"),
  ]

  /// Nil before the first refresh, and where nothing has a value.
  private(set) var layout: FlameLayout?
  /// The selected frame, which may be too narrow to be drawn.
  private(set) var selected = CallTreeID.root
  /// The frames zoomed into, each below the one before; the last has the full width.
  private(set) var zooms: [CallTreeID] = []
  /// Where the selected frame is drawn, or what is drawn in its place.
  private(set) var shownPlace: FlameLayout.Place?
  /// The first row of the layout that is on the screen.
  private(set) var top = 0
  private var key: ProfileSession.AnswerKey?
  /// The session's selection as it was last seen or set.
  private var seen: NodeID?

  package init() {}

  package var selection: NodeID? {
    guard let node = layout?.tree.node(of: selected), !node.isNone else { return nil }
    return node
  }

  /// What it writes is what is in sight; only whether there is anything counts.
  package func rowCount(in context: PaneContext) -> Int { layout == nil ? 0 : 1 }

  /// Also where the frame above all others is selected, so that the width stays.
  package func hasDetails(in context: PaneContext) -> Bool { layout != nil || key == nil }

  package func takes(_ command: Command) -> Bool { !zooms.isEmpty }

  package func offers(_ command: Command, in context: PaneContext) -> Bool {
    command != .zoomIn || selected != zooms.last ?? .root
  }

  // MARK: Following the session

  package mutating func refresh(in context: PaneContext) {
    let session = context.session
    let key = session.answerKey
    session.noteUseOfTree(inverted: false)
    if key != self.key { changeTree(to: key, in: context) }
    if let layout, layout.columns != context.size.columns { relayOut(layout.tree, in: context) }
    var isJump = false
    if let wanted = session.selection, wanted != seen {
      seen = wanted
      isJump = wanted != selection
      if isJump { show(symbol: wanted, in: context) }
    }
    scroll(in: context, isJump: isJump)
  }

  private mutating func changeTree(
    to key: ProfileSession.AnswerKey, in context: PaneContext
  ) {
    let old = self.key?.granularity == key.granularity ? layout?.tree : nil
    let tree = context.session.flameTree()
    var translation = old.map {
      NodeTranslation(from: $0.nodes, ofRevision: self.key?.revision, to: context.session)
    }
    func counterpart(of frame: CallTreeID) -> CallTreeID {
      guard let old else { return .root }
      let nodes = old.nodes(onPathTo: frame).map { translation?($0) ?? .none }
      return tree.deepestFrame(along: path(nodes, key))
    }
    if self.key?.revision != key.revision { seen = nil }
    self.key = key
    selected = counterpart(of: selected)
    var kept: [CallTreeID] = []
    for zoom in zooms.map(counterpart) where zoom != kept.last ?? .root { kept.append(zoom) }
    zooms = kept
    if old == nil { seen = nil }
    let isEmpty = !tree.hasChildren(.root) && tree.flat(of: .root) == 0
    layout = nil
    if !isEmpty { relayOut(tree, in: context) }
  }

  /// Nodes from the root down as this tree has them.
  private func path(_ nodes: [NodeID], _ key: ProfileSession.AnswerKey) -> [NodeID] {
    guard key.foldsRecursion else { return nodes }
    return nodes.indices.filter { $0 == 0 || nodes[$0] != nodes[$0 - 1] }.map { nodes[$0] }
  }

  private mutating func relayOut(_ tree: CallTree, in context: PaneContext) {
    layout = FlameLayout(tree, root: zooms.last ?? .root, columns: context.size.columns)
    // What is selected stays in sight.
    if layout?.place(of: selected) == nil { selected = zooms.last ?? .root }
  }

  /// Goes to the heaviest path that leads to a symbol.
  private mutating func show(symbol: NodeID, in context: PaneContext) {
    guard let tree = layout?.tree else { return }
    let path = context.session.heaviestPath(to: symbol, inverted: false)
    guard !path.isEmpty else { return }
    selected = tree.deepestFrame(along: path)
    if layout?.place(of: selected) == nil {
      zooms = []
      relayOut(tree, in: context)
    }
  }

  /// Lays out the rows on the screen, of which the selected one is one.
  ///
  /// - Parameters:
  ///   - centred: whether it has to be in the middle.
  ///   - isJump: whether it goes to the middle where it was not in sight.
  private mutating func scroll(
    in context: PaneContext, centred: Bool = false, isJump: Bool = false
  ) {
    shownPlace = layout?.place(of: selected)
    guard let row = shownPlace?.row else { return }
    let height = max(context.bodyRows, 1)
    let isInSight = (top..<top + height).contains(row)
    if centred || isJump && !isInSight {
      top = row - height / 2
    } else if !isInSight {
      top = row < top ? row : row - height + 1
    }
    layout?.layOut(through: max(top, 0) + height)
    // No empty rows under the last while there are some above the first.
    top = max(min(top, (layout?.rowCount ?? 0) - height), 0)
  }

  // MARK: For others

  package var stack: [NodeID]? {
    guard let layout, selected != .root else { return nil }
    return layout.tree.nodes(onPathTo: selected)
  }

  /// The frames that are drawn, row by row.
  package func values(in context: PaneContext) -> ReportTable {
    var layout = layout ?? FlameLayout(context.session.flameTree(), root: .root, columns: 0)
    layout.layOutAll()
    let frames = (0..<layout.rowCount).lazy.flatMap { [layout] row in
      layout[row].lazy.filter { !$0.isMark }.map { (depth: row, frame: $0.frame) }
    }
    return .tree("flame", frames, of: layout.tree, context.session)
  }

  package mutating func click(
    row: Int, column: Int, in context: PaneContext
  ) -> [PaneRequest]? {
    guard let span = layout?[top + row].first(where: { $0.columns.contains(column) }) else {
      return []
    }
    let requests = select(span.frame)
    scroll(in: context)
    return requests
  }

  // MARK: Commands

  package mutating func handle(_ command: Command, in context: PaneContext) -> [PaneRequest]? {
    guard layout != nil else {
      return Self.bindings.contains { $0.command == command }
        ? [.refuse("there is no frame to work on")] : nil
    }
    let height = max(context.bodyRows, 1)
    switch command {
    case .moveDown: return descend(1)
    case .moveUp: return ascend(1, in: context)
    case .pageDown: return descend(max(height - 1, 1))
    case .pageUp: return ascend(max(height - 1, 1), in: context)
    case .halfPageDown: return descend(max(height / 2, 1))
    case .halfPageUp: return ascend(max(height / 2, 1), in: context)
    case .moveToFirst: return select(zooms.last ?? .root)
    case .moveToLast: return descend(.max)
    case .centre:
      scroll(in: context, centred: true)
      return []
    case .previousInRow: return step(by: -1)
    case .nextInRow: return step(by: 1)
    case .previousSibling: return stepToSibling(by: -1)
    case .nextSibling: return stepToSibling(by: 1)
    case .zoomIn: return zoomIn(in: context)
    case .goBack, .cancel: return zoomOut(in: context)
    default: return nil
    }
  }

  private mutating func select(_ frame: CallTreeID) -> [PaneRequest] {
    selected = frame
    guard let selection else { return [] }
    seen = selection
    return [.select(selection)]
  }

  private mutating func descend(_ steps: Int) -> [PaneRequest] {
    guard var place = layout?.place(of: selected) else { return [] }
    var frame = selected
    for _ in 0..<steps {
      guard place.isDrawn, let next = layout?.widestChild(below: place),
        let span = layout?.span(at: next)
      else { break }
      frame = span.frame
      place = next
    }
    return frame == selected ? [.refuse(reasonToStay())] : select(frame)
  }

  private mutating func reasonToStay() -> String {
    guard let tree = layout?.tree, tree.hasChildren(selected) else {
      return "a leaf: nothing below"
    }
    let key = Self.bindings.first { $0.command == .zoomIn }?.keys.first?.name ?? ""
    return layout?.place(of: selected)?.isDrawn == true
      ? "each frame below is due less than a cell: \(key) zooms in"
      : "too narrow to show what is below: \(key) zooms in"
  }

  private mutating func ascend(_ steps: Int, in context: PaneContext) -> [PaneRequest] {
    let root = zooms.last ?? .root
    var frame = selected
    for _ in 0..<steps {
      guard frame != root, let parent = layout?.tree.parent(of: frame) else { break }
      frame = parent
    }
    guard frame == selected else { return select(frame) }
    return [
      .refuse(
        zooms.isEmpty
          ? "nothing above" : "the frame zoomed into: \(context.settings.key(of: .goBack)) goes out"
      )
    ]
  }

  private mutating func step(by step: Int) -> [PaneRequest] {
    guard let place = layout?.place(of: selected), let row = layout?[place.row] else { return [] }
    var index = place.index + step
    while index >= 0, index < row.count {
      let span = row[row.startIndex + index]
      if !span.isMark { return select(span.frame) }
      index += step
    }
    return [.refuse(step > 0 ? "the last frame of its row" : "the first frame of its row")]
  }

  private mutating func stepToSibling(by step: Int) -> [PaneRequest] {
    guard let tree = layout?.tree, selected != zooms.last ?? .root,
      let parent = tree.parent(of: selected)
    else { return [.refuse("no other frame has its parent here")] }
    let siblings = tree.children(of: parent)
    guard let position = siblings.position(of: selected),
      siblings.indices.contains(position + step)
    else { return [.refuse(step > 0 ? "the last one here" : "the first one here")] }
    return select(siblings[position + step])
  }

  // MARK: Zooming

  private mutating func zoomIn(in context: PaneContext) -> [PaneRequest] {
    guard selected != zooms.last ?? .root else {
      return [.refuse("it has the full width already")]
    }
    zooms.append(selected)
    return changeZoom(in: context)
  }

  private mutating func zoomOut(in context: PaneContext) -> [PaneRequest] {
    guard zooms.popLast() != nil else { return [.refuse("not zoomed in")] }
    return changeZoom(in: context)
  }

  private mutating func changeZoom(in context: PaneContext) -> [PaneRequest] {
    guard let tree = layout?.tree else { return [] }
    relayOut(tree, in: context)
    top = 0
    return []
  }

  // MARK: Searching

  package mutating func seek(_ step: SearchStep, in context: PaneContext) -> SearchPosition? {
    guard let search = context.search, search.count > 0 else { return nil }
    layout?.layOutAll()
    guard let place = layout?.place(of: selected), let layout else { return nil }
    var matches: [CallTreeID] = []
    // Spans in order, from the top row to the bottom one and from left to right.
    var places: [Int] = []
    var (origin, next) = (0, 0)
    for row in 0..<layout.rowCount {
      if row == place.row { origin = next + place.index }
      for span in layout[row] {
        if !span.isMark, isMatch(span, search) {
          matches.append(span.frame)
          places.append(next)
        }
        next += 1
      }
    }
    guard let (found, position) = SearchPosition.find(step, in: places, from: origin),
      let index = places.firstIndex(of: found)
    else { return seekHidden(search, in: context) }
    _ = select(matches[index])
    scroll(in: context)
    return position
  }

  /// Goes to the heaviest match where none is wide enough to be drawn.
  private mutating func seekHidden(
    _ search: SearchMatches, in context: PaneContext
  ) -> SearchPosition? {
    let sums = context.session.totals.cumulative
    let matches = sums.indices.filter { search[NodeID($0)] && sums[$0] != 0 }
    guard let heaviest = matches.max(by: { sums[$0].magnitude < sums[$1].magnitude }) else {
      return nil
    }
    show(symbol: NodeID(heaviest), in: context)
    _ = select(selected)
    scroll(in: context)
    return SearchPosition(ordinal: 1, count: 1, isWrapped: false)
  }

  func isMatch(_ span: FlameSpan, _ search: SearchMatches) -> Bool {
    guard let node = layout?.tree.node(of: span.frame), !node.isNone else { return false }
    return search[node]
  }
}

extension Command {
  package static let zoomIn = Command("zoom", "give the frame the full width; back zooms out")
  package static let previousInRow = Command("previous-in-row", "the frame to the left")
  package static let nextInRow = Command("next-in-row", "the frame to the right")
}
