import ProfileModel

/// Node totals while they are added up, stack by stack.
struct NodeSummation: ~Copyable {
  private var sums: PathSums
  private var flat: ColumnBuilder<Int64>

  init(nodeCount: Int) {
    sums = PathSums(
      count: nodeCount + 1, spareRow: UInt32(truncatingIfNeeded: nodeCount))
    flat = ColumnBuilder(capacity: nodeCount)
    flat.append(repeating: 0, count: nodeCount)
  }

  /// Adds the weight of each stack in `range` to its nodes.
  mutating func add(
    _ stacks: StackTable, in range: Range<Int>, weights: Column<Int64>, _ nodes: NodeTable,
    _ table: LocationLanes
  ) {
    var steps = StackSteps(stacks)
    let rows = table.rows.span
    let weights = weights.span
    for stack in range {
      let weight = weights[stack]
      if weight == 0 { continue }
      steps.move(to: stack)
      let shared = steps.shared
      let own = steps.own
      for index in own.indices { table.rows.fetchAhead(own[index].index) }
      var left = own.count
      if left &+ shared == 0 { continue }
      let leaf =
        left > 0 ? own[0] : stacks.location(of: StackID(stack), atDepth: UInt32(shared - 1))
      var tail = sums.makeRoom(after: shared, locations: left)
      while left > 0 {
        left &-= 1
        let row = rows[own[left].index]
        tail.enterLocation()
        tail.append(row.lanes, count: row.count)
        if row.count == 0 {
          let all = nodes[own[left]].lazy.map(\.rawValue)
          tail = sums.extend(to: tail, appending: all, locations: left)
        }
      }
      sums.extend(to: tail)
      sums.add(weight)
      let row = rows[leaf.index]
      let node = row.count > 0 ? Int(row.lanes[0]) : nodes[leaf].first?.index ?? 0
      flat[node] = flat[node] &+ weight
    }
    sums.closeAll()
  }

  consuming func finish(total: Int64) -> NodeTotals {
    var cumulative = ColumnBuilder<Int64>(capacity: flat.count)
    for node in 0..<flat.count { cumulative.append(sums.sums[node].weight) }
    return NodeTotals(flat: flat.finish(), cumulative: cumulative.finish(), total: total)
  }
}
