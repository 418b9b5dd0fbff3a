import ProfileModel

/// Which nodes of a table stand for the same frames as a node of another, which was made of the same
/// profile, or of one from whose stacks frames were left out since.
struct NodeCounterparts {
  /// By node, the other table's node; `.none` for those without any frame, and for those of `others`.
  private(set) var nodes: [NodeID]
  /// The nodes that have a part of the frames of one, or frames of several.
  private(set) var others: [NodeID] = []

  /// - Parameters:
  ///   - nodes: a table of `profile`.
  ///   - oldNodes: one of `old`, of which `profile` is what is left.
  /// - Returns: nil where locations have no lines, so that nobody can tell which of them were left out.
  /// - Complexity: O(*n*) in the lines of all locations.
  init?(_ profile: Profile, _ nodes: NodeTable, from old: Profile, _ oldNodes: NodeTable) {
    var matching = Matching(count: nodes.count, oldCount: oldNodes.count)
    let isWhole = profile.hasLocations(of: old)
    guard profile.locations.count == old.locations.count else { return nil }
    for location in profile.locations.indices {
      let location = LocationID(location)
      let (rows, oldRows) = (nodes.range(of: location), oldNodes.range(of: location))
      if isWhole {
        for (row, oldRow) in zip(rows, oldRows) {
          matching.add(nodes.locationNodes[row], oldNodes.locationNodes[oldRow])
        }
        continue
      }
      let (lines, oldLines) = (
        profile.locations.lineRange(of: location), old.locations.lineRange(of: location)
      )
      guard !oldLines.isEmpty else { return nil }
      // Lines keep their order, and equal ones in one location are the same node.
      var next = 0
      for (offset, oldLine) in oldLines.enumerated() {
        let oldNode = oldNodes.locationNodes[oldRows.lowerBound + offset]
        let isKept =
          next < lines.count
          && profile.locations.lines[lines.lowerBound + next] == old.locations.lines[oldLine]
        guard isKept else {
          matching.leaveOut(oldNode)
          continue
        }
        matching.add(nodes.locationNodes[rows.lowerBound + next], oldNode)
        next += 1
      }
      guard next == lines.count else { return nil }
    }
    self.nodes = matching.counterparts.indices.map { node in
      matching.isExact(node) ? matching.counterparts[node] : .none
    }
    others = matching.counterparts.indices.filter {
      !matching.counterparts[$0].isNone && !matching.isExact($0)
    }.map { NodeID($0) }
  }

  private struct Matching {
    /// By node, the first old one that shares a frame with it.
    var counterparts: [NodeID]
    /// By old node, the first node that shares a frame with it.
    private var successors: [NodeID]
    private var isOfSeveral: [Bool]
    /// By old node, whether not all of its frames are those of one node.
    private var isDivided: [Bool]

    init(count: Int, oldCount: Int) {
      counterparts = Array(repeating: .none, count: count)
      isOfSeveral = Array(repeating: false, count: count)
      successors = Array(repeating: .none, count: oldCount)
      isDivided = Array(repeating: false, count: oldCount)
    }

    mutating func add(_ node: NodeID, _ old: NodeID) {
      if counterparts[node.index].isNone { counterparts[node.index] = old }
      if counterparts[node.index] != old { isOfSeveral[node.index] = true }
      if successors[old.index].isNone { successors[old.index] = node }
      if successors[old.index] != node { isDivided[old.index] = true }
    }

    mutating func leaveOut(_ old: NodeID) { isDivided[old.index] = true }

    func isExact(_ node: Int) -> Bool {
      let old = counterparts[node]
      return !old.isNone && !isOfSeveral[node] && !isDivided[old.index]
    }
  }
}

extension NodeTotals {
  /// The totals of a profile from those of another that has the same samples, with more frames in
  /// their stacks, or as many: leaving out a frame changes what its caller costs itself, and nothing
  /// else.
  ///
  /// - Parameters:
  ///   - nodes: a table of the profile, of any granularity.
  ///   - old: what the profile is, or what it was before frames were left out.
  ///   - oldTotals: those of the same values in `old`, by `oldNodes`.
  /// - Returns: nil where it is no less work to add them up.
  /// - Complexity: O(*n*) in stacks and in the lines of locations, and where nodes are others than
  ///   before, in what neighbouring stacks do not share.
  public static func compute(
    _ profile: Profile, nodes: NodeTable, values: Column<Int64>,
    from old: Profile, _ oldNodes: NodeTable, _ oldTotals: NodeTotals
  ) -> NodeTotals? {
    guard let counterparts = NodeCounterparts(profile, nodes, from: old, oldNodes),
      counterparts.others.count <= nodes.count / 16
    else { return nil }
    let weights = StackWeights.compute(profile, values: values)
    let leaves = PlaceSums.leaves(profile, weights: weights)
    var flat = [Int64](repeating: 0, count: nodes.count)
    let (starts, locationNodes) = (nodes.locationStarts.span, nodes.locationNodes.span)
    for location in leaves.indices {
      let leaf = locationNodes[Int(starts[location])].index
      flat[leaf] &+= leaves[location]
    }
    var cumulative = counterparts.nodes.map { $0.isNone ? 0 : oldTotals.cumulative[$0.index] }
    if !counterparts.others.isEmpty {
      let sums = NodeSubtotals(of: counterparts.others, in: nodes, profile, values: values)
      for (node, sum) in zip(counterparts.others, sums.cumulative) { cumulative[node.index] = sum }
    }
    return NodeTotals(
      flat: Column(flat), cumulative: Column(cumulative),
      total: SampleTotal.compute(profile, values: values))
  }
}
