import ProfileModel

/// Node totals while they are added up, stack by stack.
struct NodeSummation: ~Copyable {
  /// A node's sum beside the stack it was last added for: they are touched together.
  struct Sum: BitwiseCopyable {
    var cumulative: Int64 = 0
    var lastStack: UInt32 = .max
  }

  private var sums: ColumnBuilder<Sum>
  private var flat: ColumnBuilder<Int64>
  /// The nodes of one stack, with repetitions.
  private var frames = ColumnBuilder<UInt32>(capacity: 256)

  init(nodeCount: Int) {
    sums = ColumnBuilder(capacity: nodeCount)
    sums.append(repeating: Sum(), count: nodeCount)
    flat = ColumnBuilder(capacity: nodeCount)
    flat.append(repeating: 0, count: nodeCount)
  }

  /// Adds the weight of each stack to its nodes.
  mutating func add(
    _ stacks: StackTable, weights: Column<Int64>, _ nodes: NodeTable, _ table: LocationLanes
  ) {
    let starts = stacks.starts.span
    let locations = stacks.locations.span
    let lanes = table.lanes.span
    let counts = table.counts.span
    let weights = weights.span
    for stack in weights.indices {
      let weight = weights[stack]
      let (first, end) = (Int(starts[stack]), Int(starts[stack &+ 1]))
      if weight == 0 || first == end { continue }
      let number = UInt32(truncatingIfNeeded: stack)
      frames.truncate(to: 0)
      for position in first..<end {
        let location = locations[position].index
        let lane = lanes[location]
        let count = Int(counts[location])
        frames.append(upTo: LocationLanes.width) { room in
          // All lanes fit the room made for them; those beyond `count` are overwritten by the next.
          UnsafeMutableRawPointer(room).storeBytes(of: lane, as: SIMD4<UInt32>.self)
          return count
        }
        if count == 0 { add(weight, stack: number, to: nodes, at: location) }
      }
      for index in 0..<frames.count { add(weight, stack: number, to: Int(frames[index])) }
      let leaf = Int(lanes[locations[first].index][0])
      flat[leaf] = flat[leaf] &+ weight
    }
  }

  consuming func finish(total: Int64) -> NodeTotals {
    var cumulative = ColumnBuilder<Int64>(capacity: sums.count)
    for node in 0..<sums.count { cumulative.append(sums[node].cumulative) }
    return NodeTotals(flat: flat.finish(), cumulative: cumulative.finish(), total: total)
  }

  /// Adds the weight to a node, once for each stack.
  @inline(__always) private mutating func add(_ weight: Int64, stack: UInt32, to node: Int) {
    let sum = sums[node]
    if sum.lastStack != stack {
      sums[node] = Sum(cumulative: sum.cumulative &+ weight, lastStack: stack)
    }
  }

  /// The same for the nodes of a location that has more of them than lanes.
  @inline(never) private mutating func add(
    _ weight: Int64, stack: UInt32, to nodes: NodeTable, at location: Int
  ) {
    for node in nodes[LocationID(location)] { add(weight, stack: stack, to: node.index) }
  }
}
