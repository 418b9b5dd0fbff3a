import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

struct CallTreeTests {
  private func tree(_ profile: Profile, _ options: CallTreeOptions = .init()) -> CallTree {
    CallTree(
      profile, nodes: NodeTable(profile, granularity: .functions),
      values: profile.samples.values[0], options: options)
  }

  /// The whole tree, a row each: indented name, flat, cumulative.
  private func rows(_ tree: CallTree) -> [String] {
    var rows: [String] = []
    var pending = [CallTreeID.root]
    while let id = pending.popLast() {
      let frame = tree[id]
      let name = frame.node.isNone ? "root" : tree.nodes.printableName(of: frame.node)
      let indent = String(repeating: " ", count: frame.depth)
      rows.append("\(indent)\(name) \(frame.flat) \(frame.cumulative)")
      pending.append(contentsOf: tree.children(of: id).reversed())
    }
    return rows
  }

  @Test func `equal paths are one frame, the heaviest first`() {
    let profile = Profile.stacks(["main;f;g": 1, "main;f": 2, "main;h": 5, "main;f;g;i": 4])
    #expect(
      rows(tree(profile)) == [
        "root 0 12", " main 0 12", "  f 2 7", "   g 1 5", "    i 4 4", "  h 5 5",
      ])
  }

  @Test func `an inverted tree begins with the leaves`() {
    let profile = Profile.stacks(["main;f;g": 1, "main;f": 2, "g": 4])
    #expect(
      rows(tree(profile, CallTreeOptions(isInverted: true))) == [
        "root 0 7", " g 4 5", "  f 0 1", "   main 1 1", " f 0 2", "  main 2 2",
      ])
  }

  @Test func `a function that calls itself is a frame each time`() {
    let profile = Profile.stacks(["f;f;g;f": 3])
    #expect(rows(tree(profile)) == ["root 0 3", " f 0 3", "  f 0 3", "   g 0 3", "    f 3 3"])
  }

  @Test func `folding makes a function and its calls of itself one frame`() {
    let profile = Profile.stacks(["f;f;g;f|f": 3, "f;g": 1])
    let options = CallTreeOptions(isInverted: false, foldsRecursion: true)
    #expect(rows(tree(profile, options)) == ["root 0 4", " f 0 4", "  g 1 4", "   f 3 3"])
    let inverted = CallTreeOptions(isInverted: true, foldsRecursion: true)
    #expect(
      rows(tree(profile, inverted)) == [
        "root 0 4", " f 0 3", "  g 0 3", "   f 3 3", " g 0 1", "  f 1 1",
      ])
  }

  @Test func `inlined calls are frames`() {
    let profile = Profile.stacks(["main|f|g": 3, "main;f|h": 1])
    #expect(
      rows(tree(profile)) == ["root 0 4", " main 0 4", "  f 0 4", "   g 3 3", "   h 1 1"])
    #expect(
      rows(tree(profile, CallTreeOptions(isInverted: true))) == [
        "root 0 4", " g 0 3", "  f 0 3", "   main 3 3", " h 0 1", "  f 0 1", "   main 1 1",
      ])
  }

  @Test func `negative values count by magnitude in the order, and with their sign in sums`() {
    let profile = Profile.stacks(["main;f": -5, "main;g": 3, "main;a": 3, "main;z": 0])
    #expect(rows(tree(profile)) == ["root 0 1", " main 0 1", "  f -5 -5", "  a 3 3", "  g 3 3"])
  }

  @Test func `samples without frames are the root's own`() {
    #expect(rows(tree(Profile.stacks(["": 3, "f": 1]))) == ["root 3 4", " f 1 1"])
  }

  @Test func `a profile without samples is a root alone`() {
    let tree = tree(Profile.stacks([:]))
    #expect(rows(tree) == ["root 0 0"])
    #expect(tree.hotPath() == [])
    #expect(tree.parent(of: .root) == nil)
  }

  @Test func `the hot path follows the heaviest child as long as it has half of the value`() {
    let profile = Profile.stacks(["main;f;g": 6, "main;f;h": 2, "main;f;i": 3, "main;z": 4])
    let tree = tree(profile)
    #expect(names(tree.hotPath(), tree) == ["main", "f", "g"])
    #expect(names(tree.hotPath(minimumShare: 0.7), tree) == ["main", "f"])
  }

  private func names(_ path: [CallTreeID], _ tree: CallTree) -> [String] {
    path.map { tree.nodes.printableName(of: tree.node(of: $0)) }
  }

  @Test func `a path finds its frame in another tree`() throws {
    let profile = Profile.stacks(["main;f;g": 6, "main;f;h": 2])
    let first = tree(profile)
    let leaf = try #require(first.hotPath().last)
    let path = first.nodes(onPathTo: leaf)
    let second = tree(profile)
    #expect(names(second.path(to: second.deepestFrame(along: path)), second) == ["main", "f", "g"])
    let shortened = second.deepestFrame(along: Array(path.dropLast()) + [NodeID(99)])
    #expect(names(second.path(to: shortened), second) == ["main", "f"])
  }

  @Test func `only what is looked at is opened`() {
    let tree = tree(Profile.stacks(["main;f;g": 6, "other;f;h": 2]))
    #expect(tree.knownCount == 1)
    #expect(tree.children(of: .root).count == 2)
    #expect(tree.knownCount == 3)
    let other = tree.children(of: .root)[1]
    #expect(tree.hasChildren(other))
    #expect(tree.children(of: other).position(of: other) == nil)
    #expect(tree.children(of: .root).position(of: other) == 1)
    #expect(tree.knownCount == 4)
  }

  @Test func `a stack of ten thousand frames is a tree as deep`() {
    let stack = (0..<10_000).map { "f\($0 % 3)" }.joined(separator: ";")
    let tree = tree(Profile.stacks([stack: 1]))
    let path = tree.hotPath()
    #expect(path.count == 10_000)
    #expect(path.last.map { tree[$0].depth } == 10_000)
  }

  @Test func `a frame can have very many children`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    for index in 0..<5000 {
      builder.addSample(builder.locations("main;f\(index)"), values: [Int64(index % 5) + 1])
    }
    let tree = tree(builder.finish())
    let children = tree.children(of: tree.children(of: .root)[0])
    #expect(children.count == 5000)
    let values = children.map { tree.cumulative(of: $0) }
    #expect(values == values.sorted(by: >))
    #expect(names([children[0], children[1]], tree) == ["f1004", "f1009"])
  }

  @Test func `sums wrap around instead of trapping`() {
    #expect(rows(tree(Profile.stacks(["f;g": .max, "f;h": 1]))).count == 4)
    #expect(
      rows(tree(Profile.stacks(["f;g": .min]))) == [
        "root 0 \(Int64.min)", " f 0 \(Int64.min)", "  g \(Int64.min) \(Int64.min)",
      ])
  }
}
