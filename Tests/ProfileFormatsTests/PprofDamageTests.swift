import ProfileModel
import Testing

@testable import ProfileFormats

@Suite struct PprofDamageTests {
  /// The offset at which what is added to a minimal profile begins.
  private static let end = Wire.minimal().bytes.count

  private static let damages: [(Wire, String)] = [
    (Wire.minimal { $0.raw([0x83, 1]) }, "wire type 3 at byte \(end + 2) is wrong for profile"),
    (Wire.minimal { $0.data(12, [1]) }, "wire type 2 at byte \(end + 1) is wrong for period"),
    (
      Wire.minimal { $0.message(2) { $0.raw([16, 0x80]) } },
      "truncated at byte \(end + 4) (sample.value)"
    ),
    (Wire.minimal { $0.raw([0x12, 9, 1]) }, "truncated at byte \(end + 3) (sample)"),
    (
      Wire.minimal { $0.raw([96] + Array(repeating: 0xff, count: 12)) },
      "number too long at byte \(end + 1) (period)"
    ),
    (
      Wire.minimal { $0.message(2) { _ in } },
      "the sample at byte \(end + 2) has 0 values for 1 sample types"
    ),
    (
      Wire.minimal { $0.message(2) { $0.packed(2, [1, 2]) } },
      "the sample at byte \(end + 2) has 2 values for 1 sample types"
    ),
    (
      Wire.minimal {
        $0.message(2) {
          $0.number(2, 1)
          $0.number(1, 2)
        }
      }, "no location 2, named at byte \(end + 6)"
    ),
    (Wire.minimal { $0.message(4) { _ in } }, "reserved id 0 at byte \(end) (location)"),
    (Wire.minimal { $0.message(5) { _ in } }, "reserved id 0 at byte \(end) (function)"),
    (Wire.minimal { $0.message(3) { _ in } }, "reserved id 0 at byte \(end) (mapping)"),
    (
      Wire.minimal { $0.message(4) { $0.number(1, 1) } },
      "id 1 a second time at byte \(end) (location)"
    ),
    (
      Wire.minimal {
        $0.message(4) {
          $0.number(1, 2)
          $0.message(4) { $0.number(1, 8) }
        }
      }, "no function 8, named at byte \(end)"
    ),
    (
      Wire.minimal {
        $0.message(4) {
          $0.number(1, 2)
          $0.message(4) { $0.number(2, 8) }
        }
      }, "no function 0, named at byte \(end)"
    ),
    (
      Wire.minimal {
        $0.message(5) {
          $0.number(1, 2)
          $0.number(2, 4)
        }
      }, "no such string among 4 at byte \(end) (function)"
    ),
    (
      Wire.minimal { $0.number(14, 4) },
      "no such string among 4 at byte \(end) (default_sample_type)"
    ),
    (
      Wire.minimal { $0.number(13, UInt64(bitPattern: -1)) },
      "no such string among 4 at byte \(end) (comment)"
    ),
    (
      Wire.minimal {
        $0.message(2) {
          $0.number(2, 1)
          $0.message(3) { $0.number(1, 4) }
        }
      }, "no such string among 4 at byte \(end + 6) (label.key)"
    ),
    (
      Wire.minimal(strings: ["x", "cpu", "ns", "main"]),
      "the string table does not begin with the empty string at byte \(end - 16)"
    ),
    (Wire.minimal(strings: []), "there is no string table"),
    (
      Wire.minimal {
        $0.number(9, 5)
        $0.number(9, 6)
      },
      "concatenated profiles detected at byte \(end + 3); compress each before appending it"
    ),
  ]

  @Test(arguments: damages)
  func `damage is refused with its place`(wire: Wire, description: String) {
    let error = #expect(throws: ProfileDecodingError.self) { try PprofFormat().decoded(wire.bytes) }
    #expect(error?.description == description)
  }

  @Test func `samples without types are refused`() {
    var wire = Wire()
    wire.message(2) { _ in }
    wire.strings([""])
    #expect(throws: ProfileDecodingError.missingSampleTypes(offset: 0)) {
      try ProfileFormats.decode(wire.bytes)
    }
  }

  @Test func `many types for many samples without values take no memory`() {
    var wire = Wire()
    for _ in 0..<20_000 {
      wire.message(1) { _ in }
      wire.message(2) { _ in }
    }
    wire.strings([""])
    #expect(throws: ProfileDecodingError.self) { try ProfileFormats.decode(wire.bytes) }
  }

  @Test func `no bytes are no profile, compressed or not`() {
    #expect(throws: ProfileDecodingError.empty) { try ProfileFormats.decode([]) }
    #expect(throws: ProfileDecodingError.empty) { try ProfileFormats.decode(Gzip.compress([])) }
  }
}

extension ProfileFormat {
  func decoded(_ bytes: [UInt8]) throws -> Profile {
    try bytes.withUnsafeBytes { try decode($0) { _ in true } }
  }
}
