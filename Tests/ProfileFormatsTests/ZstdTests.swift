import CZstd
import Testing

@testable import ProfileFormats

@Suite struct ZstdTests {
  private static let frame = compress(Array("hello".utf8))
  /// A frame that readers skip, of three bytes.
  private static let skipped: [UInt8] = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]

  @Test func `frames follow one another, and some are skipped`() throws {
    #expect(try inflate(Self.frame) == Array("hello".utf8))
    #expect(try inflate(Self.frame + Self.skipped + Self.frame) == Array("hellohello".utf8))
    #expect(try inflate(Self.skipped + Self.frame) == Array("hello".utf8))
  }

  @Test func `every cut is refused`() {
    for count in 4..<Self.frame.count {
      #expect(throws: ProfileDecodingError.self) { try inflate(Array(Self.frame.prefix(count))) }
    }
  }

  @Test func `what follows the last frame is refused`() {
    #expect(throws: ProfileDecodingError.self) { try inflate(Self.frame + [0, 0, 0, 0]) }
  }

  @Test func `inflating stops at the limit`() throws {
    let zeros = Self.compress(Array(repeating: 0, count: 1 << 20))
    #expect(try inflate(zeros, limit: 1 << 20).count == 1 << 20)
    #expect(throws: ProfileDecodingError.tooLarge(limit: 1 << 20 - 1)) {
      try inflate(zeros, limit: 1 << 20 - 1)
    }
  }

  @Test func `a profile in zstd is read`() throws {
    let profile = try ProfileFormats.decode(Self.compress(Wire.minimal().bytes))
    #expect(profile.samples.count == 1)
  }

  private func inflate(_ bytes: [UInt8], limit: Int = 1 << 30) throws -> [UInt8] {
    try bytes.withUnsafeBytes {
      try Zstd.inflate($0, limit: limit) { _ in true }.withBytes { Array($0) }
    }
  }

  private static func compress(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { output, count in
      count = ZSTD_compress(output.baseAddress, output.count, bytes, bytes.count, 3)
    }
  }
}
