import ProfileModel

/// Profiles of waiting for locks as text: those of C++ servers, and Go's mutex and block profiles with
/// `debug=1`.
///
///     --- contentionz 1 ---
///     cycles/second = 2000000000
///     sampling period = 100
///     200000 30 @ 0x401000 0x402000
public struct ContentionFormat: ProfileFormat {
  public let name = "contention text"

  private let readsComments: Bool

  /// - Parameter readsComments: whether the comments that Go writes below stacks are read.
  public init(readsComments: Bool = true) { self.readsComments = readsComments }

  public var withoutSymbols: (any ProfileFormat)? { ContentionFormat(readsComments: false) }

  public func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var lines = TextLines(bytes)
    guard lines.advance() else { return false }
    if lines.line.hasPrefix("--- mutex:") || lines.line.hasPrefix("--- contention:") {
      return true
    }
    return lines.line.hasPrefix("--- contentionz ") && !JavaFormat().recognizes(bytes)
  }

  public func decode(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile {
    var lines = try TextLines(whole: bytes)
    guard lines.advance() else { throw .unrecognized }
    var header = ProfileHeader(sampleTypes: [
      ValueType(type: "contentions", unit: "count"), ValueType(type: "delay", unit: "nanoseconds"),
    ])
    header.periodType = ValueType(type: "contentions", unit: "count")
    header.period = 1
    let cyclesPerSecond = try readAttributes(&lines, into: &header)
    var profile = AddressProfile(header: header)
    var comments = SymbolComments(isRead: readsComments)
    repeat {
      let line = lines.line.trimmed
      if line.isBlankOrComment {
        comments.read(line, into: &profile)
        continue
      }
      if line.hasPrefix("---") { break }
      try lines.report(progress, bytes, sampleCount: profile.sampleCount)
      comments.finishSample(of: &profile)
      try readSample(lines, cyclesPerSecond: cyclesPerSecond, into: &profile)
    } while lines.advance()
    comments.finishSample(of: &profile)
    MemoryMap.skip(to: &lines)
    return try profile.finish(memoryMap: &lines, format: name)
  }

  /// Reads `name = value` up to the first line that is none, which is at hand then; returns the cycles
  /// in a second, 0 where not given.
  private func readAttributes(
    _ lines: inout TextLines, into header: inout ProfileHeader
  ) throws(ProfileDecodingError) -> Int64 {
    var cyclesPerSecond: Int64 = 0
    while lines.advance() {
      let line = lines.line.trimmed
      if line.isBlankOrComment { continue }
      guard !line.hasPrefix("---"), let sign = line.firstIndex(of: UInt8(ascii: "=")) else { break }
      let key = line[slice: 0..<sign].trimmed
      if key.isEqual(to: "discarded samples") { continue }
      guard let value = line[slice: (sign + 1)..<line.count].trimmed.number else {
        throw lines.malformed(name, "no number after the equals sign")
      }
      if key.isEqual(to: "cycles/second") {
        cyclesPerSecond = value
      } else if key.isEqual(to: "sampling period") {
        header.period = value
      } else if key.isEqual(to: "ms since reset") {
        header.durationNanos = value &* 1_000_000
      } else {
        throw lines.malformed(name, "unknown attribute")
      }
    }
    return cyclesPerSecond
  }

  private func readSample(
    _ lines: TextLines, cyclesPerSecond: Int64, into profile: inout AddressProfile
  ) throws(ProfileDecodingError) {
    guard let (first, second, addresses) = Self.parts(lines.line) else {
      throw lines.malformed(name, "no line of the form `1000 1 @ 0x1234`")
    }
    guard var delay = first.decimal, var contentions = second.decimal else {
      throw lines.malformed(name, "a number has more than 64 bits")
    }
    let period = profile.header.period
    if period > 0 {
      if cyclesPerSecond > 0 {
        let cyclesPerNanosecond = Double(cyclesPerSecond) / 1e9
        delay = Int64(cutting: Double(delay) * Double(period) / cyclesPerNanosecond)
      }
      contentions &*= period
    }
    var stack: [UInt32] = []
    guard addresses.forEachAddress({ stack.append(profile.index(of: $0 &- 1)) }) else {
      throw lines.malformed(name, "an address has more than 64 bits")
    }
    profile.addSample(stack, values: [contentions, delay])
  }

  /// Two numbers and a stack, from the first place in the line that has them in this order.
  private static func parts(_ line: TextSlice) -> (TextSlice, TextSlice, TextSlice)? {
    var cursor = TextCursor(line)
    while !cursor.isAtEnd {
      guard let first = cursor.digits() else {
        cursor.position += 1
        continue
      }
      let afterFirst = cursor.position
      cursor.skipSpaces()
      if let second = cursor.digits(), cursor.skip(" @") {
        return (first, second, cursor.contentionStack())
      }
      cursor.position = afterFirst
      if first.count > 1, cursor.skip(" @") {
        // Nothing needs to part the numbers: the last digit of one is the other. So pprof has it.
        let last = first.count - 1
        return (first[slice: 0..<last], first[slice: last..<first.count], cursor.contentionStack())
      }
    }
    return nil
  }
}

extension TextCursor {
  fileprivate mutating func contentionStack() -> TextSlice {
    run { $0.isSmallHexDigit || $0 == 0x20 || $0 == UInt8(ascii: "x") }
  }
}
