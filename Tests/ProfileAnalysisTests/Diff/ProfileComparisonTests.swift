import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

@Suite struct ProfileComparisonTests {
  private let types = [(type: "objects", unit: "count"), (type: "space", unit: "bytes")]

  private var old: Profile {
    .of(types, StackSample("main a", 2, 20), StackSample("main b", 4, 40), StackSample("c", 1, 10))
  }
  private var new: Profile {
    .of(
      types, StackSample("main a", 2, 20), StackSample("main b", 10, 100), StackSample("d", 5, 50))
  }

  @Test func `each symbol has what it was, what it is, and the change, under one id`() throws {
    let comparison = try ProfileComparison(base: old, other: new)
    let rows = try Rows(comparison, type: 1)
    #expect(rows["b"] == [40, 100, 60])
    #expect(rows["a"] == [20, 20, 0])
    #expect(rows["c"] == [10, 0, -10])
    #expect(rows["d"] == [0, 50, 50])
    #expect(rows.cumulative("main") == [60, 120, 60])
    #expect(comparison.profile().checkInvariants() == nil)
  }

  @Test func `a value is new, gone or neither`() {
    #expect(ComparedValue(base: 0, other: 5, change: 5).isNew)
    #expect(ComparedValue(base: 5, other: 0, change: -5).isGone)
    let kept = ComparedValue(base: 4, other: 5, change: 1)
    #expect(!kept.isNew && !kept.isGone && kept.ratio == 1.25)
  }

  @Test func `only shared types are compared, and the others are named`() throws {
    let wide = Profile.of(
      types + [(type: "extra", unit: "count")], StackSample("a", 1, 10, 7))
    let comparison = try ProfileComparison(base: wide, other: new)
    #expect(comparison.types.map(\.type) == ["objects", "space"])
    #expect(comparison.leftOut.base == ["extra"])
    #expect(comparison.leftOut.other.isEmpty)
  }

  @Test func `profiles without a type in common are refused with the types of both`() {
    let cpu = Profile.of([("samples", "count"), ("cpu", "nanoseconds")], StackSample("a", 1, 1))
    #expect(
      throws: ComparisonError.noCommonTypes(
        base: ["samples", "cpu"], other: ["objects", "space"])
    ) { try ProfileComparison(base: cpu, other: new) }
  }

  @Test func `units of the two become the finer one`() throws {
    let kilo = Profile.of(
      [("objects", "count"), ("space", "kilobytes")], StackSample("main a", 2, 1))
    #expect(try Rows(ProfileComparison(base: kilo, other: new), type: 1)["a"] == [1024, 20, -1004])
    #expect(try Rows(ProfileComparison(base: new, other: kilo), type: 1)["a"] == [20, 1024, 1004])
  }

  @Test func `normalizing scales the newer one and leaves the ids as they are`() throws {
    let comparison = try ProfileComparison(base: old, other: new)
    let plain = comparison.profile()
    let scaled = comparison.profile(isNormalized: true)
    #expect(plain.locations.lines == scaled.locations.lines)
    #expect(plain.samples.stacks == scaled.samples.stacks)
    // 70 / 170 of what it was.
    #expect(try Rows(comparison, type: 1, isNormalized: true)["b"] == [40, 41, 1])
  }

  @Test func `changes and totals are those of a difference and of a subtraction`() throws {
    var random = SplitMix(state: 11)
    for _ in 0..<200 {
      let (base, other) = (random.profile(), random.profile())
      for isNormalized in [false, true] {
        let comparison = try ProfileComparison(base: base, other: other)
        let union = comparison.profile(isNormalized: isNormalized)
        for kind in [Comparison.difference, .subtraction] {
          let compared = try other.compared(to: base, as: kind, normalizes: isNormalized)
          #expect(
            try comparison.totals(kind, isNormalized: isNormalized) == [
              SampleTotal.compute(compared, values: compared.samples.values[0])
            ])
          let expected = Self.totals(compared, column: 0)
          let change = Self.totals(union, column: comparison.column(.change, ofType: 0))
          #expect(change.filter { $0.value != [0, 0] } == expected.filter { $0.value != [0, 0] })
        }
        #expect(
          Self.totals(union, column: comparison.column(.base, ofType: 0)).filter {
            $0.value != [0, 0]
          }
            == Self.totals(base, column: 0).filter { $0.value != [0, 0] })
      }
    }
  }

  // MARK: Across builds

  @Test func `a call that one build inlined and the other did not did not grow`() throws {
    let inlined = Profile.stacks(["main:1;work:5|helper:9": 10], type: "space", unit: "bytes")
    let called = Profile.stacks(["main:1;work:5;helper:9": 12], type: "space", unit: "bytes")
    let cases: [(base: Profile, other: Profile, change: Int64)] = [
      (inlined, called, 2), (called, inlined, -2),
    ]
    for (base, other, change) in cases {
      let comparison = try ProfileComparison(base: base, other: other)
      let rows = try Rows(comparison, type: 0)
      #expect(rows["helper"].last == change)
      #expect(rows.cumulative("work").last == change)
      #expect(rows.cumulative("main").last == change)
      #expect(comparison.profile().stacks.count == 1)
    }
  }

  @Test func `addresses and mappings of different builds mean nothing`() throws {
    func profile(_ start: UInt64, _ build: String, _ value: Int64) -> Profile {
      var builder = ProfileBuilder(sampleTypes: ("space", "bytes"))
      var mapping = Mapping()
      (mapping.start, mapping.limit, mapping.file, mapping.buildID) = (
        start, start + 0x1000, "/bin/p", build
      )
      let id = builder.addMapping(mapping)
      let line = Line(function: builder.function("f", file: "f.go"), line: 3)
      let stack = [
        builder.location(address: start + 0x100, mapping: id, lines: [line]),
        builder.location(address: start + 0x200, mapping: id, lines: []),
      ]
      builder.addSample(stack, values: [value])
      return builder.finish()
    }
    let other = try ProfileComparison(base: profile(0x1000, "a", 1), other: profile(0x9000, "b", 5))
    #expect(!other.isSameBuild)
    let union = other.profile()
    #expect(union.samples.count == 2)  // Nothing says that the frame without a name is the same.
    #expect(union.locations.addresses.allSatisfy { $0 == 0 })
    let same = try ProfileComparison(base: profile(0x1000, "a", 1), other: profile(0x9000, "a", 5))
    #expect(same.isSameBuild)
    #expect(same.profile().samples.count == 1)
  }

  @Test func `a function in a folder of another name is the same, unless there are two`() throws {
    func changed(_ base: String, _ other: String) throws -> Int {
      let comparison = try ProfileComparison(
        base: .stacks(["\(base)": 1]), other: .stacks(["\(other)": 1]))
      return comparison.profile().samples.count
    }
    #expect(try changed("f@/a/v1/f.go", "f@/b/v2/f.go") == 1)
    #expect(try changed("f@/a/v1/f.go", "f@/b/v2/g.go") == 2)
    #expect(try changed("f@/a/f.go;f@/b/f.go", "f@/b/f.go") == 2)
  }

  @Test func `lines that moved are found by what they call`() throws {
    let old: KeyValuePairs<String, Int64> = [
      "f@f.go:10;a@a.go:1": 1, "f@f.go:12;b@b.go:1": 1, "f@f.go:14": 1, "f@f.go:20;c@c.go:1": 1,
    ]
    let new: KeyValuePairs<String, Int64> = [
      "f@f.go:12;a@a.go:1": 1, "f@f.go:14;b@b.go:1": 1, "f@f.go:16": 1, "f@f.go:20;d@d.go:1": 1,
    ]
    let comparison = try ProfileComparison(base: .stacks(old), other: .stacks(new))
    let union = comparison.profile()
    #expect(union.samples.count == 5)
    func move(_ line: Int64) -> Int64? { comparison.moves.move(of: "f", line: line)?.line }
    #expect([12, 14, 16].map(move) == [10, 12, 14])
    let gone = try #require(
      (17...40).first { comparison.moves.move(of: "f", line: $0)?.reason == .gone })
    #expect(gone != 20, "a line that is gone does not stand on one that is new")
    #expect(move(Int64(gone)) == 20)
  }

  @Test func `lines of a function that moved as a whole keep their distance from its start`() throws
  {
    func profile(start: Int64) -> Profile {
      var builder = ProfileBuilder(sampleTypes: ("space", "bytes"))
      let function = builder.function("f", file: "f.go", startLine: start)
      for offset: Int64 in [1, 4, 9] {
        let line = Line(function: function, line: start + offset)
        builder.addSample([builder.location(lines: [line])], values: [1])
      }
      return builder.finish()
    }
    let comparison = try ProfileComparison(base: profile(start: 100), other: profile(start: 104))
    #expect(comparison.profile().samples.count == 3)
    let move = try #require(comparison.moves.move(of: "f", line: 108))
    #expect(move.line == 104 && move.reason == .sameOffset)
  }

  @Test func `any two profiles can be compared, line by line and in little time`() throws {
    var random = SplitMix(state: 3)
    func profile() -> Profile {
      var builder = ProfileBuilder(sampleTypes: ("space", "bytes"))
      let lines: [Int64] =
        [.min, .max, 0, -1] + (0..<40).map { _ in Int64(random.next(below: 90)) }
      for _ in 0..<100 {
        let stack = (0..<random.next(below: 6)).map { _ in
          let function = builder.function(
            "f\(random.next(below: 4))", file: "f.go", startLine: lines[random.next(below: 44)])
          return builder.location(
            lines: [Line(function: function, line: lines[random.next(below: 44)])])
        }
        builder.addSample(stack, values: [[.min, .max, 5][random.next(below: 3)]])
      }
      return builder.finish()
    }
    for _ in 0..<50 {
      let text = (0..<random.next(below: 60)).map { _ in [UInt8(0x7a - random.next(below: 9))] }
      let comparison = try ProfileComparison(base: profile(), other: profile()) { side, _ in
        side == .base ? text : text.reversed()
      }
      #expect(comparison.profile(isNormalized: true).checkInvariants() == nil)
      _ = try comparison.totals(.subtraction)
    }
  }

  // MARK: Support

  /// Flat and cumulative values by function.
  private static func totals(_ profile: Profile, column: Int) -> [String: [Int64]] {
    let nodes = NodeTable(profile, granularity: .functions)
    let totals = NodeTotals.compute(
      profile, nodes: nodes, values: profile.samples.values[column])
    return Dictionary(
      uniqueKeysWithValues: nodes.indices.map {
        (nodes.printableName(of: NodeID($0)), [totals.flat[$0], totals.cumulative[$0]])
      })
  }

  private struct Rows {
    private let totals: ComparisonTotals
    private let names: [String: NodeID]

    init(_ comparison: ProfileComparison, type: Int, isNormalized: Bool = false) throws {
      let profile = comparison.profile(isNormalized: isNormalized)
      let nodes = NodeTable(profile, granularity: .functions)
      totals = ComparisonTotals(comparison, profile, nodes, type: type)
      names = Dictionary(
        uniqueKeysWithValues: nodes.indices.map {
          (nodes.printableName(of: NodeID($0)), NodeID($0))
        })
    }

    subscript(name: String) -> [Int64] { values(name) { totals.flat($0) } }
    func cumulative(_ name: String) -> [Int64] { values(name) { totals.cumulative($0) } }

    private func values(_ name: String, _ value: (NodeID) -> ComparedValue) -> [Int64] {
      guard let node = names[name] else { return [] }
      let found = value(node)
      return [found.base, found.other, found.change]
    }
  }
}
