import ProfileAnalysis

/// Nodes in the order of their names in reports.
struct RankedNodes: Sendable {
  private(set) var nodes: [NodeID]
  /// The place of each node's name among the names; equal names have equal ranks.
  private(set) var ranks: [UInt32]

  /// - Complexity: O(*n* log *n*) in nodes.
  init(_ nodes: [NodeID], in table: NodeTable) {
    (self.nodes, ranks) = (nodes, table.nameRanks(of: nodes))
    placeByRank(below: nodes.count)
  }

  /// - Parameter order: that of the functions' names.
  /// - Complexity: O(*n*) in nodes of functions whose names are in order; O(*n* log *n*) in others, or
  ///   where these are many.
  init(_ nodes: [NodeID], in table: NodeTable, by order: NameOrder?) {
    guard let order else {
      self.init(nodes, in: table)
      return
    }
    if nodes.allSatisfy({ table.addresses[$0.index] != 0 }) {
      self.init(byAddress: nodes, in: table, order)
      return
    }
    let others = nodes.filter { order.rank(of: $0, in: table) == nil }
    guard others.count <= nodes.count / 16 else {
      self.init(nodes, in: table)
      return
    }
    self.init(known: nodes, in: table, order)
    if !others.isEmpty { insert(RankedNodes(others, in: table), table) }
  }

  /// Those of the nodes that are known to the order.
  private init(known nodes: [NodeID], in table: NodeTable, _ order: NameOrder) {
    (self.nodes, ranks) = ([], [])
    for node in nodes {
      guard let rank = order.rank(of: node, in: table) else { continue }
      self.nodes.append(node)
      ranks.append(rank)
    }
    placeByRank(below: order.count)
    rankWithinRuns(in: table, order)
  }

  private init(byAddress nodes: [NodeID], in table: NodeTable, _ order: NameOrder) {
    let sorted = nodes.map { (address: table.addresses[$0.index], node: $0) }
      .sorted { $0.address < $1.address }
    self.nodes = sorted.map(\.node)
    ranks = [UInt32](repeating: 0, count: nodes.count)
    for index in sorted.indices.dropFirst() {
      let isEqual = sorted[index].address == sorted[index - 1].address
      ranks[index] = isEqual ? ranks[index - 1] : UInt32(index)
    }
    rankWithinRuns(in: table, order)
  }

  /// Puts a few other nodes where they belong.
  private mutating func insert(_ others: RankedNodes, _ table: NodeTable) {
    var (sorted, sortedRanks): ([NodeID], [UInt32]) = ([], [])
    sorted.reserveCapacity(nodes.count + others.nodes.count)
    sortedRanks.reserveCapacity(nodes.count + others.nodes.count)
    var next = 0
    func append(_ node: NodeID, isEqual: Bool) {
      sortedRanks.append(isEqual ? sortedRanks.last ?? 0 : UInt32(sorted.count))
      sorted.append(node)
    }
    func appendKnown(upTo end: Int) {
      for index in next..<end {
        let isEqual =
          index == next
          ? sorted.last.map { table.compareNames($0, nodes[index]) } == 0
          : ranks[index] == ranks[index - 1]
        append(nodes[index], isEqual: isEqual)
      }
      next = end
    }
    for node in others.nodes {
      var (low, high) = (next, nodes.count)
      while low < high {
        let middle = (low + high) / 2
        if table.compareNames(nodes[middle], node) < 0 { low = middle + 1 } else { high = middle }
      }
      appendKnown(upTo: low)
      append(node, isEqual: sorted.last.map { table.compareNames($0, node) } == 0)
    }
    appendKnown(upTo: nodes.count)
    (nodes, ranks) = (sorted, sortedRanks)
  }

  /// Sorts by rank; nodes of equal ranks stay in order.
  private mutating func placeByRank(below count: Int) {
    var places = [UInt32](repeating: 0, count: count)
    for rank in ranks { places[Int(rank)] += 1 }
    var next: UInt32 = 0
    for rank in places.indices { (places[rank], next) = (next, next + places[rank]) }
    var (sorted, sortedRanks) = (nodes, ranks)
    for (node, rank) in zip(nodes, ranks) {
      let place = Int(places[Int(rank)])
      places[Int(rank)] += 1
      (sorted[place], sortedRanks[place]) = (node, rank)
    }
    (nodes, ranks) = (sorted, sortedRanks)
  }

  /// Sorts nodes whose names begin alike, with one function or address, by all of their names.
  private mutating func rankWithinRuns(in table: NodeTable, _ order: NameOrder) {
    var start = 0
    while start < nodes.count {
      var end = start + 1
      while end < nodes.count, ranks[end] == ranks[start] { end += 1 }
      if end - start > 1 {
        nodes[start..<end].sort { order.compare($0, $1, in: table) < 0 }
      }
      ranks[start] = UInt32(start)
      for index in start + 1..<end {
        let isEqual = order.compare(nodes[index - 1], nodes[index], in: table) == 0
        ranks[index] = isEqual ? ranks[index - 1] : UInt32(index)
      }
      start = end
    }
  }

  /// Those of the nodes that `isIncluded` answers true for.
  func filtered(_ isIncluded: (NodeID) -> Bool) -> RankedNodes {
    var result = self
    var count = 0
    for index in nodes.indices where isIncluded(nodes[index]) {
      result.nodes[count] = nodes[index]
      result.ranks[count] = ranks[index]
      count += 1
    }
    result.nodes.removeLast(nodes.count - count)
    result.ranks.removeLast(ranks.count - count)
    return result
  }
}
