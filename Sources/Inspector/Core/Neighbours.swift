import ProfileAnalysis
import ProfileModel

/// Who calls a node and whom it calls, with the weight of each call, as `pprof -peek` counts them.
///
/// A sample counts once for each pair of caller and callee, and calls of a node by itself do not count.
package struct Neighbours: Sendable {
  /// A node on the other end of calls, and the sum of the samples that made them.
  package struct Call: Hashable, Sendable {
    package let node: NodeID
    package let weight: Int64
  }

  /// The largest weight first.
  package let callers: [Call]
  /// The largest weight first.
  package let callees: [Call]

  /// - Complexity: O(*n*) in the frames of all samples; hardly more than looking at each once.
  init(of node: NodeID, _ profile: Profile, _ nodes: NodeTable, values: Column<Int64>) {
    let isHit = profile.locations.indices.map { location in
      nodes[LocationID(location)].contains(node)
    }
    let weights = StackWeights.compute(profile, values: values)
    var calls = Calls()
    calls.add(profile.stacks, weights, nodes, of: node, where: Column(isHit))
    callers = Self.ordered(calls.callers, nodes)
    callees = Self.ordered(calls.callees, nodes)
  }

  private struct Calls {
    var callers: [NodeID: Int64] = [:]
    var callees: [NodeID: Int64] = [:]
    // Within one stack.
    private var seenCallers: Set<NodeID> = []
    private var seenCallees: Set<NodeID> = []

    mutating func add(
      _ stacks: StackTable, _ weights: Column<Int64>, _ nodes: NodeTable, of node: NodeID,
      where isHit: Column<Bool>
    ) {
      let starts = stacks.starts.span
      let frames = stacks.locations.span
      let weights = weights.span
      let isHit = isHit.span
      for stack in weights.indices where weights[stack] != 0 {
        let range = Int(starts[stack])..<Int(starts[stack &+ 1])
        for frame in range where isHit[frames[frame].index] {
          add(stacks.locations[range], weights[stack], nodes, of: node)
          break
        }
      }
    }

    private mutating func add(
      _ frames: Slice<Column<LocationID>>, _ weight: Int64, _ nodes: NodeTable, of node: NodeID
    ) {
      seenCallers.removeAll(keepingCapacity: true)
      seenCallees.removeAll(keepingCapacity: true)
      var callee = NodeID.none
      for frame in frames {
        for caller in nodes[frame] {
          if caller != callee, !callee.isNone {
            if caller == node, seenCallees.insert(callee).inserted {
              callees[callee, default: 0] &+= weight
            }
            if callee == node, seenCallers.insert(caller).inserted {
              callers[caller, default: 0] &+= weight
            }
          }
          callee = caller
        }
      }
    }
  }

  private static func ordered(_ weights: [NodeID: Int64], _ nodes: NodeTable) -> [Call] {
    weights.map { Call(node: $0.key, weight: $0.value) }.sorted { left, right in
      let (a, b) = (left.weight.magnitude, right.weight.magnitude)
      if a != b { return a > b }
      let names = nodes.strings.compare(nodes.names[left.node.index], nodes.names[right.node.index])
      return names == 0 ? left.node < right.node : names < 0
    }
  }
}
