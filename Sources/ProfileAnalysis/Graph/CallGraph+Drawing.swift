import ProfileModel

extension CallGraph {
  /// The graph of a profile, cut down for a drawing or for callgrind.
  ///
  /// - Parameters:
  ///   - isTree: whether every way to an entry is an entry of its own.
  ///   - tagging: how labels of samples become tags of entries; nil for none.
  public static func drawn(
    _ profile: Profile, table: NodeTable, weights: GraphWeights, limits: GraphLimits,
    isTree: Bool, tagging: GraphTagging?
  ) -> CallGraph {
    let tree = isTree ? CallTreeEdges(profile, nodes: table, weights: weights) : nil
    var graph =
      tree.map { CallGraph(table: table, totals: $0.totals, treeNodes: $0.nodes) }
      ?? CallGraph(table: table, totals: GraphTotals(profile, nodes: table, weights: weights))
    graph.edges = tree?.edges ?? []
    graph.entries = graph.totals.entries(dropsNegative: limits.dropsNegative)
    let cutoffs = graph.cutoffs(limits)
    let all = graph.entries
    let isCut = graph.dropLightEntries(cutoffs.node)
    let redraw = { (graph: inout CallGraph, previous: [Int], isCut: Bool) in
      if isTree {
        if isCut { graph.bridge(removed: previous) }
      } else {
        graph.edges = CallEdgeBuilder.edges(
          of: profile, nodes: table, weights: weights, kept: isCut ? graph.shownMask() : nil)
      }
      graph.indexEdges()
    }
    redraw(&graph, all, isCut)
    graph.originalCount = graph.entries.count
    if let tagging {
      graph.tags = GraphTags(
        profile, graph: graph, tree: tree, weights: weights, tagging: tagging, cutoff: cutoffs.node)
    }

    graph.nameEntries()
    graph.sort(by: limits.order)
    if limits.nodeCount > 0 {
      let kept = graph.selected(first: graph.selectionCount(limits))
      let previous = graph.entries
      // pprof drops light calls here already; where entries go too, they are found anew.
      if isTree || kept.count == previous.count {
        _ = graph.dropLightEdges(cutoffs.edge)
        graph.indexEdges()
      }
      if kept.count != previous.count {
        graph.entries = kept
        redraw(&graph, previous, true)
        graph.sort(by: limits.order)
      }
    }
    graph.droppedEdges = graph.dropLightEdges(cutoffs.edge)
    graph.nameEntries()
    graph.indexEdges()
    if limits.order == .entropy { graph.removeRedundantEdges() }
    return graph
  }

  /// How many entries to show; tags count as entries in drawings.
  private func selectionCount(_ limits: GraphLimits) -> Int {
    guard limits.order == .entropy else { return min(limits.nodeCount, entries.count) }
    var count = 0
    for (index, entry) in entries.enumerated() {
      count += min(tags.flatCount(of: entry), GraphTags.shownPerEntry) + 1
      if count >= limits.nodeCount { return index + 1 }
    }
    return min(limits.nodeCount, entries.count)
  }

  /// Takes the entries of a tree that are no longer shown out of it; their calls go to the next
  /// entry above that is left, and those below a root that goes become roots.
  private mutating func bridge(removed previous: [Int]) {
    var isRemoved = [Bool](repeating: false, count: totals.count)
    for entry in previous { isRemoved[entry] = true }
    for entry in entries { isRemoved[entry] = false }
    var callInto = [Int](repeating: -1, count: totals.count)
    for (index, edge) in edges.enumerated() { callInto[edge.target] = index }
    edges = edges.compactMap { edge in
      guard !isRemoved[edge.target] else { return nil }
      var edge = edge
      while isRemoved[edge.source] {
        guard callInto[edge.source] >= 0 else { return nil }
        let above = edges[callInto[edge.source]]
        edge.source = above.source
        edge.isResidual = true
        edge.isInline = edge.isInline && above.isInline
      }
      return edge
    }
  }

  /// Removes residual calls whose callee can be reached from the caller in another way.
  ///
  /// Begins with the least of the last entry, and stops at an entry's first direct call, so that
  /// none goes that is heavier than one that stays.
  private mutating func removeRedundantEdges() {
    var isRemoved: Set<[Int]> = []
    for entry in entries.reversed() {
      for edge in callers(of: entry).reversed() {
        guard edge.isResidual else { break }
        if isRedundant(edge, without: isRemoved) { isRemoved.insert([edge.source, edge.target]) }
      }
    }
    guard !isRemoved.isEmpty else { return }
    edges.removeAll { isRemoved.contains([$0.source, $0.target]) }
    indexEdges()
  }

  private func isRedundant(_ edge: CallEdge, without isRemoved: Set<[Int]>) -> Bool {
    var seen: Set<Int> = [edge.target]
    var queue = [edge.target]
    var next = 0
    while next < queue.count {
      let entry = queue[next]
      next += 1
      for call in unsortedCallers(of: entry) {
        let isSame = call.source == edge.source && call.target == edge.target
        if isSame || seen.contains(call.source) || isRemoved.contains([call.source, call.target]) {
          continue
        }
        if call.source == edge.source { return true }
        seen.insert(call.source)
        queue.append(call.source)
      }
    }
    return false
  }
}
