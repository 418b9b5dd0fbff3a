import ProfileAnalysis
import TerminalUI

/// The rows of a call tree of which some frames are open: what is in sight, or would be by scrolling.
struct TreeRows: Sendable {
  struct Row: Hashable, Sendable {
    let frame: CallTreeID
    /// 0 for the outermost frames.
    let depth: Int
  }

  let tree: CallTree
  private(set) var rows: [Row] = []
  private(set) var opened: Set<CallTreeID> = []

  /// The most rows that opening a whole subtree makes.
  static let maximumOpened = 20_000

  /// A tree of which only the outermost frames show.
  init(_ tree: CallTree) {
    self.tree = tree
    update()
  }

  var count: Int { rows.count }

  func isOpen(_ frame: CallTreeID) -> Bool { opened.contains(frame) }

  /// The row of a frame; nil where it is not in an open part of the tree.
  func index(of frame: CallTreeID) -> Int? { rows.firstIndex { $0.frame == frame } }

  // MARK: Opening and closing

  mutating func open(_ frame: CallTreeID) {
    guard tree.hasChildren(frame), opened.insert(frame).inserted else { return }
    update()
  }

  mutating func close(_ frame: CallTreeID) {
    guard opened.remove(frame) != nil else { return }
    update()
  }

  /// Opens all that stands above the frame, so that it has a row.
  mutating func reveal(_ frame: CallTreeID) {
    var changed = false
    for ancestor in tree.path(to: frame).dropLast() {
      if opened.insert(ancestor).inserted { changed = true }
    }
    if changed { update() }
  }

  /// Opens the heaviest frame below, the heaviest below that, and so on.
  ///
  /// - Parameter minimumShare: stops where a frame has less of the one above than this.
  /// - Returns: the last frame of the path.
  mutating func openHotPath(from frame: CallTreeID, minimumShare: Double) -> CallTreeID {
    let path = tree.hotPath(from: frame, minimumShare: minimumShare)
    for step in [frame] + path where tree.hasChildren(step) && step != .root {
      opened.insert(step)
    }
    update()
    return path.last ?? frame
  }

  /// Opens what a new tree is shown with: the heaviest of the outermost frames, and below it whatever
  /// has at least half of the frame above.
  mutating func openMainPath() {
    guard let heaviest = tree.children(of: .root).first else { return }
    _ = openHotPath(from: heaviest, minimumShare: 0.5)
  }

  /// Opens all that is below the frame, breadth first.
  ///
  /// - Returns: false when there is more than `maximumOpened` frames, and what is deepest stays closed.
  mutating func openSubtree(of frame: CallTreeID) -> Bool {
    var queue = [frame]
    var next = 0
    while next < queue.count, queue.count < Self.maximumOpened {
      let current = queue[next]
      next += 1
      guard tree.hasChildren(current) else { continue }
      opened.insert(current)
      queue.append(contentsOf: tree.children(of: current))
    }
    update()
    return next == queue.count
  }

  /// Closes the frame and all below it.
  mutating func closeSubtree(of frame: CallTreeID) {
    for row in subtree(of: frame) { opened.remove(rows[row].frame) }
    update()
  }

  /// Opens the closed frames that are nearest below the frame, or the frame.
  ///
  /// - Returns: false when all is open.
  mutating func openLevel(of frame: CallTreeID) -> Bool {
    let closed = subtree(of: frame).map { rows[$0] }
      .filter { !isOpen($0.frame) && tree.hasChildren($0.frame) }
    guard let depth = closed.map(\.depth).min() else { return false }
    for row in closed where row.depth == depth { opened.insert(row.frame) }
    update()
    return true
  }

  /// Closes the open frames that are farthest below the frame, or the frame.
  ///
  /// - Returns: false when all is closed.
  mutating func closeLevel(of frame: CallTreeID) -> Bool {
    let open = subtree(of: frame).map { rows[$0] }.filter { isOpen($0.frame) }
    guard let depth = open.map(\.depth).max() else { return false }
    for row in open where row.depth == depth { opened.remove(row.frame) }
    update()
    return true
  }

  /// The rows of the frame and of what is shown below it.
  private func subtree(of frame: CallTreeID) -> Range<Int> {
    guard let first = index(of: frame) else { return 0..<0 }
    let depth = rows[first].depth
    let end = rows[(first + 1)...].firstIndex { $0.depth <= depth } ?? rows.count
    return first..<end
  }

  /// Opens in this tree what was open in another one, by the nodes on the way.
  ///
  /// - Parameter translate: the node of this tree that stands for one of the other.
  mutating func resume(_ old: TreeRows, translate: (NodeID) -> NodeID) {
    var counterparts: [CallTreeID: CallTreeID] = [.root: .root]
    for row in old.rows where old.isOpen(row.frame) {
      guard let parent = old.tree.parent(of: row.frame), let above = counterparts[parent] else {
        continue
      }
      let node = translate(old.tree.node(of: row.frame))
      guard let frame = tree.children(of: above).first(where: { tree.node(of: $0) == node }) else {
        continue
      }
      counterparts[row.frame] = frame
      if tree.hasChildren(frame) { opened.insert(frame) }
    }
    update()
  }

  private mutating func update() {
    rows.removeAll(keepingCapacity: true)
    maximumDepth = 0
    var pending: [Row] = tree.children(of: .root).reversed().map { Row(frame: $0, depth: 0) }
    while let row = pending.popLast() {
      rows.append(row)
      maximumDepth = max(maximumDepth, row.depth)
      guard opened.contains(row.frame) else { continue }
      for child in tree.children(of: row.frame).reversed() {
        pending.append(Row(frame: child, depth: row.depth + 1))
      }
    }
  }

  // MARK: Drawing

  /// The depth of the deepest row.
  private(set) var maximumDepth = 0

  /// How the branches are drawn: how wide a level is, and which levels are in sight.
  struct Branches: Hashable, Sendable {
    /// 2, or 1 where the tree is too deep for that.
    let step: Int
    /// How many of the outermost levels are out of sight on the left.
    let shift: Int
    /// How many levels there is room for.
    let limit: Int
  }

  /// How to draw branches in a number of columns so that those of a row at `depth` can be seen.
  func branches(columns: Int, depth: Int) -> Branches {
    let step = maximumDepth * 2 <= columns ? 2 : 1
    let limit = max(columns / step, 1)
    // By several levels, so that the tree does not slide with every row.
    let stride = min(8, (limit + 1) / 2)
    let excess = max(depth - limit, 0)
    return Branches(step: step, shift: (excess + stride - 1) / stride * stride, limit: limit)
  }

  /// The branches before a row's name, and its mark for open or closed.
  func text(_ branches: Branches, of row: Row, glyphs: GlyphSet) -> String {
    let mark =
      !tree.hasChildren(row.frame)
      ? (row.depth > branches.shift ? "\(glyphs.horizontal) " : "  ")
      : isOpen(row.frame) ? "\(glyphs.opened) " : "\(glyphs.closed) "
    guard row.depth > branches.shift else {
      return (branches.shift > 0 ? glyphs.ellipsis : "") + mark
    }
    let last = branches.shift + branches.limit
    var frame = row.frame
    var pieces: [String] = []
    if row.depth > last { pieces.append(glyphs.ellipsis) }
    // From the row upwards: its own branch, then a stem for each ancestor that has more after it.
    for level in stride(from: row.depth, to: branches.shift, by: -1) {
      guard let parent = tree.parent(of: frame) else { break }
      if level <= last {
        let siblings = tree.children(of: parent)
        let isLast = siblings.position(of: frame) == siblings.count - 1
        let piece =
          level == row.depth
          ? (isLast ? glyphs.treeLastBranch : glyphs.treeBranch)
          : (isLast ? "  " : glyphs.treeStem)
        pieces.append(branches.step == 2 ? piece : String(piece.prefix(1)))
      }
      frame = parent
    }
    if branches.shift > 0 { pieces.append(glyphs.ellipsis) }
    return pieces.reversed().joined() + mark
  }
}
