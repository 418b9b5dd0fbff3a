import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

@Suite struct ProfileSeriesTests {
  private func series(_ steps: [KeyValuePairs<String, Int64>]) throws -> ProfileSeries {
    var series = ProfileSeries(like: .stacks(steps[0], type: "space", unit: "bytes"))
    for (index, step) in steps.enumerated() {
      try series.add(.stacks(step, type: "space", unit: "bytes"), name: "p\(index)")
    }
    return series
  }

  @Test func `a symbol has a value in every step, 0 where it is not there`() throws {
    let series = try series([["main;a": 1], ["main;b": 2], ["main;a": 4, "main;b": 2]])
    let ids = Dictionary(
      uniqueKeysWithValues: series.symbols.enumerated().map { ($1.name, $0) })
    #expect(series.flat(try #require(ids["a"]), ofType: 0) == [1, 0, 4])
    #expect(series.flat(try #require(ids["b"]), ofType: 0) == [0, 2, 2])
    #expect(series.flat(try #require(ids["main"]), ofType: 0) == [0, 0, 0])
    #expect(series.cumulative(try #require(ids["main"]), ofType: 0) == [1, 2, 6])
    #expect(series.total(ofType: 0) == [1, 2, 6])
  }

  @Test func `the oldest steps go, and what is added after them counts on`() throws {
    var series = try series([["main;a": 1], ["main;b": 2], ["main;a": 4, "main;b": 2]])
    series.removeFirst(2)
    try series.add(.stacks(["main;b": 9], type: "space", unit: "bytes"), name: "p3")
    let ids = Dictionary(
      uniqueKeysWithValues: series.symbols.enumerated().map { ($1.name, $0) })
    #expect(series.flat(try #require(ids["a"]), ofType: 0) == [4, 0])
    #expect(series.flat(try #require(ids["b"]), ofType: 0) == [2, 9])
    #expect(series.total(ofType: 0) == [6, 9])
    #expect(series.steps.map(\.name) == ["p2", "p3"])
    series.removeFirst(100)
    #expect(series.steps.isEmpty && series.total(ofType: 0).isEmpty)
  }

  @Test func `values of any size come back as they were`() throws {
    let values: [Int64] = [.max, .min, 0, -1, 1, .min, .max, 63, -64, 64, -65, 1 << 40, 0, 5]
    let series = try series(values.map { ["a": $0] })
    #expect(series.flat(0, ofType: 0) == values)
  }

  @Test func `values of each step are those of its report`() throws {
    var random = SplitMix(state: 31)
    let profiles = (0..<12).map { _ in random.profile() }
    var series = ProfileSeries(like: profiles[0])
    for (index, profile) in profiles.enumerated() { try series.add(profile, name: "p\(index)") }
    for (step, profile) in profiles.enumerated() {
      let nodes = NodeTable(profile, granularity: .filefunctions)
      let totals = NodeTotals.compute(profile, nodes: nodes, values: profile.samples.values[0])
      for (symbol, name) in series.symbols.enumerated() {
        let node = nodes.indices.first { nodes.strings[nodes.names[$0]] == name.name }
        #expect(series.flat(symbol, ofType: 0)[step] == node.map { totals.flat[$0] } ?? 0)
        #expect(
          series.cumulative(symbol, ofType: 0)[step] == node.map { totals.cumulative[$0] } ?? 0)
      }
    }
  }

  @Test func `types that a snapshot lacks are dropped, and units converted`() throws {
    let first = ["objects": "count", "space": "bytes"]
    var builder = ProfileBuilder(sampleTypes: ("objects", "count"), ("space", "bytes"))
    let f = builder.location(lines: [Line(function: builder.function("f"), line: 1)])
    builder.addSample([f], values: [3, 2048])
    var series = ProfileSeries(like: builder.finish())
    #expect(series.types.count == first.count)
    var again = ProfileBuilder(sampleTypes: ("objects", "count"), ("space", "bytes"))
    let g = again.location(lines: [Line(function: again.function("f"), line: 1)])
    again.addSample([g], values: [3, 2048])
    try series.add(again.finish(), name: "a")
    try series.add(.stacks(["f": 4], type: "space", unit: "kilobytes"), name: "b")
    #expect(series.types.map(\.type) == ["space"])
    #expect(series.flat(0, ofType: 0) == [2048, 4096])
    #expect(throws: ComparisonError.self) {
      try series.add(.stacks(["f": 4], type: "cpu", unit: "nanoseconds"), name: "c")
    }
    #expect(series.steps.count == 2)
  }

  @Test func `steps are put in order of time, and of names where some have none`() throws {
    func profile(_ time: Int64, _ value: Int64) -> Profile {
      var builder = ProfileBuilder(sampleTypes: ("space", "bytes"))
      builder.header.timeNanos = time
      let f = builder.location(lines: [Line(function: builder.function("f"), line: 1)])
      builder.addSample([f], values: [value])
      return builder.finish()
    }
    var timed = ProfileSeries(like: profile(1, 1))
    for (name, time) in [("c", Int64(20)), ("b", 30), ("a", 10)] {
      try timed.add(profile(time, time), name: name)
    }
    #expect(timed.sortByTime() == [2, 0, 1])
    #expect(timed.flat(0, ofType: 0) == [10, 20, 30] && timed.total(ofType: 0) == [10, 20, 30])
    #expect(timed.steps.map(\.name) == ["a", "c", "b"])
    var untimed = ProfileSeries(like: profile(1, 1))
    for (name, time) in [("b", Int64(20)), ("a", 0)] {
      try untimed.add(profile(time, time + 1), name: name)
    }
    #expect(untimed.sortByTime() == [1, 0])
  }

  @Test(arguments: [
    ([1, 2, 3], 1.0, 1.0, true, true), ([1, 1, 3], 1.0, 0.75, false, true),
    ([3, 2, 1], -1.0, 1.0, false, false), ([1, 5, 1], 0.0, 0.0, false, false),
    ([2, 2, 2], 0.0, 0.0, false, false), ([7], 0.0, 0.0, false, false),
    ([], 0.0, 0.0, false, false),
  ])
  func `a trend is that of the line that fits best`(
    values: [Int64], slope: Double, fit: Double, grew: Bool, kept: Bool
  ) {
    let trend = SeriesTrend(values)
    #expect(abs(trend.slope - slope) < 1e-9)
    #expect(abs(trend.fit - fit) < 1e-9)
    #expect(trend.grewInEveryStep == grew && trend.neverCameBack == kept)
  }

  @Test func `no values make a trend that is not a number`() {
    for values: [Int64] in [[.min, .max], [.max, .max, .min], [0, .min, 0]] {
      let trend = SeriesTrend(values)
      #expect(trend.slope.isFinite && trend.fit >= 0 && trend.fit <= 1)
    }
  }

  @Test func `what grew in every step stands first, then what never came back`() throws {
    let series = try series([
      ["steady": 1, "kept": 5, "up": 100, "gone": 9], ["steady": 2, "kept": 50, "up": 900],
      ["steady": 3, "kept": 50, "up": 800],
    ])
    let rows = SeriesRows(series, type: 0, isCumulative: false).rows
    #expect(
      rows.map { $0.symbol.map { series.symbols[$0].name } ?? "total" } == [
        "total", "steady", "kept", "up", "gone",
      ])
    let bySlope = SeriesRows(series, type: 0, isCumulative: false, order: .slope).rows
    #expect(bySlope.dropFirst().first?.symbol.map { series.symbols[$0].name } == "up")
  }
}
