import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

/// Sums that are found without adding up all: they are those of all.
struct PartialSumsTests {
  private static let profiles: [Profile] = {
    var random = SplitMix(state: 11)
    return (0..<80).map { _ in random.profile() }
  }()

  @Test func `the sums of some nodes are those that they have among all`() {
    var random = SplitMix(state: 5)
    for profile in Self.profiles {
      let nodes = NodeTable(profile, granularity: .functions)
      let values = profile.samples.values[0]
      let all = NodeTotals.compute(profile, nodes: nodes, values: values)
      let some = nodes.indices.filter { _ in random.next(below: 3) == 0 }.map { NodeID($0) }
      let sums = NodeSubtotals(of: some, in: nodes, profile, values: values)
      #expect(sums.flat == some.map { all.flat[$0.index] })
      #expect(sums.cumulative == some.map { all.cumulative[$0.index] })
    }
  }

  @Test func `calls of a node are those of its stacks`() {
    for profile in Self.profiles {
      let nodes = NodeTable(profile, granularity: .functions)
      for node in nodes.indices.map({ NodeID($0) }) {
        let calls = NodeCalls(of: node, profile, nodes, values: profile.samples.values[0])
        let wanted = Self.calls(of: node, profile, nodes)
        #expect(
          Dictionary(uniqueKeysWithValues: calls.callers.map { ($0.node, $0.weight) })
            == wanted.callers)
        #expect(
          Dictionary(uniqueKeysWithValues: calls.callees.map { ($0.node, $0.weight) })
            == wanted.callees)
      }
    }
  }

  @Test(arguments: Granularity.allCases)
  func `what leaving out frames changes is found from the sums before`(
    granularity: Granularity
  ) throws {
    var random = SplitMix(state: 3)
    var found = 0
    for old in Self.profiles + [random.largeProfile()] {
      let values = old.samples.values[0]
      let oldNodes = NodeTable(old, granularity: granularity)
      let known = NodeTotals.compute(old, nodes: oldNodes, values: values)
      var filters = FrameFilters()
      filters.hide = try Pattern("f[1-3]$")
      var notices: [FilterNotice] = []
      let isShown = old.functions.indices.map { _ in random.next(below: 4) != 0 }
      for left in [old.filtered(by: filters, notices: &notices), old.showing(functions: isShown)] {
        if Self.areFound(left, by: granularity, from: old, oldNodes, known) { found += 1 }
      }
    }
    #expect(found > 20)
  }

  @Test(arguments: Granularity.allCases)
  func `sums of nodes are those of others that are the same`(granularity: Granularity) {
    var random = SplitMix(state: 3)
    var found = 0
    for profile in Self.profiles + [random.largeProfile()] {
      let values = profile.samples.values[0]
      let oldNodes = NodeTable(profile, granularity: granularity)
      let known = NodeTotals.compute(profile, nodes: oldNodes, values: values)
      for other in Granularity.allCases {
        if Self.areFound(profile, by: other, from: profile, oldNodes, known) { found += 1 }
      }
    }
    #expect(found > 80)
  }

  /// Whether the sums are found from those of `old`; then they are to be what adding up gives.
  private static func areFound(
    _ profile: Profile, by granularity: Granularity, from old: Profile, _ oldNodes: NodeTable,
    _ known: NodeTotals
  ) -> Bool {
    let nodes = NodeTable(profile, granularity: granularity)
    let values = profile.samples.values[0]
    let sums = NodeTotals.compute(
      profile, nodes: nodes, values: values, from: old, oldNodes, known)
    guard let sums else { return false }
    let all = NodeTotals.compute(profile, nodes: nodes, values: values)
    #expect(sums.flat.elementsEqual(all.flat) && sums.total == all.total)
    #expect(sums.cumulative.elementsEqual(all.cumulative))
    return true
  }

  /// Frame by frame, each pair once for a stack.
  private static func calls(
    of node: NodeID, _ profile: Profile, _ nodes: NodeTable
  ) -> (callers: [NodeID: Int64], callees: [NodeID: Int64]) {
    var (callers, callees): ([NodeID: Int64], [NodeID: Int64]) = ([:], [:])
    var weights: [StackID: Int64] = [:]
    for sample in profile.samples.indices {
      weights[profile.samples.stacks[sample], default: 0] += profile.samples.values[0][sample]
    }
    for (stack, weight) in weights where weight != 0 {
      let path = profile.stacks[stack].flatMap { Array(nodes[$0]) }
      let pairs = zip(path, path.dropFirst()).filter { $0 != $1 }
      for caller in Set(pairs.filter { $0.0 == node }.map(\.1)) {
        callers[caller, default: 0] += weight
      }
      for callee in Set(pairs.filter { $0.1 == node }.map(\.0)) {
        callees[callee, default: 0] += weight
      }
    }
    return (callers, callees)
  }

  @Test func `what is left of a profile has the same sums whichever part is added up`() throws {
    for profile in Self.profiles {
      let nodes = NodeTable(profile, granularity: .functions)
      let values = profile.samples.values[0]
      let whole = NodeTotals.compute(profile, nodes: nodes, values: values)
      for name in ["f0", "f1|f2", "f[0-5]"] {
        var notices: [FilterNotice] = []
        let left = profile.filtered(
          by: FrameFilters(focus: try Pattern(name)), notices: &notices)
        let leftValues = left.samples.values[0]
        let direct = NodeTotals.compute(left, nodes: nodes, values: leftValues)
        let derived = NodeTotals.compute(
          left, nodes: nodes, values: leftValues, of: profile, wholeValues: values
        ) { whole }
        #expect(derived.flat == direct.flat)
        #expect(derived.cumulative == direct.cumulative)
        #expect(derived.total == direct.total)
      }
    }
  }

  @Test func `two threads come to the same sums`() {
    var random = SplitMix(state: 2)
    let few = random.largeProfile()
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    let locations = (0..<40).map {
      builder.locations("f\($0 % 9)|g\($0 % 5);h\($0 % 7)@x.go:\($0)")
    }
    for _ in 0..<70_000 {
      let stack = (0...random.next(below: 4)).flatMap { _ in locations[random.next(below: 40)] }
      builder.addSample(stack, values: [Int64(random.next(below: 9)) - 2])
    }
    for profile in [few, builder.finish()] {
      let nodes = NodeTable(profile, granularity: .functions)
      let values = profile.samples.values[0]
      let one = NodeTotals.compute(profile, nodes: nodes, values: values)
      let two = NodeTotals.compute(profile, nodes: nodes, values: values, usesTwoThreads: true)
      #expect(one.flat == two.flat && one.cumulative == two.cumulative && one.total == two.total)
      let some = [0, 3, 7].map { NodeID($0) }
      let sums = NodeSubtotals(of: some, in: nodes, profile, values: values)
      #expect(sums.cumulative == some.map { one.cumulative[$0.index] })
      let calls = NodeCalls(of: some[1], profile, nodes, values: values)
      let wanted = Self.calls(of: some[1], profile, nodes)
      #expect(calls.callers.count == wanted.callers.count)
      #expect(calls.callers.allSatisfy { wanted.callers[$0.node] == $0.weight })
      #expect(calls.callees.allSatisfy { wanted.callees[$0.node] == $0.weight })
    }
  }
}
