import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

struct SourceAnnotationTests {
  private func annotation(_ profile: Profile, _ file: String) -> SourceAnnotation {
    let nodes = NodeTable(profile, granularity: .lines)
    let id = nodes.files.first { nodes.strings[$0] == file } ?? .empty
    let values = profile.samples.values[0]
    return SourceAnnotation(file: id, profile, nodes: nodes, values: values)
  }

  private func rows(_ annotation: SourceAnnotation) -> [String] {
    annotation.lines.map { "\($0.number) \($0.flat) \($0.cumulative)" }
  }

  @Test func `a line has what its samples cost, itself and with all that it calls`() {
    let profile = Profile.stacks([
      "main@a.go:3;work@a.go:9": 5, "main@a.go:3;help@b.go:1": 2, "main@a.go:4": 1,
    ])
    let source = annotation(profile, "a.go")
    #expect(rows(source) == ["3 0 7", "4 1 1", "9 5 5"])
    #expect(source.flat == 6)
    #expect(source.cumulative == 8)
    #expect(source.line(9)?.flat == 5)
    #expect(source.line(5) == nil)
  }

  @Test func `a sample that comes to a line twice counts once`() {
    let profile = Profile.stacks([
      "f@a.go:3;f@a.go:3;g@b.go:1;f@a.go:3": 4, "f@a.go:3|h@a.go:3": 2,
    ])
    #expect(rows(annotation(profile, "a.go")) == ["3 6 6"])
  }

  @Test func `the hottest lines come first`() {
    let profile = Profile.stacks([
      "m@a.go:1;f@a.go:2": 5, "m@a.go:1;f@a.go:3": -9, "m@a.go:1;f@a.go:7;x@b.go:1": 1,
    ])
    let source = annotation(profile, "a.go")
    #expect(source.hottest.map(\.number) == [3, 2, 1, 7])
  }

  @Test func `a line knows the function that costs most on it`() {
    let profile = Profile.stacks(["small@a.go:3": 1, "large@a.go:3": 5])
    let nodes = NodeTable(profile, granularity: .lines)
    let node = annotation(profile, "a.go").lines[0].node
    #expect(nodes.strings[nodes.names[node.index]] == "large")
  }

  @Test func `line numbers of any size are kept`() {
    let profile = Profile.stacks(["f@a.go:9223372036854775807": 1, "f@a.go:-5": 2, "f@a.go": 4])
    #expect(
      rows(annotation(profile, "a.go")) == ["-5 2 2", "0 4 4", "9223372036854775807 1 1"])
  }

  @Test func `a file that is in no stack has no lines`() {
    let profile = Profile.stacks(["f@a.go:1": 1])
    #expect(annotation(profile, "none.go").lines.isEmpty)
  }

  @Test func `lines agree with the totals of their nodes where each has one function`() {
    var random = SplitMix(state: 3)
    for _ in 0..<100 {
      var builder = ProfileBuilder(sampleTypes: ("cpu", "count"))
      for _ in 0..<random.next(below: 30) {
        let frames = (0..<random.next(below: 7)).map { _ in
          let function = random.next(below: 4)
          return "f\(function)@x\(function % 2).go:\(function * 10 + random.next(below: 3))"
        }
        let value = Int64(random.next(below: 9)) - 3
        builder.addSample(builder.locations(frames.joined(separator: ";")), values: [value])
      }
      let profile = builder.finish()
      let nodes = NodeTable(profile, granularity: .lines)
      let totals = NodeTotals.compute(
        profile, nodes: nodes, values: profile.samples.values[0])
      for file in ["x0.go", "x1.go"] {
        for line in annotation(profile, file).lines {
          #expect(line.flat == totals.flat[line.node.index])
          #expect(line.cumulative == totals.cumulative[line.node.index])
        }
      }
    }
  }
}
