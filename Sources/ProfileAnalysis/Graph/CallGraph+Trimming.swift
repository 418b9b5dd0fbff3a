import ProfileModel

extension CallGraph {
  /// The graph of a profile, cut down in pprof's steps: entries that cost too little, then all but
  /// the first so many, then calls that cost too little.
  ///
  /// Entries that are left out are bridged by residual calls.
  /// - Parameter demand: what is wanted of the calls; marks alone are found faster.
  /// - Complexity: O(*n*) in the frames of distinct stacks.
  public static func trimmed(
    _ profile: Profile, table: NodeTable, weights: GraphWeights, limits: GraphLimits,
    demand: GraphDemand = .allCalls
  ) -> CallGraph {
    let totals = GraphTotals(profile, nodes: table, weights: weights)
    var graph = CallGraph(table: table, totals: totals)
    graph.entries = totals.entries(dropsNegative: limits.dropsNegative)
    let cutoffs = graph.cutoffs(limits)
    var isCut = graph.dropLightEntries(cutoffs.node)
    graph.originalCount = graph.entries.count

    graph.nameEntries()
    graph.sort(by: limits.order)
    if limits.nodeCount > 0 {
      let selected = graph.selected(first: limits.nodeCount)
      if selected.count != graph.entries.count { isCut = true }
      graph.entries = selected
    }
    switch demand {
    case .inlineMarks:
      graph.inlineMarks = InlineMarks.compute(
        profile, nodes: table, values: weights.values, divisors: weights.divisors,
        isKept: isCut ? graph.shownMask() : Array(repeating: true, count: table.count),
        minimumWeight: cutoffs.edge)
    case .allCalls:
      graph.edges = CallEdgeBuilder.edges(
        of: profile, nodes: table, weights: weights, kept: isCut ? graph.shownMask() : nil)
      _ = graph.dropLightEdges(cutoffs.edge)
      graph.nameEntries()
      graph.indexEdges()
    }
    return graph
  }

  /// The values below which entries and calls are left out.
  func cutoffs(_ limits: GraphLimits) -> (node: Int64, edge: Int64) {
    let total = entries.reduce(0) { $0 &+ totals.flat[$1] }
    return (
      GraphLimits.cutoff(total, limits.nodeFraction), GraphLimits.cutoff(total, limits.edgeFraction)
    )
  }

  /// Drops entries that cost less than `cutoff` with all that they call; false if none does.
  mutating func dropLightEntries(_ cutoff: Int64) -> Bool {
    guard cutoff > 0 else { return false }
    let before = entries.count
    entries.removeAll { totals.cumulative[$0].wrappingMagnitude < cutoff }
    droppedEntries = before - entries.count
    return droppedEntries > 0
  }

  /// The first so many entries.
  ///
  /// The one number that has no magnitude is less than any for pprof, and costs its entry the place.
  func selected(first count: Int) -> [Int] {
    entries.prefix(count).filter { totals.cumulative[$0] != .min }
  }

  /// Drops calls into shown entries that cost less than `cutoff`, and tells how many.
  mutating func dropLightEdges(_ cutoff: Int64) -> Int {
    let isShown = shownMask()
    let before = edges.count
    edges.removeAll { isShown[$0.target] && $0.weight.wrappingMagnitude < cutoff }
    return before - edges.count
  }

  /// By entry, whether it is shown.
  func shownMask() -> [Bool] {
    var mask = [Bool](repeating: false, count: totals.count)
    for entry in entries { mask[entry] = true }
    return mask
  }

  /// Names the entries that are shown or called.
  mutating func nameEntries() {
    var isNamed = [Bool](repeating: false, count: table.count)
    for entry in entries { isNamed[node(of: entry).index] = true }
    for edge in edges {
      isNamed[node(of: edge.source).index] = true
      isNamed[node(of: edge.target).index] = true
    }
    names = PrintableNames(
      of: isNamed.indices.lazy.filter { isNamed[$0] }.map(NodeID.init), in: table)
  }
}
