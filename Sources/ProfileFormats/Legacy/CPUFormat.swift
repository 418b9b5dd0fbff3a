import ProfileModel

/// The binary CPU profiles of gperftools, and those of Java programs: words of 32 or 64 bits in either
/// order of bytes.
///
/// Five words of header (0, 3, 0 or 1 for Java, microseconds between samples, 0), then a count, a depth
/// and so many addresses for each stack, and 0, 1, 0 at the end. A memory map, or for Java a list of
/// names, follows as text.
public struct CPUFormat: ProfileFormat {
  public let name = "gperftools CPU"

  public init() {}

  public func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool { WordReader(bytes) != nil }

  public func decode(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile {
    guard var reader = WordReader(bytes) else { throw .unrecognized }
    guard bytes.count < UInt32.max else { throw .tooMany("bytes") }
    var header = ProfileHeader(sampleTypes: [
      ValueType(type: "samples", unit: "count"), ValueType(type: "cpu", unit: "nanoseconds"),
    ])
    header.periodType = ValueType(type: "cpu", unit: "nanoseconds")
    header.period = Int64(bitPattern: reader.microseconds) &* 1000
    var profile = AddressProfile(header: header)
    try readSamples(&reader, into: &profile, progress: progress)
    var lines = TextLines(UnsafeRawBufferPointer(rebasing: bytes[reader.position...]))
    if reader.isJava { return try JavaLocations.finish(consume profile, &lines, format: name) }
    profile.removeSignalHandlers()
    return try profile.finish(
      memoryMap: &lines, format: name, kind: .nativeWithDuplicateLeaves)
  }

  private func readSamples(
    _ reader: inout WordReader, into profile: inout AddressProfile,
    progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) {
    var stack: [UInt32] = []
    while !reader.isAtEnd {
      if profile.sampleCount & 0xfff == 0 {
        try reader.report(progress, sampleCount: profile.sampleCount)
      }
      let start = reader.position
      guard let count = reader.next(), let depth = reader.next(),
        depth <= UInt64(reader.remaining / 4)
      else { throw .malformed(offset: start, format: name, problem: "a stack beyond the end") }
      stack.removeAll(keepingCapacity: true)
      // The check above counts in words of 32 bits: of 64 bits, the last ones may be missing.
      let first = depth > 0 ? reader.next() ?? 0 : 0
      if count == 0, depth == 1, first == 0 { return }
      for index in 0..<depth {
        let address = index == 0 ? first : reader.next() ?? 0
        // Callers stand behind their call: the byte before belongs to it.
        stack.append(profile.index(of: index == 0 || reader.isJava ? address : address &- 1))
      }
      let samples = Int64(bitPattern: count)
      profile.addSample(stack, values: [samples, samples &* profile.header.period])
    }
  }
}

extension AddressProfile {
  /// Removes the frame that the kernel pushed for the profiler's signal: the second of nearly all
  /// stacks, up to twice.
  fileprivate mutating func removeSignalHandlers() {
    let exceptions = sampleCount / 32
    for _ in 0..<2 {
      var counts: [UInt32: Int] = [:]
      for sample in 0..<sampleCount {
        let stack = stack(sample)
        if stack.count > 1 { counts[stack[stack.startIndex + 1], default: 0] += 1 }
      }
      let limit = sampleCount - exceptions
      guard let handler = counts.first(where: { $0.value >= limit })?.key else { return }
      removeFrames(at: 1) { $0[$0.startIndex + 1] == handler }
    }
  }
}

/// Reads words of a binary CPU profile.
private struct WordReader {
  private let bytes: UnsafeRawBufferPointer
  private let size: Int
  private let isBigEndian: Bool
  private(set) var position = 0
  private(set) var isJava = false
  /// The time between two samples.
  private(set) var microseconds: UInt64 = 0

  /// A reader behind the header; nil where there is none in any of the four layouts.
  init?(_ bytes: UnsafeRawBufferPointer) {
    for (size, isBigEndian) in [(4, false), (4, true), (8, false), (8, true)] {
      var reader = WordReader(bytes, size: size, isBigEndian: isBigEndian)
      guard reader.next() == 0, reader.next() == 3, let kind = reader.next(), kind <= 1,
        let period = reader.next(), period > 0, reader.next() == 0
      else { continue }
      reader.isJava = kind == 1
      reader.microseconds = period
      self = reader
      return
    }
    return nil
  }

  private init(_ bytes: UnsafeRawBufferPointer, size: Int, isBigEndian: Bool) {
    self.bytes = bytes
    self.size = size
    self.isBigEndian = isBigEndian
  }

  var isAtEnd: Bool { position >= bytes.count }
  var remaining: Int { bytes.count - position }

  /// The next word; nil, and the end, where fewer bytes are left.
  mutating func next() -> UInt64? {
    guard remaining >= size else {
      position = bytes.count
      return nil
    }
    defer { position += size }
    if size == 4 {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
      return UInt64(isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word))
    }
    let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    return isBigEndian ? UInt64(bigEndian: word) : UInt64(littleEndian: word)
  }

  func report(
    _ progress: (DecodingProgress) -> Bool, sampleCount: Int
  ) throws(ProfileDecodingError) {
    let done = DecodingProgress(
      step: .readingTables, completedBytes: position, totalBytes: bytes.count,
      sampleCount: sampleCount)
    guard progress(done) else { throw .cancelled }
  }
}
