import ProfileModel

/// Finds the entries of a graph on a sample's stack.
struct SamplePath {
  /// The entries, each once.
  private(set) var entries: [Int] = []
  /// The entry whose own the sample is; nil where that is not in the graph.
  private(set) var leaf: Int?

  // Samples are asked about by their labels, in no order of their stacks.
  private let stackStarts: Column<UInt32>
  private let locations: Column<LocationID>
  private let table: NodeTable
  private let tree: CallTreeEdges?
  private var lastSeen: [Int]
  private var round = 0

  init(_ profile: Profile, table: NodeTable, tree: CallTreeEdges?) {
    (stackStarts, locations) = profile.stacks.writtenOut()
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
    let range = Int(stackStarts[stack.index])..<Int(stackStarts[stack.index + 1])
    for position in range.reversed() {
      let rows = table.range(of: locations[position])
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
