import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

struct CallTreePropertyTests {
  private struct Sums: Equatable {
    var flat: Int64 = 0
    var cumulative: Int64 = 0
  }

  /// Every path of the profile with its sums, found the slow way.
  private func paths(
    _ profile: Profile, _ nodes: NodeTable, _ options: CallTreeOptions
  ) -> [[NodeID]: Sums] {
    var sums: [[NodeID]: Sums] = [:]
    for sample in profile.samples.indices {
      let value = profile.samples.values[0][sample]
      var path: [NodeID] = []
      let stack = profile.stacks[profile.samples.stacks[sample]].flatMap { Array(nodes[$0]) }
      for node in options.isInverted ? stack : stack.reversed()
      where !(options.foldsRecursion && path.last == node) {
        path.append(node)
        sums[path, default: Sums()].cumulative += value
      }
      sums[path, default: Sums()].flat += value
      sums[[], default: Sums()].cumulative += value
    }
    return sums
  }

  private static let layouts = [false, true].flatMap { isInverted in
    [false, true].map { CallTreeOptions(isInverted: isInverted, foldsRecursion: $0) }
  }

  @Test(arguments: layouts)
  func `every path has the sums of the samples that have it`(options: CallTreeOptions) {
    var random = SplitMix(state: 11)
    for _ in 0..<150 {
      let profile = random.profile()
      let nodes = NodeTable(profile, granularity: .functions)
      let tree = CallTree(
        profile, nodes: nodes, values: profile.samples.values[0], options: options)
      var expected = paths(profile, nodes, options)
      expected[[]] = expected[[]] ?? Sums()
      var pending = [CallTreeID.root]
      while let id = pending.popLast() {
        let frame = tree[id]
        let sums = expected.removeValue(forKey: tree.nodes(onPathTo: id))
        #expect(sums == Sums(flat: frame.flat, cumulative: frame.cumulative))
        let children = tree.children(of: id)
        #expect(frame.hasChildren == !children.isEmpty)
        #expect(children.allSatisfy { tree.parent(of: $0) == id })
        let sum = children.reduce(frame.flat) { $0 + tree.cumulative(of: $1) }
        #expect(sum == frame.cumulative)
        pending += children
      }
      // What is left are paths of samples that cancel each other out, or of none.
      #expect(expected.values.allSatisfy { $0 == Sums() })
    }
  }

  @Test func `the order in which frames are opened makes no difference`() {
    var random = SplitMix(state: 12)
    for _ in 0..<50 {
      let profile = random.profile()
      let nodes = NodeTable(profile, granularity: .functions)
      let values = profile.samples.values[0]
      let depthFirst = CallTree(profile, nodes: nodes, values: values)
      let breadthFirst = CallTree(profile, nodes: nodes, values: values)
      var pending = [CallTreeID.root]
      while !pending.isEmpty { pending += breadthFirst.children(of: pending.removeFirst()) }
      pending = [.root]
      while let id = pending.popLast() {
        let twin = breadthFirst.deepestFrame(along: depthFirst.nodes(onPathTo: id))
        let children = depthFirst.children(of: id)
        #expect(
          children.map { depthFirst.node(of: $0) }
            == breadthFirst.children(of: twin).map { breadthFirst.node(of: $0) })
        pending += children
      }
    }
  }
}
