import ProfileModel
import Testing

@testable import ProfileFormats

/// The outcomes are those of Go's `gzip.NewReader` and `io.ReadAll` on the same bytes.
@Suite struct GzipTests {
  private static let member = Gzip.compress(Array("hello".utf8))
  private static let empty = Gzip.compress([])

  @Test func `members follow one another`() throws {
    #expect(try inflate(Self.member + Self.member) == Array("hellohello".utf8))
    #expect(try inflate(Self.member + Self.empty + Self.member) == Array("hellohello".utf8))
    #expect(try inflate(Self.empty).isEmpty)
  }

  private static let read: [(String, [UInt8])] = [
    ("nothing special", member),
    ("a flag that says text", header(1)),
    ("reserved flags", header(0xe0)),
    ("an extra field", header(4, [3, 0, 97, 98, 99])),
    ("an extra field without contents", header(4, [0, 0])),
    ("a name", header(8, Array("name".utf8) + [0])),
    ("a name that is not ASCII", header(8, [0xe9, 0xff, 0])),
    ("a name of 511 bytes", header(8, Array(repeating: 97, count: 511) + [0])),
    ("a comment", header(16, [97, 0])),
    ("everything", header(31, [1, 0, 1, 97, 0, 98, 0])),
    ("a checksum of the header", header(2)),
  ]

  @Test(arguments: read)
  func `a gzip file that Go reads is read`(what: String, bytes: [UInt8]) throws {
    #expect(try inflate(bytes) == Array("hello".utf8), "\(what)")
  }

  private static let refused: [(String, [UInt8])] = [
    ("a zero after it", member + [0]),
    ("zeros after it", member + Array(repeating: 0, count: 512)),
    ("garbage after it", member + Array("garbage and more".utf8)),
    ("half a header after it", member + member.prefix(5)),
    ("a header alone after it", member + member.prefix(10)),
    ("a wrong checksum", changed(member, at: -8)),
    ("a wrong length", changed(member, at: -1)),
    ("another method", changed(member, at: 2)),
    ("a name of 512 bytes", header(8, Array(repeating: 97, count: 512) + [0])),
    ("a name without end", header(8, Array(repeating: 97, count: 300))),
    ("a wrong checksum of the header", header(2, [], sumError: 1)),
    ("an extra field beyond the end", header(4, [255, 255])),
    ("no trailer", Array(member.dropLast(8))),
    ("a cut trailer", Array(member.dropLast())),
    ("a cut header", Array(member.prefix(9))),
  ]

  @Test(arguments: refused)
  func `a gzip file that Go refuses is refused`(what: String, bytes: [UInt8]) {
    #expect(throws: ProfileDecodingError.self, "\(what)") { try inflate(bytes) }
  }

  @Test func `inflating stops at the limit`() throws {
    let zeros = Gzip.compress(Array(repeating: 0, count: 1 << 20))
    #expect(try inflate(zeros, limit: 1 << 20).count == 1 << 20)
    #expect(throws: ProfileDecodingError.tooLarge(limit: 1 << 20 - 1)) {
      try inflate(zeros, limit: 1 << 20 - 1)
    }
    #expect(throws: ProfileDecodingError.tooLarge(limit: 1 << 20)) {
      try inflate(zeros + zeros, limit: 1 << 20)
    }
  }

  @Test func `a length that lies makes no memory and no error but its own`() throws {
    var bytes = Self.member
    bytes.replaceSubrange((bytes.count - 4)..., with: [255, 255, 255, 255])
    let error = #expect(throws: ProfileDecodingError.self) { try inflate(bytes) }
    guard case .damagedCompression(_, _, .checksum) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // The last member is small, so that the first guess at the size is far too low.
    let big = Gzip.compress((0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 1000) })
    #expect(try inflate(big + Self.member).count == 300_005)
  }

  @Test func `every cut of a gzip file is refused`() {
    for count in 2..<Self.member.count {
      #expect(throws: ProfileDecodingError.self) { try inflate(Array(Self.member.prefix(count))) }
    }
  }

  private func inflate(_ bytes: [UInt8], limit: Int = 1 << 30) throws -> [UInt8] {
    let result = Result {
      try bytes.withUnsafeBytes {
        try Gzip.inflate($0, limit: limit) { _ in true }.withBytes { Array($0) }
      }
    }
    // Whoever inflates piece by piece takes and refuses the same, but for the limit.
    if limit == 1 << 30, let inPieces = try inflateInPieces(bytes) {
      #expect(inPieces == (try? result.get()))
    }
    return try result.get()
  }

  /// What the bytes inflate to, seven at a time; an empty optional where they are refused, and none
  /// where this machine lacks the library.
  private func inflateInPieces(_ bytes: [UInt8]) throws -> [UInt8]?? {
    try bytes.withUnsafeBytes { bytes in
      guard var stream = GzipStream(bytes) else { return nil }
      var inflated: [UInt8] = []
      var room = [UInt8](repeating: 0, count: 7)
      do {
        while true {
          let count = try room.withUnsafeMutableBytes { try stream.read(into: $0) }
          if count == 0 { return .some(inflated) }
          inflated += room.prefix(count)
        }
      } catch is ProfileDecodingError {
        return .some(nil)
      }
    }
  }

  private static func changed(_ bytes: [UInt8], at index: Int) -> [UInt8] {
    var bytes = bytes
    bytes[index < 0 ? bytes.count + index : index] ^= 1
    return bytes
  }

  /// "hello" behind a header with the flags and the fields, and a checksum if a flag says so.
  private static func header(
    _ flags: UInt8, _ fields: [UInt8] = [], sumError: UInt16 = 0
  ) -> [UInt8] {
    var bytes: [UInt8] = [0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255] + fields
    if flags & 2 != 0 {
      let sum = UInt16(truncatingIfNeeded: crc32(bytes)) &+ sumError
      bytes += [UInt8(truncatingIfNeeded: sum), UInt8(sum >> 8)]
    }
    return bytes + member.dropFirst(10)
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
