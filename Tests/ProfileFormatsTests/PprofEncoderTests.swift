import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct PprofEncoderTests {
  @Test func `what is encoded decodes to the same profile`() throws {
    var builder = ProfileBuilder(sampleTypes: ("objects", "count"), ("space", "bytes"))
    builder.header.periodType = ValueType(type: "space", unit: "bytes")
    builder.header.period = 524_288
    builder.header.timeNanos = 1
    builder.header.durationNanos = -2
    builder.header.comments = ["first", "second", "first"]
    builder.header.defaultSampleType = "objects"
    builder.header.docURL = "https://example.org/"
    builder.header.dropFrames = "drop"
    builder.header.keepFrames = "keep"
    var mapping = Mapping()
    mapping.start = 0x1000
    mapping.limit = 0x2000
    mapping.offset = 3
    mapping.file = "/bin/program"
    mapping.buildID = "abc"
    mapping.hasFunctions = true
    mapping.hasInlineFrames = true
    let program = builder.addMapping(mapping)
    let inner = builder.function("inner", systemName: "_inner", file: "a.go", startLine: 3)
    let outer = builder.function("outer")
    let leaf = builder.location(
      address: 0x1234, mapping: program, isFolded: true,
      lines: [Line(function: inner, line: 5, column: 6), Line(function: outer, line: -1)])
    let root = builder.location(lines: [])
    let key = builder.string("key")
    let text = Label(key: key, string: builder.string("text"))
    let number = Label(key: key, number: -7, unit: builder.string("ms"))
    let zero = Label(key: key, number: 0, unit: builder.string("ms"))
    builder.addSample([leaf, root, leaf], values: [1, .min], labels: [text, number, zero])
    builder.addSample([], values: [0, .max])
    let profile = builder.finish()

    let decoded = try ProfileFormats.decode(Gzip.compress(PprofEncoder.encode(profile)))

    #expect(decoded.checkInvariants() == nil)
    #expect(decoded.header == profile.header)
    #expect(decoded.mappings == profile.mappings)
    #expect(dump(decoded) == dump(profile))
    #expect(PprofEncoder.encode(decoded) == PprofEncoder.encode(profile))
  }

  @Test func `strings that nothing refers to are not written`() throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "ns"))
    _ = builder.string("secret")
    let decoded = try ProfileFormats.decode(PprofEncoder.encode(builder.finish()))
    #expect(decoded.strings.id(of: "secret") == nil)
    #expect(decoded.strings.id(of: "cpu") != nil)
  }

  @Test func `rows whose ids do not tell them apart are numbered anew`() throws {
    let profile = try ProfileFormats.decode(Wire.minimal().bytes)
    let locations = profile.locations
    let twice = LocationTable(
      ids: [5, 5], addresses: [1, 2], mappings: [.none, .none], areFolded: [false, false],
      lineStarts: [0, 0, 1], lines: locations.lines)
    let bytes = PprofEncoder.encode(profile.replacing(locations: twice))
    #expect(Array(try ProfileFormats.decode(bytes).locations.ids) == [1, 2])
  }
}
