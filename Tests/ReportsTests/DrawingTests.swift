import ProfileModel
import TestSupport
import Testing

@testable import Reports

@Suite struct DrawingTests {
  @Test(arguments: [
    ("github.com/blah/foo/bar/v2/zoo.(*T).Walk", "zoo.(*T).Walk"),
    ("main.main", "main.main"),
    ("example.com/a/v10.Run", "a.Run"),
    ("example.com/a/v1.Run", "v1.Run"),
    ("java.util.concurrent.Executor.run(Thread)", "Executor.run"),
    ("org.example.Thing.<init>", "Thing.<init>"),
    ("(anonymous namespace)::Foo::bar", "Foo::bar"),
    ("space::inner::Type::method<int>(long)", "Type::method<int>"),
    ("plain_function", "plain_function"),
  ])
  func `names are shortened for drawings`(name: String, expected: String) {
    #expect(ShortName.of(Array(name.utf8)) == Array(expected.utf8))
  }

  @Test func `colours go from green over grey to red`() {
    #expect(DotColor.of(1, isBackground: false) == "#b20000")
    #expect(DotColor.of(0, isBackground: false) == "#b2b2b2")
    #expect(DotColor.of(-1, isBackground: false) == "#00b200")
    #expect(DotColor.of(.nan, isBackground: false).count == 7)
  }

  @Test func `dot draws a node for each entry and an edge for each call`() throws {
    let profile = Profile.stacks(["main;pkg.work": 3, "main": 1], unit: "count")
    let lines = try text("dot", of: profile).split(separator: "\n")
    #expect(lines[0] == "digraph \"unnamed\" {")
    #expect(lines.contains { $0.hasPrefix("N1 [label=\"main\\n1 (25.00%)\\nof 4 (100%)\"") })
    #expect(lines.contains { $0.hasPrefix("N2 [label=\"pkg\\nwork\\n3 (75.00%)\"") })
    #expect(lines.contains { $0.hasPrefix("N1 -> N2 [label=\" 3\" weight=76 penwidth=4 ") })
  }

  @Test func `a call over nodes that were left out is dotted`() throws {
    let profile = Profile.stacks(["main;thin;deep": 1, "other;deep": 1000], unit: "count")
    let drawing = try text("dot", of: profile) { $0.nodeFraction = 0.002 }
    #expect(!drawing.contains("thin"))
    let tree = try text("dot", of: .stacks(["main;thin;deep": 5, "main;deep": 1], unit: "count")) {
      $0.nodeCount = 2
    }
    #expect(tree.contains(" ... ") || !tree.contains("style=\"dotted\""))
  }

  @Test func `a call tree draws a function once for each way to it`() throws {
    let profile = Profile.stacks(["a;shared": 1, "b;shared": 2], unit: "count")
    let graph = try text("dot", of: profile)
    let tree = try text("dot", of: profile) { $0.callTree = true }
    #expect(graph.components(of: "label=\"shared") == 1)
    #expect(tree.components(of: "label=\"shared") == 2)
  }

  @Test func `callgrind numbers functions of one name apart`() throws {
    var builder = ProfileBuilder(sampleTypes: ("calls", "count"))
    let work = builder.function("work", file: "w.go")
    let main = builder.function("main", file: "m.go")
    let top = builder.location(lines: [Line(function: main, line: 1)])
    // Without a line and an address, a column makes a function.
    for (line, column) in [(2, 1), (2, 2), (0, 0), (0, 7)] {
      let leaf = builder.location(
        lines: [Line(function: work, line: Int64(line), column: Int64(column))])
      builder.addSample([leaf, top], values: [1])
    }
    let callees = try text("callgrind", of: builder.finish()).split(separator: "\n")
      .filter { $0.hasPrefix("cfn=") }
    #expect(callees.count == 4)
    #expect(callees.count { $0.hasSuffix("[1/2]") || $0.hasSuffix("[2/2]") } == 2)
  }

  @Test func `tags past the first few are joined, and stand in order of their means`() throws {
    var builder = ProfileBuilder(sampleTypes: ("objects", "count"), ("space", "bytes"))
    let function = builder.function("work", file: "w.go")
    let location = builder.location(lines: [Line(function: function, line: 1)])
    let key = builder.string("bytes")
    for (size, count) in [(100_000, 1), (40, 20_000), (48, 18_000), (56, 16_000), (5_000, 90)] {
      builder.addSample(
        [location], values: [Int64(count), Int64(size * count)],
        labels: [Label(key: key, number: Int64(size), unit: .empty)])
    }
    let lines = try text("dot", of: builder.finish()) { $0.mean = true }.split(separator: "\n")
    let boxes = lines.filter { $0.hasPrefix("NN1_") && $0.contains("shape=box3d") }
    #expect(boxes.count == 4)
    #expect(boxes.first?.contains("label = \"4.88kB..97.66kB\"") == true)
    #expect(boxes.last?.contains("label = \"40B\"") == true)
  }

  @Test func `labels that look the same are told apart by their bytes`() throws {
    var builder = ProfileBuilder(sampleTypes: ("calls", "count"))
    let key = builder.string("key")
    for name in ["\u{e9}", "e\u{301}"] {
      let label = Label(key: key, string: builder.string(name))
      builder.addSample(builder.locations("main"), values: [1], labels: [label])
    }
    let lines = try text("dot", of: builder.finish()).split(separator: "\n")
    #expect(lines.count { $0.contains("shape=box3d") } == 2)
  }

  @Test func `a value without a magnitude has no size of letters`() throws {
    let profile = Profile.stacks(["least": .min, "work": 7], unit: "count")
    let lines = try text("dot", of: profile) {
      $0.nodeCount = 0
      $0.nodeFraction = 0
    }
    #expect(lines.contains("\" id=\"node1\" fontsize=24 "))
    #expect(lines.contains(" fontsize=-9223372036854775800 "))
  }

  @Test func `callgrind names each function once`() throws {
    let profile = Profile.stacks(["main@m.go:1;work@w.go:2": 3, "main@m.go:1": 1], unit: "count")
    #expect(
      try text("callgrind", of: profile) == """
        positions: instr line
        events: cpu(count)

        ob=
        fl=(1) w.go
        fn=(1) work
        0x0 2 3

        ob=
        fl=(2) m.go
        fn=(2) main
        * 1 1
        cfl=(1)
        cfn=(1)
        calls=0 * 2
        * * 3

        """)
  }
}

extension String {
  /// How often `part` occurs.
  fileprivate func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(part) { count += 1 }
      rest = rest.dropFirst()
    }
    return count
  }
}
