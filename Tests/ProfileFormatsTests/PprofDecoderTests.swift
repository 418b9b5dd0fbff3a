import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct PprofDecoderTests {
  @Test func `a minimal profile has its sample`() throws {
    let profile = try ProfileFormats.decode(Wire.minimal().bytes)
    #expect(profile.header.sampleTypes == [ValueType(type: "cpu", unit: "ns")])
    #expect(profile.samples.values.map(Array.init) == [[10]])
    let location = try #require(profile.stacks[profile.samples.stacks[0]].first)
    let line = try #require(profile.locations.lines(of: location).first)
    #expect(line.line == 7)
    #expect(profile.name(of: line.function) == "main")
    #expect(profile.checkInvariants() == nil)
  }

  @Test func `lists are read packed, single, and both in one sample`() throws {
    let wire = Wire.minimal { wire in
      wire.message(2) {
        $0.number(1, 1)
        $0.packed(1, [1, 1])
        $0.number(1, 1)
        $0.packed(2, [5])
      }
    }
    let profile = try ProfileFormats.decode(wire.bytes)
    #expect(profile.stacks[profile.samples.stacks[1]].count == 4)
    #expect(Array(profile.samples.values[0]) == [10, 5])
  }

  @Test func `tables may come after what refers to them`() throws {
    var wire = Wire()
    wire.message(5) {
      $0.number(2, 1)
      $0.number(1, 900)
    }
    wire.message(4) {
      $0.message(4) { $0.number(1, 900) }
      $0.number(1, 1 << 40)
    }
    wire.message(2) {
      $0.packed(1, [1 << 40])
      $0.number(2, 3)
    }
    wire.message(1) { _ in }
    wire.strings(["", "late"])
    let profile = try ProfileFormats.decode(wire.bytes)
    #expect(profile.name(of: profile.locations.lines[0].function) == "late")
    #expect(profile.locations.ids[0] == 1 << 40)
  }

  @Test func `unknown fields are skipped wherever they stand`() throws {
    let wire = Wire.minimal { wire in
      wire.number(100, 5)
      wire.data(101, [1, 2, 3])
      wire.raw([0x81 | 0x80, 0x0f, 1, 2, 3, 4, 5, 6, 7, 8])  // field 240, eight bytes
      wire.message(2) {
        $0.data(77, [9])
        $0.number(2, 1)
        $0.raw([0x85 | 0x80, 0x0f, 1, 2, 3, 4])  // field 240, four bytes
      }
    }
    #expect(try ProfileFormats.decode(wire.bytes).samples.count == 2)
  }

  @Test func `labels are strings or numbers, and a bare zero is none`() throws {
    let strings = ["", "cpu", "ns", "main", "key", "value", "bytes"]
    let wire = Wire.minimal(strings: strings) { wire in
      for _ in 0..<2 {
        wire.message(2) {
          $0.number(2, 1)
          $0.message(3) {
            $0.number(1, 4)
            $0.number(2, 5)
          }
          $0.message(3) {
            $0.number(1, 4)
            $0.number(3, 0)
          }
          $0.message(3) {
            $0.number(1, 4)
            $0.number(3, 0)
            $0.number(4, 6)
          }
          $0.message(3) {
            $0.number(3, UInt64(bitPattern: -8))
            $0.number(1, 4)
          }
        }
      }
    }
    let profile = try ProfileFormats.decode(wire.bytes)
    #expect(profile.samples.labelSet(0) == .empty)
    #expect(profile.samples.labelSet(1) == profile.samples.labelSet(2))
    let labels = Array(profile.labelSets[profile.samples.labelSet(1)])
    #expect(labels.map { profile.strings[$0.key] } == ["key", "key", "key"])
    #expect(labels.map(\.isNumeric) == [false, true, true])
    #expect(labels.map(\.number) == [0, 0, -8])
    #expect(profile.strings[labels[1].unit] == "bytes")
    #expect(labels[2].unit == .empty)
  }

  @Test func `labels apart from each other in one sample belong together`() throws {
    let wire = Wire.minimal { wire in
      wire.message(2) {
        $0.message(3) {
          $0.number(1, 1)
          $0.number(2, 2)
        }
        $0.number(2, 1)
        $0.message(3) {
          $0.number(1, 2)
          $0.number(3, 3)
        }
      }
    }
    let profile = try ProfileFormats.decode(wire.bytes)
    #expect(profile.labelSets[profile.samples.labelSet(1)].count == 2)
  }

  @Test func `the header has every field`() throws {
    let strings = ["", "cpu", "ns", "main", "drop", "keep", "note", "doc"]
    let wire = Wire.minimal(strings: strings) { wire in
      wire.number(7, 4)
      wire.number(8, 5)
      wire.number(9, 11)
      wire.number(10, 12)
      wire.message(11) {
        $0.number(1, 1)
        $0.number(2, 2)
      }
      wire.number(12, 13)
      wire.packed(13, [6, 7])
      wire.number(13, 6)
      wire.number(14, 1)
      wire.number(15, 7)
    }
    let header = try ProfileFormats.decode(wire.bytes).header
    #expect(header.dropFrames == "drop")
    #expect(header.keepFrames == "keep")
    #expect(header.timeNanos == 11)
    #expect(header.durationNanos == 12)
    #expect(header.periodType == ValueType(type: "cpu", unit: "ns"))
    #expect(header.period == 13)
    #expect(header.comments == ["note", "doc", "note"])
    #expect(header.defaultSampleType == "cpu")
    #expect(header.docURL == "doc")
  }

  @Test func `names that are not UTF-8 keep their bytes`() throws {
    let wire = Wire.minimal(strings: ["", "cpu", "ns"]) { $0.data(6, [0xff, 0x41]) }
    let profile = try ProfileFormats.decode(wire.bytes)
    let bytes = profile.strings.withBytes(of: profile.functions.names[0]) { Array($0) }
    #expect(bytes == [0xff, 0x41])
  }

  @Test func `a mapping that is not there counts as none`() throws {
    let wire = Wire.minimal { wire in
      wire.message(4) {
        $0.number(1, 2)
        $0.number(2, 99)
      }
    }
    #expect(try ProfileFormats.decode(wire.bytes).locations.mappings[1].isNone)
  }

  @Test func `values may have ten bytes and any sign`() throws {
    let wire = Wire.minimal { wire in
      wire.message(2) { $0.number(2, UInt64(bitPattern: .min)) }
      wire.message(2) { $0.raw([16, 0x85, 0x80, 0x80, 0x80, 0]) }
    }
    #expect(Array(try ProfileFormats.decode(wire.bytes).samples.values[0]) == [10, .min, 5])
  }

  @Test func `giving up ends with an error`() {
    let bytes = Wire.minimal().bytes
    #expect(throws: ProfileDecodingError.cancelled) {
      try bytes.withUnsafeBytes { bytes in
        try ProfileFormats.decode(bytes) { $0.step != .readingSamples }
      }
    }
  }
}
