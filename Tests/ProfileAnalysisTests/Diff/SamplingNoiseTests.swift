import Foundation
import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

@Suite struct SamplingNoiseTests {
  private let heap = [(type: "inuse_objects", unit: "count"), (type: "inuse_space", unit: "bytes")]

  private func heapHeader(_ rate: Int64) -> (inout ProfileHeader) -> Void {
    { header in
      header.periodType = ValueType(type: "space", unit: "bytes")
      header.period = rate
    }
  }

  /// What Go writes of `count` objects of `size` bytes, of which it saw each with the chance that
  /// the rate gives it.
  private func sampled(
    count: Int, size: Int64, rate: Int64, _ random: inout SplitMix
  ) -> (objects: Int64, space: Int64) {
    let chance = 1 - exp(-Double(size) / Double(rate))
    var seen = 0
    for _ in 0..<count where Double(random.next() >> 11) * 0x1p-53 < chance { seen += 1 }
    let scale = 1 / chance
    return (Int64(Double(seen) * scale), Int64(Double(seen) * Double(size) * scale))
  }

  @Test(arguments: [(size: 64, rate: 4096), (size: 4096, rate: 4096), (size: 20_000, rate: 8192)])
  func `estimates of simulated sampling scatter as the formula says`(size: Int, rate: Int) {
    var random = SplitMix(state: 5)
    let (count, runs) = (2000, 800)
    var spaces: [Double] = []
    var predicted: [Double] = []
    for _ in 0..<runs {
      let (objects, space) = sampled(count: count, size: Int64(size), rate: Int64(rate), &random)
      spaces.append(Double(space))
      let profile = Profile.of(
        heap, StackSample("f", objects, space), configure: heapHeader(Int64(rate)))
      predicted.append(SamplingNoise(profile).variance(ofType: 1, sample: 0))
    }
    let mean = spaces.reduce(0, +) / Double(runs)
    #expect(abs(mean / Double(count * size) - 1) < 0.05, "the estimate is right on average")
    let variance = spaces.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs - 1)
    let formula = predicted.reduce(0, +) / Double(runs)
    #expect(abs(variance / formula - 1) < 0.2, "\(variance) is not near \(formula)")
  }

  @Test func `a rate of 1 leaves nothing to chance, and neither does no rate`() throws {
    for rate: Int64 in [0, 1] {
      let profile = Profile.of(
        heap, StackSample("f", 10, 1000), configure: heapHeader(rate))
      #expect(SamplingNoise(profile).isExact(1))
      #expect(SamplingNoise(profile).variances(ofType: 1) == [0])
    }
  }

  @Test func `samples of a CPU profile scatter as counts`() {
    let profile = Profile.of(
      [("samples", "count"), ("cpu", "nanoseconds")], StackSample("f", 25, 250_000_000)
    ) { header in
      header.periodType = ValueType(type: "cpu", unit: "nanoseconds")
      header.period = 10_000_000
    }
    let noise = SamplingNoise(profile)
    #expect(noise.variance(ofType: 0, sample: 0).squareRoot() == 5)
    #expect(noise.variance(ofType: 1, sample: 0).squareRoot() == 50_000_000)
  }

  @Test func `delays scatter by the delay of one contention times the root of their number`() {
    let profile = Profile.of(
      [("contentions", "count"), ("delay", "nanoseconds")], StackSample("f", 16, 1600)
    ) { header in
      header.periodType = ValueType(type: "contentions", unit: "count")
      header.period = 1
    }
    #expect(SamplingNoise(profile).variance(ofType: 1, sample: 0).squareRoot() == 400)
  }

  @Test func `all goroutines are counted`() {
    let profile = Profile.of([("goroutine", "count")], StackSample("f", 16)) { header in
      header.periodType = ValueType(type: "goroutine", unit: "count")
      header.period = 1
    }
    #expect(SamplingNoise(profile).variances(ofType: 0) == [0])
  }

  @Test func `changes within two standard errors are noise, sums of many samples less so`() throws {
    let rate: Int64 = 512 * 1024
    func profile(_ objects: Int64) -> Profile {
      Profile.of(
        heap, StackSample("main few", 10, 5_242_880),
        StackSample("main many", objects, objects * 524_288), configure: heapHeader(rate))
    }
    let comparison = try ProfileComparison(base: profile(1000), other: profile(1200))
    let union = comparison.profile()
    let nodes = NodeTable(union, granularity: .functions)
    let totals = ComparisonTotals(comparison, union, nodes, type: 1)
    let many = try #require(nodes.indices.first { nodes.printableName(of: NodeID($0)) == "many" })
    // k (1 - p) / p² with p = 1 - 1/e: 1 / (e - 1) for each object.
    let expected = (2200 / (exp(1.0) - 1)).squareRoot() * 524_288
    let value = totals.flat(NodeID(many))
    #expect(abs(value.standardError / expected - 1) < 1e-6)
    #expect(value.isSignificant)
    let sum = comparison.sum(of: union, type: 1)
    #expect(abs(sum.standardError / ((2220 / 2200.0).squareRoot() * expected) - 1) < 1e-6)
    #expect(!ComparedValue(base: 10, other: 29, change: 19, standardError: 10).isSignificant)
  }

  @Test func `no numbers make noise that is not a number`() {
    let extremes: [Int64] = [.min, -1, 0, 1, .max]
    for objects in extremes {
      for space in extremes {
        for rate in extremes {
          let profile = Profile.of(
            heap, StackSample("f", objects, space), configure: heapHeader(rate))
          for type in 0...1 {
            let variance = SamplingNoise(profile).variance(ofType: type, sample: 0)
            #expect(variance >= 0 && !variance.isNaN)
          }
          #expect(throws: Never.self) {
            let comparison = try ProfileComparison(base: profile, other: profile)
            _ = comparison.sum(of: comparison.profile(), type: 0).standardError
          }
        }
      }
    }
  }
}
