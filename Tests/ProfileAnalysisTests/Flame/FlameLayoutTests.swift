import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

struct FlameLayoutTests {
  private func tree(_ profile: Profile, _ options: CallTreeOptions = .init()) -> CallTree {
    CallTree(
      profile, nodes: NodeTable(profile, granularity: .functions),
      values: profile.samples.values[0], options: options)
  }

  /// The rows as text: each span's name over its columns, `+2` for a mark of two frames.
  private func rows(_ layout: FlameLayout) -> [String] {
    (0..<layout.rowCount).map { row in
      layout[row].map { span in
        let node = layout.tree.node(of: span.frame)
        let name = node.isNone ? "root" : layout.tree.nodes.printableName(of: node)
        return "\(span.isMark ? "+\(span.frameCount)" : name) \(span.start)+\(span.width)"
      }.joined(separator: " | ")
    }
  }

  private func laidOut(_ profile: Profile, columns: Int) -> FlameLayout {
    var layout = FlameLayout(tree(profile), columns: columns)
    layout.layOutAll()
    return layout
  }

  @Test func `children stand below their parent, the heaviest first, and a gap is its own cost`() {
    let profile = Profile.stacks(["main;a": 3, "main;b;c": 4, "main": 2, "other": 1])
    #expect(
      rows(laidOut(profile, columns: 10)) == [
        "root 0+10", "main 0+9 | other 9+1", "b 0+4 | a 4+3", "c 0+4",
      ])
  }

  @Test func `columns that do not divide go to those that are due most of one`() {
    let profile = Profile.stacks(["a": 1, "b": 1, "c": 1])
    #expect(rows(laidOut(profile, columns: 4)) == ["root 0+4", "a 0+2 | b 2+1 | c 3+1"])
    #expect(rows(laidOut(profile, columns: 5)) == ["root 0+5", "a 0+2 | b 2+2 | c 4+1"])
  }

  @Test func `frames that are due less than a cell are one mark`() {
    let profile = Profile.stacks(["a": 90, "b": 3, "c": 4, "d;e": 3])
    let layout = laidOut(profile, columns: 10)
    #expect(rows(layout) == ["root 0+10", "a 0+9 | +3 9+1"])
    #expect(layout[0].first?.hiddenChildCount == 3)
  }

  @Test func `a frame that is alone under a cell is drawn where it gets one`() {
    let profile = Profile.stacks(["main;a": 95, "main": 5])
    #expect(rows(laidOut(profile, columns: 1)) == ["root 0+1", "main 0+1", "a 0+1"])
  }

  @Test func `frames that get no cell at all are still counted`() {
    let profile = Profile.stacks(["a": 9_999, "b": 1])
    let layout = laidOut(profile, columns: 10)
    #expect(rows(layout) == ["root 0+10", "a 0+10"])
    #expect(layout[0].first?.hiddenChildCount == 1)
  }

  @Test func `a zoomed frame has the full width`() {
    let profile = Profile.stacks(["main;a": 3, "main;b;c": 6, "other": 100])
    let tree = tree(profile)
    let main = tree.children(of: .root)[1]
    var layout = FlameLayout(tree, root: main, columns: 9)
    layout.layOutAll()
    #expect(rows(layout) == ["main 0+9", "b 0+6 | a 6+3", "c 0+6"])
  }

  @Test func `negative values have the width of their magnitude`() {
    let profile = Profile.stacks(["a;b": -6, "c": 3])
    #expect(rows(laidOut(profile, columns: 9)) == ["root 0+9", "a 0+6 | c 6+3", "b 0+6"])
  }

  @Test func `children that cancel each other out share their parent's width`() {
    let profile = Profile.stacks(["main;a": -5, "main;b": 5])
    #expect(rows(laidOut(profile, columns: 4)) == ["root 0+4"])
    let other = Profile.stacks(["main;a": -5, "main;b": 5, "main": 1])
    #expect(rows(laidOut(other, columns: 11)) == ["root 0+11", "main 0+11", "a 0+5 | b 5+5"])
  }

  @Test func `values at the edge of 64 bits fit`() {
    let profile = Profile.stacks(["a": .min, "b": .max, "c": .min, "d": .max, "e": .min])
    let layout = laidOut(profile, columns: 7)
    #expect(layout[1].reduce(0) { $0 + $1.width } == 7)
    #expect(layout[1].allSatisfy { $0.columns.upperBound <= 7 })
  }

  @Test func `nothing is laid out without columns`() {
    var layout = FlameLayout(tree(.stacks(["a": 1])), columns: 0)
    layout.layOutAll()
    #expect(layout.rowCount == 0)
    #expect(layout.place(of: .root) == nil)
  }

  @Test func `a profile without samples is its root`() {
    #expect(rows(laidOut(.stacks([:]), columns: 5)) == ["root 0+5"])
  }

  @Test func `only the rows asked for are opened`() {
    let deep = (0..<10_000).map { "f\($0)" }.joined(separator: ";")
    let profile = Profile.stacks([deep: 1])
    let tree = tree(profile)
    var layout = FlameLayout(tree, columns: 80)
    layout.layOut(through: 20)
    #expect(layout.rowCount == 22)
    #expect(tree.knownCount < 30)
    layout.layOutAll()
    #expect(layout.rowCount == 10_001)
  }

  @Test func `of very many siblings only those with a cell are looked at`() {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "count"))
    for index in 0..<50_000 {
      builder.addSample(builder.locations("f\(index)"), values: [index == 7 ? 50_000 : 1])
    }
    var layout = FlameLayout(tree(builder.finish()), columns: 10)
    layout.layOutAll()
    #expect(rows(layout) == ["root 0+10", "f7 0+5 | +49999 5+5"])
  }

  @Test func `a hidden frame is found at its mark, or at the innermost frame drawn above it`() {
    let profile = Profile.stacks(["a": 90, "b;x;y": 5, "c": 5])
    let tree = tree(profile)
    var layout = FlameLayout(tree, columns: 10)
    let b = tree.children(of: .root)[1]
    let y = tree.children(of: tree.children(of: b)[0])[0]
    #expect(layout.place(of: b) == FlameLayout.Place(row: 1, index: 1, isDrawn: false))
    #expect(layout.place(of: y) == FlameLayout.Place(row: 1, index: 1, isDrawn: false))
    let a = tree.children(of: .root)[0]
    #expect(layout.place(of: a) == FlameLayout.Place(row: 1, index: 0, isDrawn: true))
    var zoomed = FlameLayout(tree, root: a, columns: 10)
    #expect(zoomed.place(of: b) == nil)
  }

  @Test func `a hidden frame is looked for no deeper than its mark`() {
    let deep = (0..<1_000).map { "f\($0)" }.joined(separator: ";")
    let tree = tree(.stacks([deep: 90, "a;\(deep)": 5, "b": 5]))
    var layout = FlameLayout(tree, columns: 10)
    let a = tree.children(of: .root)[1]
    let below = tree.children(of: tree.children(of: tree.children(of: a)[0])[0])[0]
    #expect(layout.place(of: below) == FlameLayout.Place(row: 1, index: 1, isDrawn: false))
    #expect(layout.rowCount == 3)
  }
}
