import ProfileAnalysis
import ProfileModel

/// Who calls a node and whom it calls, with the weight of each call, as `pprof -peek` counts them.
///
/// A sample counts once for each pair of caller and callee, and calls of a node by itself do not count.
package struct Neighbours: Sendable {
  package typealias Call = NodeCalls.Call

  /// The largest weight first.
  package let callers: [Call]
  /// The largest weight first.
  package let callees: [Call]

  /// - Complexity: that of `NodeCalls`.
  init(of node: NodeID, _ profile: Profile, _ nodes: NodeTable, values: Column<Int64>) {
    let calls = NodeCalls(of: node, profile, nodes, values: values)
    callers = Self.ordered(calls.callers, nodes)
    callees = Self.ordered(calls.callees, nodes)
  }

  private init(callers: [Call], callees: [Call]) {
    self.callers = callers
    self.callees = callees
  }

  /// The same with weights that are so many times as large.
  func scaled(by factor: Int64) -> Neighbours {
    func scaled(_ calls: [Call]) -> [Call] {
      calls.map { Call(node: $0.node, weight: $0.weight &* factor) }
    }
    return Neighbours(callers: scaled(callers), callees: scaled(callees))
  }

  /// The largest weight first, equal ones by name.
  static func ordered(_ calls: [Call], _ nodes: NodeTable) -> [Call] {
    calls.sorted { left, right in
      let (a, b) = (left.weight.magnitude, right.weight.magnitude)
      if a != b { return a > b }
      let names = nodes.strings.compare(nodes.names[left.node.index], nodes.names[right.node.index])
      return names == 0 ? left.node < right.node : names < 0
    }
  }
}
