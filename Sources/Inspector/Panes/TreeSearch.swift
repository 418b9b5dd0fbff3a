import ProfileAnalysis

/// The frames of a tree in the order of rows, as if all were open, for searching folded parts too.
struct TreeSearch: Sendable {
  let tree: CallTree
  /// The frames from top to bottom; of a huge tree, the first `maximum`.
  private let frames: [CallTreeID]
  /// By frame, where it stands in `frames`.
  private let order: [CallTreeID: Int]

  /// The most frames that are looked through.
  static let maximum = 200_000

  /// - Complexity: O(*n*) in frames of the tree, up to `maximum`.
  init(_ tree: CallTree) {
    self.tree = tree
    var frames: [CallTreeID] = []
    var pending = Array(tree.children(of: .root).reversed())
    while let frame = pending.popLast(), frames.count < Self.maximum {
      frames.append(frame)
      if tree.hasChildren(frame) { pending.append(contentsOf: tree.children(of: frame).reversed()) }
    }
    self.frames = frames
    order = Dictionary(uniqueKeysWithValues: frames.enumerated().map { ($1, $0) })
  }

  func find(_ step: SearchStep, _ matches: SearchMatches, from frame: CallTreeID) -> (
    frame: CallTreeID, position: SearchPosition
  )? {
    let places = frames.indices.filter { matches[tree.node(of: frames[$0])] }
    let origin = order[frame] ?? frames.count
    return SearchPosition.find(step, in: places, from: origin).map { (frames[$0.row], $0.position) }
  }
}
