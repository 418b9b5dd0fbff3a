import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

/// What holds for the layout of any tree at any width.
struct FlameLayoutPropertyTests {
  private func expectWellFormed(_ layout: FlameLayout) {
    let tree = layout.tree
    for row in 0..<layout.rowCount {
      var end = 0
      for span in layout[row] {
        #expect(span.width >= 1)
        #expect(span.start >= end, "spans do not overlap")
        end = span.columns.upperBound
      }
      #expect(end <= layout.columns)
      for span in layout[row] {
        let below = layout.children(of: span, in: row)
        guard !span.isMark else {
          #expect(below.isEmpty)
          continue
        }
        expectChildren(Array(below), of: span, in: tree)
      }
    }
  }

  private func expectChildren(_ below: [FlameSpan], of span: FlameSpan, in tree: CallTree) {
    let children = Array(tree.children(of: span.frame))
    #expect(below.allSatisfy { span.columns.contains($0.start) })
    #expect(below.allSatisfy { $0.columns.upperBound <= span.columns.upperBound })
    // Each child once, in order, from the left without gaps.
    let frames = below.flatMap { span in
      (0..<span.frameCount).map { CallTreeID(rawValue: span.frame.rawValue + UInt32($0)) }
    }
    #expect(frames == Array(children.prefix(frames.count)))
    #expect(span.hiddenChildCount == children.count - below.count { !$0.isMark })
    #expect(zip(below, below.dropFirst()).allSatisfy { $0.columns.upperBound == $1.start })
    if let first = below.first { #expect(first.start == span.start) }
    // Nobody is a whole column away from what is due.
    let total =
      Double(tree.flat(of: span.frame).magnitude)
      + children.reduce(0) { $0 + Double(tree.cumulative(of: $1).magnitude) }
    guard total > 0 else {
      #expect(below.isEmpty)
      return
    }
    func due(_ value: Double) -> Double { value * Double(span.width) / total }
    for child in below {
      let offset = Int(child.frame.rawValue - children[0].rawValue)
      let value = children[offset..<offset + child.frameCount].reduce(0) {
        $0 + Double(tree.cumulative(of: $1).magnitude)
      }
      #expect(abs(due(value) - Double(child.width)) < 1)
    }
    let gap = Double(span.width - below.reduce(0) { $0 + $1.width })
    let hidden = children[frames.count...].reduce(0) {
      $0 + Double(tree.cumulative(of: $1).magnitude)
    }
    // What got no cell is less than one, and so is what is lost or won by the gap.
    #expect(due(hidden) < 1)
    #expect(abs(due(Double(tree.flat(of: span.frame).magnitude)) - gap) < 1)
  }

  @Test func `rows sum to what is above them in random trees`() {
    var random = SplitMix(state: 5)
    for round in 0..<200 {
      let profile = random.profile()
      let tree = CallTree(
        profile, nodes: NodeTable(profile, granularity: .functions),
        values: profile.samples.values[0],
        options: CallTreeOptions(isInverted: round % 3 == 0, foldsRecursion: round % 2 == 0))
      for columns in [1, 2, 7, 40, 213] {
        var layout = FlameLayout(tree, columns: columns)
        layout.layOutAll()
        expectWellFormed(layout)
        // Any frame can be the root.
        guard layout.rowCount > 2, let span = layout[2].first else { continue }
        var zoomed = FlameLayout(tree, root: span.frame, columns: columns)
        zoomed.layOutAll()
        expectWellFormed(zoomed)
        #expect(zoomed[0].first?.width == columns)
      }
    }
  }

  @Test func `rows sum to what is above them where values are skewed`() {
    var random = SplitMix(state: 6)
    for _ in 0..<50 {
      var builder = ProfileBuilder(sampleTypes: ("cpu", "count"))
      for _ in 0..<60 {
        let frames = (0..<1 + random.next(below: 6)).map { _ in "f\(random.next(below: 12))" }
        let value = Int64(1) << Int64(random.next(below: 40))
        builder.addSample(builder.locations(frames.joined(separator: ";")), values: [value])
      }
      let profile = builder.finish()
      let tree = CallTree(
        profile, nodes: NodeTable(profile, granularity: .functions),
        values: profile.samples.values[0])
      for columns in [3, 20, 80] {
        var layout = FlameLayout(tree, columns: columns)
        layout.layOutAll()
        expectWellFormed(layout)
      }
    }
  }

  @Test func `every drawn frame is found where it is drawn`() {
    var random = SplitMix(state: 7)
    for _ in 0..<100 {
      let profile = random.profile()
      let tree = CallTree(
        profile, nodes: NodeTable(profile, granularity: .functions),
        values: profile.samples.values[0])
      var layout = FlameLayout(tree, columns: 30)
      layout.layOutAll()
      for row in 0..<layout.rowCount {
        for (index, span) in layout[row].enumerated() {
          let place = layout.place(of: span.frame)
          #expect(
            place == FlameLayout.Place(row: row, index: index, isDrawn: !span.isMark))
          #expect(place.flatMap { layout.span(at: $0) } == span)
        }
      }
    }
  }
}
