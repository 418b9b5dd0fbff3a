import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

struct InlineMarksTests {
  /// `name mark` of each node that is marked.
  private func marks(
    _ profile: Profile, removing removed: Set<String> = [], minimumWeight: Int64 = 0
  ) -> Set<String> {
    let nodes = NodeTable(profile, granularity: .functions)
    let names = nodes.indices.map { nodes.printableName(of: NodeID($0)) }
    let marks = InlineMarks.compute(
      profile, nodes: nodes, values: profile.samples.values[0],
      isKept: names.map { !removed.contains($0) }, minimumWeight: minimumWeight)
    return Set(zip(names, marks).filter { $1 != .none }.map { "\($0) \($1)" })
  }

  @Test func `a call that is always inlined marks its callee`() {
    #expect(marks(Profile.stacks(["main|helper;leaf": 1])) == ["helper whole"])
  }

  @Test func `a caller that does not inline makes the mark partial`() {
    let profile = Profile.stacks(["main|helper": 1, "main;other;helper": 1])
    #expect(marks(profile) == ["helper partial"])
  }

  @Test func `one call that is not inlined clears the mark of its caller for good`() {
    #expect(marks(Profile.stacks(["main|f": 1, "main;f": 1, "other|f": 1])) == ["f partial"])
    #expect(marks(Profile.stacks(["main;f": 1, "main|f": 1])) == [])
  }

  @Test func `only the first call of a kind in a stack counts`() {
    #expect(marks(Profile.stacks(["main|f;main;f": 1])) == ["f whole"])
    #expect(marks(Profile.stacks(["main;f;main|f": 1])) == [])
  }

  @Test func `a call from a removed node counts as one from the nearest that is kept`() {
    let profile = Profile.stacks(["main|f|g": 1, "main;g": 1])
    #expect(marks(profile, removing: ["f"]) == [])
    #expect(marks(profile) == ["f whole", "g partial"])
  }

  @Test func `calls within one function need no mark`() {
    #expect(marks(Profile.stacks(["f|f": 1])) == [])
  }

  @Test func `a node without callers that are kept has no mark`() {
    #expect(marks(Profile.stacks(["main|f": 1]), removing: ["main"]) == [])
  }

  @Test func `calls that weigh too little do not count`() {
    let profile = Profile.stacks(["main|f": -10, "other;f": 9])
    #expect(marks(profile, minimumWeight: 10) == ["f whole"])
    #expect(marks(profile, minimumWeight: 9) == ["f partial"])
  }

  @Test func `samples of value 0 do not count unless they have a divisor`() {
    let profile = Profile.stacks(["main|f": 0])
    #expect(marks(profile) == [])
    let nodes = NodeTable(profile, granularity: .functions)
    let marks = InlineMarks.compute(
      profile, nodes: nodes, values: [0], divisors: [1], isKept: [true, true])
    #expect(Array(marks) == [.whole, .none])
  }

  @Test func `any number of calls inlined at one place is marked`() {
    let profile = Profile.stacks(["a|b|c|d|e|f|g;h": 1])
    #expect(marks(profile) == ["b whole", "c whole", "d whole", "e whole", "f whole", "g whole"])
    #expect(marks(profile, removing: ["c", "d"]) == ["b whole", "e whole", "f whole", "g whole"])
  }

  @Test func `thousands of calls keep apart`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    for index in 0..<2000 {
      let separator = index % 2 == 0 ? "|" : ";"
      builder.addSample(builder.locations("f\(index)\(separator)g\(index)"), values: [1])
    }
    #expect(marks(builder.finish()) == Set((0..<1000).map { "g\($0 * 2) whole" }))
  }

  @Test func `marks are those of a graph with every call`() {
    var random = SplitMix(state: 4)
    for _ in 0..<200 {
      let profile = random.profile()
      let nodes = NodeTable(profile, granularity: .functions)
      let isKept = nodes.indices.map { _ in random.next(below: 4) > 0 }
      let minimum = Int64(random.next(below: 6))
      let marks = InlineMarks.compute(
        profile, nodes: nodes, values: profile.samples.values[0], isKept: isKept,
        minimumWeight: minimum)
      #expect(Array(marks) == reference(profile, nodes, isKept, minimum))
    }
  }

  private func reference(
    _ profile: Profile, _ nodes: NodeTable, _ isKept: [Bool], _ minimum: Int64
  ) -> [InlineMark] {
    struct Call: Hashable { var caller, callee: NodeID }
    var calls: [Call: (weight: Int64, isInlined: Bool)] = [:]
    for sample in profile.samples.indices where profile.samples.values[0][sample] != 0 {
      var seen: Set<Call> = []
      var caller: NodeID?
      for location in profile.stacks[profile.samples.stacks[sample]].reversed() {
        for (index, node) in nodes[location].enumerated().reversed() where isKept[node.index] {
          if let caller, caller != node, seen.insert(Call(caller: caller, callee: node)).inserted {
            let isInlined = index != nodes[location].count - 1
            let old = calls[Call(caller: caller, callee: node)] ?? (0, true)
            calls[Call(caller: caller, callee: node)] = (
              old.weight + profile.samples.values[0][sample], old.isInlined && isInlined
            )
          }
          caller = node
        }
      }
    }
    return nodes.indices.map { node in
      let inward = calls.filter {
        $0.key.callee.index == node && abs($0.value.weight) >= minimum
      }
      guard inward.contains(where: \.value.isInlined) else { return .none }
      return inward.allSatisfy(\.value.isInlined) ? .whole : .partial
    }
  }
}
