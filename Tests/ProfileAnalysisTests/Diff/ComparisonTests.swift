import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

@Suite struct ComparisonTests {
  private let types = [(type: "objects", unit: "count"), (type: "space", unit: "bytes")]

  private var old: Profile {
    .of(types, StackSample("a", 2, 20), StackSample("b", 4, 40), StackSample("c", 1, 10))
  }
  private var new: Profile {
    .of(types, StackSample("a", 2, 20), StackSample("b", 10, 100), StackSample("d", 5, 50))
  }

  @Test func `subtracting a base leaves what changed`() throws {
    let result = try new.compared(to: old, as: .subtraction)
    #expect(result.summary == ["b 6 60", "d 5 50", "c -1 -10"])
  }

  @Test func `a difference keeps the base apart under a label`() throws {
    let result = try new.compared(to: old, as: .difference)
    #expect(
      result.summary == [
        "a 2 20", "b 10 100", "d 5 50", "a -2 -20 [pprof::base:true]",
        "b -4 -40 [pprof::base:true]", "c -1 -10 [pprof::base:true]",
      ])
  }

  @Test func `a difference for sums keeps equal samples apart, to the same sums`() throws {
    var random = SplitMix(state: 3)
    for round in 0..<60 {
      let base = Self.profile(&random)
      // Blocks of stacks that both have, and none such.
      let other = round % 3 == 0 ? base : Self.profile(&random)
      let merged = try other.compared(to: base, as: .difference)
      let joined = try other.compared(to: base, as: .difference, isForSums: true)
      #expect(joined.checkInvariants() == nil)
      #expect(joined.samples.count == base.samples.count + other.samples.count)
      for granularity in Granularity.allCases {
        #expect(Self.sums(joined, granularity) == Self.sums(merged, granularity))
      }
      for column in 0..<2 {
        let totals = [joined, merged].map {
          SampleTotal.compute($0, values: $0.samples.values[column])
        }
        #expect(totals[0] == totals[1])
      }
    }
  }

  @Test func `a difference for sums is merged where sums would be others`() throws {
    let negative = Profile.of(types, StackSample("a", 3, 3), StackSample("a", -1, -1))
    let zero = Profile.of(types, StackSample("a", 3, 3), StackSample("b", 0, 0))
    let huge = Profile.of(types, StackSample("a", .max, 3), StackSample("a", 2, 0))
    let kilo = Profile.of([("objects", "count"), ("space", "kilobytes")], StackSample("a", 1, 1))
    for other in [negative, zero, huge, kilo] {
      for (source, base) in [(other, old), (old, other), (other, other)] {
        let merged = try source.compared(to: base, as: .difference)
        let joined = try source.compared(to: base, as: .difference, isForSums: true)
        #expect(joined.summary == merged.summary)
      }
    }
  }

  /// Samples on few stacks, some of them equal, in more than one block.
  private static func profile(_ random: inout SplitMix) -> Profile {
    var builder = ProfileBuilder(sampleTypes: ("objects", "count"), ("space", "bytes"))
    let locations = (0..<12).map { index in
      let place = "@f\(index % 3).go:\(index)"
      return builder.locations("p.f\(index)\(place)|p.g\(index % 4)\(place)")[0]
    }
    for _ in 0...random.next(below: 300) {
      let stack = (0...random.next(below: 5)).map { _ in locations[random.next(below: 12)] }
      builder.addSample(
        stack, values: [Int64(random.next(below: 9)), 1 + Int64(random.next(below: 999))])
    }
    return builder.finish()
  }

  private static func sums(_ profile: Profile, _ granularity: Granularity) -> [String: [Int64]] {
    let nodes = NodeTable(profile, granularity: granularity)
    let values = profile.samples.values[1]
    let totals = NodeTotals.compute(profile, nodes: nodes, values: values)
    let marks = InlineMarks.compute(
      profile, nodes: nodes, values: values, isKept: nodes.indices.map { _ in true })
    return Dictionary(
      nodes.indices.map {
        let sums = [totals.flat[$0], totals.cumulative[$0], Int64(marks[$0].rawValue)]
        return (nodes.printableName(of: NodeID($0)), sums)
      }, uniquingKeysWith: +)
  }

  @Test func `a difference takes the place of such a label that is there already`() throws {
    let marked = Profile.of(
      types, StackSample("a", 1, 1, labels: [("pprof::base", .text("old")), ("k", .text("v"))]))
    #expect(
      marked.labelled("pprof::base", "true").summary == ["a 1 1 [k:v pprof::base:true]"])
  }

  @Test func `normalizing scales each type to the sum of the base`() throws {
    let source = Profile.of(types, StackSample("a", 1, 30), StackSample("b", 3, 10))
    let base = Profile.of(types, StackSample("a", 2, 20))
    #expect(try source.normalized(to: base).summary == ["a 1 15", "b 2 5"])
  }

  @Test func `normalizing keeps values that need no scaling`() throws {
    let source = Profile.of(types, StackSample("a", 1, 30), StackSample("b", 1, 0))
    let base = Profile.of(types, StackSample("c", 2, 60))
    #expect(try source.normalized(to: base).summary == ["a 1 60", "b 1 0"])
  }

  @Test func `a type without values becomes zero, and samples that are zero go`() throws {
    let source = Profile.of(types, StackSample("a", 0, 10), StackSample("b", 0, 0))
    let base = Profile.of(types, StackSample("c", 2, 5))
    #expect(try source.normalized(to: base).summary == ["a 0 5"])
  }

  @Test func `only profiles of the same types are normalized`() throws {
    let base = Profile.of([("objects", "count"), ("space", "kilobytes")], StackSample("a", 1, 1))
    #expect(throws: MergeError.self) {
      try new.compared(to: base, as: .subtraction, normalizes: true)
    }
    #expect(try new.compared(to: base, as: .subtraction).summary.first == "a 1 -1004")
  }
}
