import ProfileAnalysis
import ProfileModel
import Testing

@Suite struct ProfileMergerTests {
  private let time = [(type: "cpu", unit: "nanoseconds")]

  @Test func `a profile alone stays as it is`() throws {
    let profile = Profile.of(
      time, StackSample("a", 1), StackSample("a", 2), StackSample("a", 0))
    #expect(try Profile.merged([profile]).summary == ["a 1", "a 2", "a 0"])
  }

  @Test func `samples with equal stacks and labels become one, in order of appearance`() throws {
    let first = Profile.of(
      time, StackSample("main b", 1), StackSample("main a", 2, labels: [("k", .text("v"))]),
      StackSample("main b", 4))
    let second = Profile.of(
      time, StackSample("main a", 8), StackSample("main a", 16, labels: [("k", .text("v"))]))
    let merged = try Profile.merged([first, second])
    #expect(merged.summary == ["main b 5", "main a 18 [k:v]", "main a 8"])
    #expect(merged.checkInvariants() == nil)
  }

  @Test func `any number of samples of one stack keep their labels apart`() throws {
    let profiles = (0..<9).map {
      Profile.of(time, StackSample("a", 1, labels: [("k", .text("\($0)"))]))
    }
    let merged = try Profile.merged(profiles + profiles.reversed() + profiles)
    #expect(merged.summary == (0..<9).map { "a 3 [k:\($0)]" })
  }

  @Test func `stacks that begin alike are one only if they end alike`() throws {
    var state: UInt64 = 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Int(state >> 33) % bound
    }
    var path: [String] = []
    // More stacks than lie between two that are kept whole, in three profiles that have many of
    // them in common.
    let samples = (0..<3).map { _ in
      (0..<400).map { _ -> (stack: String, value: Int64) in
        path.removeLast(min(random(4), path.count))
        for _ in 0..<random(4) where path.count < 7 {
          path.append("abc".map(String.init)[random(3)])
        }
        return ((["main"] + path).joined(separator: " "), Int64(random(3)))
      }
    }
    var order: [String] = []
    var sums: [String: Int64] = [:]
    for sample in samples.joined() where sample.value != 0 {
      if sums[sample.stack] == nil { order.append(sample.stack) }
      sums[sample.stack, default: 0] += sample.value
    }
    let profiles = samples.map { samples in
      Profile.of(time, all: samples.map { StackSample($0.stack, $0.value) })
    }
    let merged = try Profile.merged(profiles)
    #expect(merged.summary == order.map { "\($0) \(sums[$0] ?? 0)" })
    #expect(merged.checkInvariants() == nil)
    #expect(merged.stacks.count == order.count)
  }

  @Test func `the order of label keys makes no difference, that of values does`() throws {
    func profile(_ labels: [(String, StackSample.LabelValue)]) -> Profile {
      .of(time, StackSample("a", 1, labels: labels))
    }
    let merged = try Profile.merged([
      profile([("k", .text("1")), ("j", .number(5, "B")), ("k", .text("2"))]),
      profile([("j", .number(5, "B")), ("k", .text("1")), ("k", .text("2"))]),
      profile([("j", .number(5, "B")), ("k", .text("2")), ("k", .text("1"))]),
      profile([("j", .number(5, "")), ("k", .text("2")), ("k", .text("1"))]),
    ])
    #expect(
      merged.summary == ["a 2 [k:1 k:2 j:5B]", "a 1 [k:2 k:1 j:5B]", "a 1 [k:2 k:1 j:5]"])
  }

  @Test func `samples that are or become zero go, with all that only they need`() throws {
    let first = Profile.of(time, StackSample("x y", 0), StackSample("p q", 3), StackSample("r", 1))
    let second = Profile.of(time, StackSample("p q", -3))
    let merged = try Profile.merged([first, second])
    #expect(merged.summary == ["r 1"])
    #expect(merged.functions.count == 1)
    #expect(Array(merged.locations.ids) == [1])
  }

  @Test func `the same binary is recognized wherever it was loaded`() throws {
    func profile(start: UInt64, size: UInt64, buildID: String) -> Profile {
      var builder = ProfileBuilder(sampleTypes: (type: "cpu", unit: "ns"))
      var mapping = Mapping()
      (mapping.start, mapping.limit, mapping.file) = (start, start + size, "/bin/prog")
      mapping.buildID = buildID
      let id = builder.addMapping(mapping)
      let location = builder.location(address: start + 0x10, mapping: id, lines: [])
      builder.addSample([location], values: [1])
      return builder.finish()
    }
    let merged = try Profile.merged([
      profile(start: 0x1000, size: 0x2F00, buildID: "b"),
      profile(start: 0x7000, size: 0x2F80, buildID: "b"),
      profile(start: 0x1000, size: 0x2F00, buildID: "c"),
    ])
    #expect(merged.summary == ["0x1010 2", "0x1010 1"])
    #expect(merged.mappings.map(\.buildID) == ["b", "c"])
    #expect(merged.mappings.map(\.id) == [1, 2])
  }

  @Test func `locations are one even if columns of inlined calls differ, but for the last`() throws
  {
    func profile(_ columns: [Int64]) -> Profile {
      var builder = ProfileBuilder(sampleTypes: (type: "n", unit: ""))
      let lines = columns.map { Line(function: builder.function("f"), line: 1, column: $0) }
      builder.addSample([builder.location(address: 1, lines: lines)], values: [1])
      return builder.finish()
    }
    #expect(try Profile.merged([profile([1, 2]), profile([3, 2])]).samples.count == 1)
    #expect(try Profile.merged([profile([1, 2]), profile([1, 3])]).samples.count == 2)
  }

  @Test func `sample types that all have stay, in the order of the first and its finest unit`()
    throws
  {
    let first = Profile.of(
      [("a", "count"), ("t", "ms"), ("b", "bytes")], StackSample("f", 1, 2, 3),
      StackSample("g", 0, 0, 9))
    let second = Profile.of([("t", "us"), ("a", "count")], StackSample("f", 500, 10))
    let third = Profile.of([("t", "seconds"), ("a", "count")], StackSample("f", 1, 0))
    let merged = try Profile.merged([first, second, third])
    #expect(merged.summary == ["f 11 1002500"])
    #expect(
      merged.header.sampleTypes == [
        ValueType(type: "a", unit: "count"), ValueType(type: "t", unit: "us"),
      ])
    #expect(merged.header.defaultSampleType == "a")
  }

  @Test func `profiles with nothing in common are refused`() throws {
    let cpu = Profile.of([("cpu", "ns")], StackSample("f", 1))
    let heap = Profile.of([("space", "bytes")], StackSample("f", 1))
    let bytes = Profile.of([("cpu", "bytes")], StackSample("f", 1))
    #expect(throws: MergeError.noCommonSampleTypes) { try Profile.merged([cpu, heap]) }
    #expect(throws: MergeError.self) { try Profile.merged([cpu, bytes]) }
    #expect(throws: MergeError.noProfiles) { try Profile.merged([]) }
  }

  @Test func `headers are put together`() throws {
    func profile(_ configure: (inout ProfileHeader) -> Void) -> Profile {
      .of(time, StackSample("f", 1), configure: configure)
    }
    let merged = try Profile.merged([
      profile {
        ($0.timeNanos, $0.durationNanos, $0.period) = (500, 10, 3)
        $0.periodType = ValueType(type: "cpu", unit: "ms")
        $0.comments = ["one", "two"]
        $0.dropFrames = "x"
      },
      profile {
        ($0.timeNanos, $0.durationNanos, $0.period) = (400, 20, 7000)
        $0.periodType = ValueType(type: "cpu", unit: "us")
        $0.comments = ["two", "three"]
        ($0.docURL, $0.defaultSampleType, $0.dropFrames) = ("doc", "cpu", "y")
      },
      profile { $0.periodType = ValueType(type: "cpu", unit: "us") },
    ])
    #expect(merged.header.timeNanos == 400, "a profile without a time takes none away")
    #expect(merged.header.durationNanos == 30)
    #expect(merged.header.period == 7000)
    #expect(merged.header.periodType == ValueType(type: "cpu", unit: "us"))
    #expect(merged.header.comments == ["one", "two", "three"])
    #expect(merged.header.docURL == "doc")
    #expect(merged.header.defaultSampleType == "cpu")
    #expect(merged.header.dropFrames == "x")
  }

  @Test func `periods of different kinds are refused`() {
    func profile(_ type: String, _ unit: String) -> Profile {
      .of(time, StackSample("f", 1)) { $0.periodType = ValueType(type: type, unit: unit) }
    }
    #expect(throws: MergeError.self) {
      try Profile.merged([profile("cpu", "ns"), profile("space", "bytes")])
    }
    #expect(throws: MergeError.self) {
      try Profile.merged([profile("cpu", "ns"), profile("cpu", "bytes")])
    }
  }

  @Test func `sums and addresses wrap around rather than trap`() throws {
    let large = Profile.of(time, StackSample("f", .max), StackSample("0xffffffffffffffff", .min))
    let merged = try Profile.merged([large, large, large])
    #expect(merged.samples.values[0].count == 2)
    #expect(Int64.max.scaledForTests(by: 2) == .min)
  }
}

extension Int64 {
  /// The value of a sample after its profile was scaled.
  fileprivate func scaledForTests(by ratio: Double) -> Int64? {
    Profile.of([("n", "")], StackSample("f", self)).scaled(by: [ratio]).samples.values[0].first
  }
}
