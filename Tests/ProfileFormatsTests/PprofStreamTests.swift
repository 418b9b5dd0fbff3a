import Foundation
import ProfileModel
import Testing

@testable import ProfileFormats

/// What is read in pieces is what is read whole, or is left to be read whole.
@Suite struct PprofStreamTests {
  @Test(arguments: [32, 100, 1 << 12, 1 << 20])
  func `a shipped profile is the same in pieces of any size`(pieceSize: Int) throws {
    for file in try SampleFileTests.profiles() {
      let profile = try ProfileFormats.decode(Array(try Data(contentsOf: file)))
      let bytes = PprofEncoder.encode(profile)
      let inPieces = try PprofStream.decode(bytes, pieceSize: pieceSize)
      #expect(inPieces.checkInvariants() == nil, "\(file.lastPathComponent)")
      #expect(dump(inPieces) == dump(profile), "\(file.lastPathComponent)")
    }
  }

  @Test func `labels of samples before the strings are those of samples after them`() throws {
    let strings = ["", "cpu", "ns", "main", "key", "value"]
    let wire = Wire.minimal(strings: strings) { wire in
      // The first and the third are the same labels in other bytes.
      for (field, value, ends) in [(2, 5, false), (3, 9, false), (2, 5, true), (3, 0, false)] {
        wire.message(2) {
          $0.number(2, 1)
          $0.message(3) {
            $0.number(1, 4)
            $0.number(UInt64(field), UInt64(value))
            if ends { $0.number(9, 0) }
          }
        }
      }
    }
    let whole = try PprofFormat().decoded(wire.bytes)
    let inPieces = try PprofStream.decode(wire.bytes, pieceSize: 32)
    #expect(dump(inPieces) == dump(whole))
    #expect(inPieces.samples.labelSet(1) == inPieces.samples.labelSet(3))
    #expect(inPieces.samples.labelSet(4) == .empty)
  }

  @Test func `sample types after samples are left to be read whole`() throws {
    var wire = Wire.minimal()
    wire.message(1) { $0.number(1, 1) }
    #expect(throws: ProfileDecodingError.self) { try PprofStream.decode(wire.bytes) }
    var late = Wire()
    late.message(2) { $0.number(2, 1) }
    late.message(1) { $0.number(1, 1) }
    late.strings(["", "cpu"])
    #expect(throws: ProfileDecodingError.self) { try PprofStream.decode(late.bytes) }
    #expect(try PprofFormat().decoded(late.bytes).samples.count == 1)
  }

  @Test func `ids of more than 32 bits are left to be read whole`() throws {
    var wire = Wire()
    wire.message(1) { $0.number(1, 1) }
    wire.message(2) {
      $0.number(1, 1 << 32)
      $0.number(2, 1)
    }
    wire.message(4) { $0.number(1, 1 << 32) }
    wire.strings(["", "cpu"])
    #expect(throws: ProfileDecodingError.self) { try PprofStream.decode(wire.bytes) }
    #expect(try PprofFormat().decoded(wire.bytes).samples.count == 1)
  }

  @Test func `changes at random are read as they are whole, or left`() throws {
    let original = try #require(FormatSamples.all.first { $0.format == "pprof" }).bytes
    var random = Mutations(seed: 2)
    var readCount = 0
    for _ in 0..<2_000 {
      let bytes = random.mutated(original)
      guard let inPieces = try? PprofStream.decode(bytes, pieceSize: 32) else { continue }
      readCount += 1
      #expect(dump(inPieces) == dump(try PprofFormat().decoded(bytes)), "\(bytes)")
    }
    #expect(readCount > 50)
  }

  /// A profile that inflates to more than is inflated at once, by a field that nobody knows.
  private static let large = Wire.minimal { wire in
    wire.data(200, (0..<5 << 20).map { UInt8(truncatingIfNeeded: $0 >> 8) })
    wire.message(2) {
      $0.number(1, 1)
      $0.number(2, 20)
    }
  }

  private static let compressed = Gzip.compress(large.bytes)

  /// A large file that cannot be compressed: of it, every megabyte is told.
  private static let noisy: [UInt8] = {
    var state: UInt64 = 1
    let words = (0..<5 << 17).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 31
    }
    let noise = words.withUnsafeBytes { [UInt8]($0) }
    return Gzip.compress(Wire.minimal { $0.data(200, noise) }.bytes, level: 1)
  }()

  @Test(arguments: [false, true])
  func `a large file is read while it is inflated`(usesTwoThreads: Bool) throws {
    var steps: [DecodingProgress.Step] = []
    let profile = try Self.compressed.withUnsafeBytes { bytes in
      try ProfileFormats.decode(bytes, usesTwoThreads: usesTwoThreads) {
        steps.append($0.step)
        return true
      }
    }
    #expect(Array(profile.samples.values[0]) == [10, 20])
    let isInPieces = Self.compressed.withUnsafeBytes { GzipStream($0) != nil }
    #expect(steps.allSatisfy { $0 == .inflatingSamples } == isInPieces)
  }

  @Test(arguments: [false, true])
  func `a large file that is damaged is refused with the place of the damage`(
    usesTwoThreads: Bool
  ) throws {
    var compressed = Self.compressed
    compressed[compressed.count - 8] ^= 1
    let error = #expect(throws: ProfileDecodingError.self) {
      try compressed.withUnsafeBytes {
        try ProfileFormats.decode($0, usesTwoThreads: usesTwoThreads)
      }
    }
    let offset = compressed.count - 8
    #expect(
      error == .damagedCompression(format: "gzip", offset: offset, fault: .checksum))
    #expect(throws: ProfileDecodingError.tooLarge(limit: 5 << 20)) {
      try ProfileFormats.decode(
        Self.compressed, limits: DecodingLimits(maximumInflatedBytes: 5 << 20))
    }
  }

  @Test(arguments: [1, 2], [false, true])
  func `reading in pieces can be given up`(afterCalls: Int, usesTwoThreads: Bool) {
    var calls = 0
    #expect(throws: ProfileDecodingError.cancelled) {
      try Self.noisy.withUnsafeBytes { bytes in
        try ProfileFormats.decode(bytes, usesTwoThreads: usesTwoThreads) { _ in
          calls += 1
          return calls < afterCalls
        }
      }
    }
    #expect(calls == afterCalls)
  }

  @Test(arguments: [0, 1, 700_000]) func `what is read ahead is what is in the file`(
    count: Int
  ) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    try Gzip.compress(bytes).withUnsafeBytes { compressed in
      guard var reader = ReadAhead(compressed) else { return }
      var read: [UInt8] = []
      var room = [UInt8](repeating: 0, count: 100_003)
      while true {
        let count = try room.withUnsafeMutableBytes { try reader.read(into: $0) }
        if count == 0 { break }
        read += room.prefix(count)
      }
      #expect(read == bytes)
      #expect(reader.position == compressed.count)
      // Nobody reads this one: it ends all the same.
      _ = ReadAhead(compressed)
    }
  }

  @Test func `what the first piece does not look like is left`() {
    #expect(throws: ProfileDecodingError.unrecognized) {
      try PprofStream.decode(Wire.minimal().bytes, isProfile: { _ in false })
    }
  }
}

extension PprofStream {
  /// The profile in `bytes`, given piece by piece.
  static func decode(
    _ bytes: [UInt8], pieceSize: Int = 1 << 10,
    isProfile: (UnsafeRawBufferPointer) -> Bool = { _ in true }
  ) throws(ProfileDecodingError) -> Profile {
    var given = 0
    return try decode(
      likelyLength: bytes.count, limit: bytes.count, pieceSize: pieceSize, isProfile: isProfile
    ) { (room, _) throws(ProfileDecodingError) in
      let count = min(room.count, bytes.count - given)
      room.copyBytes(from: bytes[given..<given + count])
      given += count
      return count
    }
  }
}
