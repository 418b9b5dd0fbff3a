import ProfileModel
import Testing

@testable import ProfileFormats

/// Expectations are what `go tool pprof -raw` shows of the same bytes.
@Suite struct LegacyFormatTests {
  @Test func `heap samples are scaled up by how likely they were`() throws {
    let profile = try ProfileFormats.decode(Array(FormatSamples.heap.utf8))
    let types = ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"]
    #expect(profile.header.sampleTypes.map(\.type) == types)
    #expect(profile.header.period == 524_288)
    #expect(
      profile.samples.values.map(Array.init) == [
        [2050, 1155, 5243], [2_099_200, 3_153_927, 524_338], [512, 4609, 0],
        [524_800, 1_573_376, 0],
      ])
    #expect(Array(profile.locations.addresses.prefix(2)) == [0x401000, 0x402000])
    #expect(profile.mappings.map(\.file) == ["/bin/prog", "/lib/libc-2.31.so"])
    #expect(profile.locations.mappings.map(\.index) == [0, 0, 1, 0, 0])
    let label = try #require(profile.labelSets[profile.samples.labelSet(1)].first)
    #expect(profile.strings[label.key] == "bytes")
    #expect(label.number == 341)
    #expect(profile.header.dropFrames.contains("malloc"))
  }

  @Test(arguments: [
    ("heap/1048576", 524_288), ("heapprofile", 1), ("growthz", 1), ("fragmentationz", 1),
    ("heapz_v2/512", 512),
  ])
  func `the first line of a heap profile says the rate`(kind: String, rate: Int64) throws {
    let text = "heap profile:  1: 512 [ 1: 512] @ \(kind)\n 1: 512 [1: 512] @ 0x1001\n"
    let profile = try ProfileFormats.decode(Array(text.utf8))
    #expect(profile.header.period == rate)
    #expect(profile.header.sampleTypes.map(\.type) == ["objects", "space"])
  }

  @Test func `between the numbers of a heap sample and its stack is one blank`() {
    for blanks in ["", "  "] {
      let text = "heap profile: 1: 5 [1: 5] @ heapprofile\n 1: 5 [1: 5]\(blanks)@ 0x1001\n"
      #expect(throws: ProfileDecodingError.self) { try ProfileFormats.decode(Array(text.utf8)) }
    }
  }

  @Test func `what is cut off in a line of a Java profile is no sample and no attribute`() throws {
    let start = "--- contentionz 1 ---\nresolution = microseconds\nsampling period = 2\n"
    let samples = try ProfileFormats.decode(Array((start + " 3 1 @ 0x1\n 5 1 @ 0x1 0x").utf8))
    #expect(samples.samples.values.map(Array.init) == [[2], [6]])
    let attributes = try ProfileFormats.decode(Array((start + "ms since reset = 60").utf8))
    #expect(attributes.header.durationNanos == 0)
    #expect(attributes.header.period == 2)
  }

  @Test func `contention is scaled to nanoseconds and by the sampling period`() throws {
    let profile = try ProfileFormats.decode(Array(FormatSamples.contention.utf8))
    #expect(profile.samples.values.map(Array.init) == [[3000, 100], [10_000_000, 2500]])
    #expect(profile.header.durationNanos == 16_502_830_000_000)
  }

  @Test func `a thread like the one before counts with it`() throws {
    let profile = try ProfileFormats.decode(Array(FormatSamples.threads.utf8))
    #expect(Array(profile.samples.values[0]) == [2])
    #expect(Array(profile.locations.addresses) == [0x401000, 0x402000])
    #expect(profile.mappings.map(\.buildID) == ["abc123"])
  }

  @Test(arguments: [4, 8], [false, true])
  func `CPU profiles are read in every layout of words`(size: Int, isBigEndian: Bool) throws {
    let words: [UInt64] = [0, 3, 0, 10_000, 0, 5, 2, 0x401000, 0x402001, 2, 1, 0x403000, 0, 1, 0]
    let bytes = words.flatMap { word in
      let little = (0..<size).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
      return isBigEndian ? little.reversed() : little
    }
    let profile = try ProfileFormats.decode(bytes)
    #expect(profile.samples.values.map(Array.init) == [[5, 2], [50_000_000, 20_000_000]])
    #expect(Array(profile.locations.addresses) == [0x401000, 0x402000, 0x403000])
  }

  @Test func `the frame of the signal handler is removed, and the leaf that stands twice`() throws {
    var words: [UInt64] = [0, 3, 0, 1000, 0]
    for leaf in UInt64(0)..<40 {
      words += [1, 4, 0x1000 + leaf * 16, 0x5001, 0x2001 + leaf % 2 * 16, 0x3001]
    }
    words += [1, 4, 0x9001, 0x9001, 0x2001, 0x3001, 0, 1, 0]
    let profile = try ProfileFormats.decode(FormatSamples.words64(words))
    let stacks = profile.samples.stacks.map { stack in
      profile.stacks[stack].map { profile.locations.addresses[$0.index] }
    }
    #expect(stacks.first == [0x1000, 0x2000, 0x3000])
    #expect(stacks.last == [0x9001, 0x2000, 0x3000])
  }

  @Test func `Java locations become names without addresses`() throws {
    let profile = try ProfileFormats.decode(Array(FormatSamples.javaHeap.utf8))
    #expect(profile.samples.values.map(Array.init) == [[74, 8941], [527_819, 4_720_968]])
    #expect(profile.locations.addresses.allSatisfy { $0 == 0 })
    #expect(
      profile.functions.indices.map { profile.strings[profile.functions.names[$0]] }
        == ["com.Foo.bar", "com.Main.main", "native"])
    #expect(
      profile.functions.filenames.map { profile.strings[$0] }
        == ["Foo.java", "Main.java", "libx.so"])
    #expect(profile.locations.lines.map(\.line) == [10, 0, 0])
  }

  @Test func `the comments of Go's text give names, labels and the leaf that Go shows`() throws {
    let profile = try ProfileFormats.decode(Array(FormatSamples.goroutines.utf8))
    #expect(Array(profile.samples.values[0]) == [6, 1])
    let stack = profile.stacks[profile.samples.stacks[0]]
    #expect(stack.count == 1)
    let location = try #require(stack.first)
    let line = try #require(profile.locations.lines(of: location).first)
    #expect(profile.name(of: line.function) == "main.waiter")
    #expect(profile.strings[profile.functions.filenames[line.function.index]] == "/src/main.go")
    #expect(line.line == 302)
    let labels = profile.labelSets[profile.samples.labelSet(0)]
    #expect(labels.map { profile.strings[$0.key] } == ["pool", "quoted"])
    #expect(labels.map { profile.strings[$0.string] } == ["w0", "a\"é"])
    #expect(Array(profile.locations.addresses) == [0x561f04, 0x401000])
  }

  @Test func `a goroutine dump tells state, waiting time and creator, and inlined calls`() throws {
    let profile = try ProfileFormats.decode(Array(FormatSamples.goroutineDump.utf8))
    #expect(Array(profile.samples.values[0]) == [1, 2])
    let inlined = try #require(profile.stacks[profile.samples.stacks[0]].first)
    #expect(
      profile.locations.lines(of: inlined).map { profile.name(of: $0.function) }
        == ["main.fail", "main.main"])
    let labels = profile.labelSets[profile.samples.labelSet(1)].map { label in
      let value =
        label.isNumeric
        ? "\(label.number) \(profile.strings[label.unit])" : profile.strings[label.string]
      return "\(profile.strings[label.key])=\(value)"
    }
    #expect(
      labels == [
        "state=chan receive", "wait=180 seconds", "locked=thread", "created_by=main.main",
      ])
    let worker = try #require(profile.stacks[profile.samples.stacks[1]].first)
    let line = try #require(profile.locations.lines(of: worker).first)
    #expect(profile.name(of: line.function) == "main.(*worker).run")
    #expect(line.line == 20)
  }

  @Test func `folded stacks stand root first in the file`() throws {
    let text = "a;b c;d 12\r\na;b c 2.5\n\n"
    let profile = try ProfileFormats.decode(Array(text.utf8))
    #expect(Array(profile.samples.values[0]) == [12, 3])
    let names = profile.stacks[profile.samples.stacks[0]].flatMap { location in
      profile.locations.lines(of: location).map { profile.name(of: $0.function) }
    }
    #expect(names == ["d", "b c", "a"])
    let error = #expect(throws: ProfileDecodingError.self) {
      try FoldedFormat().decoded(Array("a;b 1\nnonsense\n".utf8))
    }
    #expect(
      error?.description == "folded stacks, line 2 (byte 6): the line does not end in a number")
  }
}
