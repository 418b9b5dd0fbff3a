import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

struct NodeTotalsTests {
  /// `name flat cumulative` of each node that has any.
  private func rows(_ profile: Profile, type: Int = 0) -> [String] {
    let nodes = NodeTable(profile, granularity: .functions)
    let totals = NodeTotals.compute(profile, nodes: nodes, values: profile.samples.values[type])
    return nodes.indices.map {
      "\(nodes.printableName(of: NodeID($0))) \(totals.flat[$0]) \(totals.cumulative[$0])"
    }
  }

  private func total(_ profile: Profile) -> Int64 {
    SampleTotal.compute(profile, values: profile.samples.values[0])
  }

  @Test func `the leaf has the flat value and every frame the cumulative`() {
    let profile = Profile.stacks(["main;work;sort": 5, "main;work": 2, "main": 1])
    #expect(rows(profile) == ["sort 5 5", "work 2 7", "main 1 8"])
  }

  @Test func `recursion is counted once`() {
    #expect(rows(Profile.stacks(["f;g;f;g;f": 5])) == ["f 5 5", "g 0 5"])
  }

  @Test func `the innermost inlined call has the flat value`() {
    #expect(
      rows(Profile.stacks(["main|outer|inner": 4])) == ["inner 4 4", "outer 0 4", "main 0 4"])
  }

  @Test func `any number of calls inlined at one place counts`() {
    let profile = Profile.stacks(["a|b|c|d|e|f;g": 1, "x;a|b|c|d|e|f": 2, "f;a|b|c|d;e": 4])
    #expect(
      rows(profile) == [
        "g 1 1", "f 2 7", "e 4 7", "d 0 7", "c 0 7", "b 0 7", "a 0 7", "x 0 2",
      ])
  }

  @Test func `equal stacks add up`() {
    #expect(
      rows(Profile.stacks(["main;f": 2, "main;g": 1, "main;f": 3])) == [
        "f 5 5", "main 0 6", "g 1 1",
      ])
  }

  @Test func `negative values subtract, and the total is of magnitudes`() {
    let profile = Profile.stacks(["main;f": -3, "main;g": 5])
    #expect(rows(profile) == ["f -3 -3", "main 0 2", "g 5 5"])
    #expect(total(profile) == 8)
  }

  @Test func `samples without frames count in the total only`() {
    let profile = Profile.stacks(["": 7, "f": 3])
    #expect(rows(profile) == ["f 3 3"])
    #expect(total(profile) == 10)
  }

  @Test func `a profile without samples has totals of nothing`() {
    let profile = Profile.stacks([:])
    #expect(rows(profile) == [])
    #expect(total(profile) == 0)
  }

  @Test func `sums wrap around instead of trapping`() {
    #expect(rows(Profile.stacks(["f": .max, "f;f": 1])) == ["f \(Int64.min) \(Int64.min)"])
    #expect(total(Profile.stacks(["f": .min, "g": .min])) == 0)
  }

  @Test func `each sample type has its own totals`() {
    var builder = ProfileBuilder(sampleTypes: ("objects", "count"), ("space", "bytes"))
    builder.addSample(builder.locations("main;f"), values: [1, 100])
    builder.addSample(builder.locations("main"), values: [0, 50])
    #expect(rows(builder.finish(), type: 1) == ["f 100 100", "main 50 150"])
  }

  @Test func `samples marked as base are what shares are of`() {
    var builder = ProfileBuilder(sampleTypes: ("space", "bytes"))
    let mark = Label(key: builder.string("pprof::base"), string: builder.string("true"))
    let other = Label(key: builder.string("region"), string: builder.string("true"))
    builder.addSample(builder.locations("f"), values: [-40], labels: [other, mark])
    builder.addSample(builder.locations("f"), values: [100], labels: [other])
    #expect(total(builder.finish()) == 40)
  }

  @Test func `a base of nothing leaves the whole`() {
    var builder = ProfileBuilder(sampleTypes: ("space", "bytes"))
    let mark = Label(key: builder.string("pprof::base"), string: builder.string("true"))
    builder.addSample(builder.locations("f"), values: [0], labels: [mark])
    builder.addSample(builder.locations("f"), values: [100])
    #expect(total(builder.finish()) == 100)
  }

  @Test func `a total of means is divided by the number of events`() {
    var builder = ProfileBuilder(sampleTypes: ("events", "count"), ("delay", "ns"))
    builder.addSample(builder.locations("f"), values: [2, 100])
    builder.addSample(builder.locations("g"), values: [1, -50])
    let values = builder.finish().samples.values
    let profile = Profile.stacks(["f": 100, "g": -50])
    #expect(SampleTotal.compute(profile, values: values[1], divisors: values[0]) == 50)
    #expect(SampleTotal.quotient(.min, -1) == .min)
    #expect(SampleTotal.quotient(7, 0) == 7)
  }

  @Test func `what neighbouring stacks share is added up as if each stood alone`() {
    let frames = ["a", "b", "c|d", "e|a", "f|g|h|i|j"]
    let paths = (0..<400).map { stack in
      (0...stack % 9).map { frames[(stack / (3 + $0 * $0) + $0) % frames.count] }
    }
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    for path in paths {
      builder.addSample(builder.locations(path.joined(separator: ";")), values: [3])
    }
    let together = builder.finish()
    var cumulative: [String: Int64] = [:]
    for path in paths {
      for name in Set(path.flatMap { $0.split(separator: "|").map(String.init) }) {
        cumulative[name, default: 0] += 3
      }
    }
    let nodes = NodeTable(together, granularity: .functions)
    let totals = NodeTotals.compute(together, nodes: nodes, values: together.samples.values[0])
    for index in nodes.indices {
      #expect(totals.cumulative[index] == cumulative[nodes.printableName(of: NodeID(index))])
    }
  }
}
