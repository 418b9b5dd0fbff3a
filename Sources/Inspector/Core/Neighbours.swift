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
    let isHit = nodes.locations { $0 == node }
    let weights = StackWeights.compute(profile, values: values)
    var calls = Calls(nodeCount: nodes.count)
    calls.add(profile.stacks, weights, nodes, of: node, where: isHit)
    callers = Self.ordered(calls.callers, nodes)
    callees = Self.ordered(calls.callees, nodes)
  }

  private struct Calls {
    var callers: [NodeID: Int64] = [:]
    var callees: [NodeID: Int64] = [:]
    /// By node, the stack in which it was last met as a caller or callee, counted from 1.
    private var callerStacks: [UInt32]
    private var calleeStacks: [UInt32]

    init(nodeCount: Int) {
      callerStacks = Array(repeating: 0, count: nodeCount)
      calleeStacks = Array(repeating: 0, count: nodeCount)
    }

    mutating func add(
      _ stacks: StackTable, _ weights: Column<Int64>, _ nodes: NodeTable, of node: NodeID,
      where isHit: Column<Bool>
    ) {
      var flags = StackFlags(stacks, where: isHit)
      let weights = weights.span
      let isHit = isHit.span
      for stack in weights.indices where weights[stack] != 0 && flags.move(to: stack) != 0 {
        let frames = flags.cursor.locations
        guard let frame = frames.indices.first(where: { isHit[frames[$0].index] }) else { continue }
        // What calls a frame that is hit stands right before or after it.
        add(
          max(frame &- 1, 0)..<frames.count, UInt32(truncatingIfNeeded: stack &+ 1),
          weights[stack], frames, nodes, of: node)
      }
    }

    private mutating func add(
      _ range: Range<Int>, _ stack: UInt32, _ weight: Int64, _ frames: Span<LocationID>,
      _ nodes: NodeTable, of node: NodeID
    ) {
      let starts = nodes.locationStarts.span
      let all = nodes.locationNodes.span
      var callee = NodeID.none
      for frame in range {
        let location = frames[frame].index
        for index in Int(starts[location])..<Int(starts[location &+ 1]) {
          let caller = all[index]
          if caller != callee, !callee.isNone {
            if caller == node {
              if calleeStacks[callee.index] != stack {
                calleeStacks[callee.index] = stack
                callees[callee, default: 0] &+= weight
              }
            } else if callee == node, callerStacks[caller.index] != stack {
              callerStacks[caller.index] = stack
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
