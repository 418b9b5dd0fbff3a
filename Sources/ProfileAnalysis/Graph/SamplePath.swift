import ProfileModel

/// Finds the entries of a graph on a sample's stack.
struct SamplePath: ~Copyable {
  /// The entries, each once.
  private(set) var entries: [Int] = []
  /// The entry whose own the sample is; nil where that is not in the graph.
  private(set) var leaf: Int?

  private var cursor: StackCursor
  private let table: NodeTable
  private let tree: CallTreeEdges?
  private var lastSeen: [Int]
  private var round = 0

  init(_ profile: Profile, table: NodeTable, tree: CallTreeEdges?) {
    cursor = StackCursor(profile.stacks)
    self.table = table
    self.tree = tree
    lastSeen = Array(repeating: 0, count: tree?.nodes.count ?? table.count)
  }

  /// - Parameter isKept: by entry, whether it is in the graph; nil for all.
  mutating func follow(_ stack: StackID, isKept: [Bool]?) {
    entries.removeAll(keepingCapacity: true)
    leaf = nil
    round += 1
    var parent: Int?
    cursor.move(to: stack.index)
    for position in (0..<cursor.depth).reversed() {
      let rows = table.range(of: cursor.locations[position])
      for row in rows.reversed() {
        let node = table.locationNodes[row]
        var entry = node.index
        if let tree {
          guard let found = tree.entry(for: node, under: parent) else { return }
          entry = found
        }
        parent = entry
        leaf = isKept?[entry] ?? true ? entry : nil
        guard leaf != nil, lastSeen[entry] != round else { continue }
        lastSeen[entry] = round
        entries.append(entry)
      }
    }
  }
}
