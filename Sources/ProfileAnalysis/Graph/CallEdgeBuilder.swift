import ProfileModel

/// Finds the calls between the entries of a node table.
///
/// One pass over the frames of the stacks that count, with one hash look-up for each call.
struct CallEdgeBuilder: ~Copyable {
  /// The entries that are in the graph, by index; nil for all. Others are bridged.
  private let kept: [Bool]?
  private var edges = ColumnBuilder<Edge>()
  /// Edges by hash of caller and callee, open addressing; its size is a power of two.
  private var slots = [UInt32](repeating: .max, count: 1024)

  private struct Edge: BitwiseCopyable {
    var source: UInt32
    var target: UInt32
    var weight: Int64
    var divisor: Int64
    var lastStack: UInt32
    var isResidual: Bool
    var isInline: Bool
  }

  private init(kept: [Bool]?) {
    self.kept = kept
  }

  /// The calls that the samples of the profile made, in the order in which they are met.
  static func edges(
    of profile: Profile, nodes: NodeTable, weights: GraphWeights, kept: [Bool]?
  ) -> [CallEdge] {
    var builder = CallEdgeBuilder(kept: kept)
    builder.add(profile.stacks, weights.byStack(of: profile), nodes)
    return builder.finish()
  }

  private mutating func add(
    _ stacks: StackTable, _ weights: GraphWeights.OfStacks, _ nodes: NodeTable
  ) {
    var cursor = StackCursor(stacks)
    let nodeStarts = nodes.locationStarts.span
    let locationNodes = nodes.locationNodes.span
    let values = weights.values.span
    for stack in values.indices where weights.areActive[stack] {
      let weight = values[stack]
      let divisor = weights.divisors?[stack] ?? 0
      var parent = -1
      var isResidual = false
      cursor.move(to: stack)
      let locations = cursor.locations
      var position = locations.count
      while position > 0 {
        position &-= 1
        let location = locations[position].index
        let (start, end) = (Int(nodeStarts[location]), Int(nodeStarts[location &+ 1]))
        var row = end
        while row > start {
          row &-= 1
          let node = locationNodes[row].index
          if let kept, !kept[node] {
            isResidual = true
            continue
          }
          if parent >= 0, parent != node {
            add(
              from: parent, to: node, weight, divisor, stack: UInt32(truncatingIfNeeded: stack),
              isResidual: isResidual, isInline: row != end &- 1)
          }
          parent = node
          isResidual = false
        }
      }
    }
  }

  private mutating func add(
    from source: Int, to target: Int, _ weight: Int64, _ divisor: Int64, stack: UInt32,
    isResidual: Bool, isInline: Bool
  ) {
    let mask = slots.count - 1
    var slot =
      Self.hash(UInt32(truncatingIfNeeded: source), UInt32(truncatingIfNeeded: target))
      & mask
    while slots[slot] != .max {
      let index = Int(slots[slot])
      var edge = edges[index]
      if Int(edge.source) == source, Int(edge.target) == target {
        // A call counts once in a stack, as it was when first met.
        guard edge.lastStack != stack else { return }
        edge.lastStack = stack
        edge.weight &+= weight
        edge.divisor &+= divisor
        edge.isResidual = edge.isResidual || isResidual
        edge.isInline = edge.isInline && isInline
        edges[index] = edge
        return
      }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = UInt32(edges.count)
    edges.append(
      Edge(
        source: UInt32(source), target: UInt32(target), weight: weight, divisor: divisor,
        lastStack: stack, isResidual: isResidual, isInline: isInline))
    if edges.count &* 2 > slots.count { growSlots() }
  }

  private consuming func finish() -> [CallEdge] {
    (0..<edges.count).map { index in
      let edge = edges[index]
      return CallEdge(
        source: Int(edge.source), target: Int(edge.target), weight: edge.weight,
        divisor: edge.divisor, isResidual: edge.isResidual, isInline: edge.isInline)
    }
  }

  private mutating func growSlots() {
    var larger = [UInt32](repeating: .max, count: slots.count * 2)
    let mask = larger.count - 1
    for index in 0..<edges.count {
      var slot = Self.hash(edges[index].source, edges[index].target) & mask
      while larger[slot] != .max { slot = (slot &+ 1) & mask }
      larger[slot] = UInt32(index)
    }
    slots = larger
  }

  /// From the upper bits of the product, which depend on both.
  private static func hash(_ source: UInt32, _ target: UInt32) -> Int {
    let key = UInt64(source) << 32 | UInt64(target)
    return Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 32)
  }
}
