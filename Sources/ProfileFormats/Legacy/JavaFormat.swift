import ProfileModel

/// Heap and contention profiles of Java programs, as text.
///
///     --- heapz 1 ---
///     format = java
///     resolution = bytes
///       7048 1 @ 0x1 0x2
///         0x1 com.Foo.bar (Foo.java:10)
public struct JavaFormat: ProfileFormat {
  public let name = "Java text"

  public init() {}

  /// What is profiled: both begin like formats of other programs.
  private enum Kind {
    case heap
    case contention
  }

  public func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var lines = TextLines(bytes)
    guard lines.advance(), let kind = Self.kind(lines.line) else { return false }
    if kind == .heap { return true }
    // C++ servers begin in the same way, but name neither format nor resolution.
    while lines.advance() {
      let line = lines.line.trimmed
      if line.isEmpty { continue }
      guard let (key, _) = Self.attribute(line) else { return false }
      if key.isEqual(to: "format") || key.isEqual(to: "resolution") { return true }
    }
    return false
  }

  public func decode(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile {
    var lines = try TextLines(whole: bytes)
    guard lines.advance(), lines.isEnded, let kind = Self.kind(lines.line) else {
      throw .unrecognized
    }
    let header = try readAttributes(&lines, kind)
    var profile = AddressProfile(header: header)
    let key = profile.string("bytes")
    repeat {
      guard lines.isEnded else { break }
      let line = lines.line.trimmed
      if line.isEmpty { continue }
      guard let (first, second, addresses) = Self.sample(line) else { break }
      try lines.report(progress, bytes, sampleCount: profile.sampleCount)
      // Without a resolution the values have no types.
      guard header.sampleTypes.count == 2 else {
        throw lines.malformed(name, "a sample, but no resolution before it")
      }
      guard var count = second.number, var size = first.number else {
        throw lines.malformed(name, "no numbers as Go writes them")
      }
      var stack: [UInt32] = []
      guard addresses.forEachAddress({ stack.append(profile.index(of: $0)) }) else {
        throw lines.malformed(name, "an address has more than 64 bits")
      }
      var labels: [Label] = []
      switch kind {
      case .heap:
        guard count != 0 else { throw lines.malformed(name, "the second value is 0") }
        labels = [Label(key: key, number: size.wrappingDivided(by: count), unit: .empty)]
        (count, size) = HeapSample.scaled(count: count, size: size, rate: 512 << 10)
      case .contention:
        if header.period != 0 {
          count &*= header.period
          size &*= header.period
        }
      }
      profile.addSample(stack, values: [count, size], labels: labels)
    } while lines.advance()
    return try JavaLocations.finish(consume profile, &lines, format: name)
  }

  private static func kind(_ line: TextSlice) -> Kind? {
    if line.trimmed.isEqual(to: "--- heapz 1 ---") { return .heap }
    return line.trimmed.isEqual(to: "--- contentionz 1 ---") ? .contention : nil
  }

  /// Reads attributes up to the first line that is none, which is at hand then.
  ///
  /// A last line without an end is none, nor is it a sample: for pprof it was cut off.
  private func readAttributes(
    _ lines: inout TextLines, _ kind: Kind
  ) throws(ProfileDecodingError) -> ProfileHeader {
    var header = ProfileHeader(sampleTypes: [])
    while lines.advance(), lines.isEnded {
      let line = lines.line.trimmed
      if line.isEmpty { continue }
      guard let (key, value) = Self.attribute(line) else { break }
      if key.isEqual(to: "format") {
        guard value.isEqual(to: "java") else { throw lines.malformed(name, "unknown format") }
      } else if key.isEqual(to: "resolution") {
        let names =
          kind == .heap ? ("inuse_objects", "inuse_space") : ("contentions", "delay")
        header.sampleTypes = [
          ValueType(type: names.0, unit: "count"), ValueType(type: names.1, unit: value.string),
        ]
      } else if kind == .contention, key.isEqual(to: "sampling period"), let period = value.number {
        header.periodType = ValueType(type: "contentions", unit: "count")
        header.period = period
      } else if kind == .contention, key.isEqual(to: "ms since reset"), let time = value.number {
        header.durationNanos = time &* 1_000_000
      } else {
        throw lines.malformed(name, "unknown attribute, or no number as its value")
      }
    }
    return header
  }

  /// Name and value around the first equals sign that has letters or digits at either side.
  private static func attribute(_ line: TextSlice) -> (TextSlice, TextSlice)? {
    var cursor = TextCursor(line)
    while !cursor.isAtEnd {
      let key = cursor.run(while: \.isWordOrSpace)
      if !key.isEmpty, cursor.skip("=") {
        let value = cursor.run(while: \.isWordOrSpace)
        if !value.isEmpty { return (key.trimmed, value.trimmed) }
      } else if key.isEmpty {
        cursor.position += 1
      }
    }
    return nil
  }

  /// Two numbers and a stack, from the first place in the line that has them in this order.
  private static func sample(_ line: TextSlice) -> (TextSlice, TextSlice, TextSlice)? {
    var cursor = TextCursor(line)
    while !cursor.isAtEnd {
      guard let first = cursor.digits() else {
        cursor.position += 1
        continue
      }
      let afterFirst = cursor.position
      if cursor.skipSpaces() > 0, let second = cursor.digits(), cursor.skipSpaces() > 0,
        cursor.skip("@"), cursor.skipSpaces() > 0
      {
        let stack = cursor.run { $0.isSmallHexDigit || $0 == 0x20 || $0 == UInt8(ascii: "x") }
        return (first, second, stack)
      }
      cursor.position = afterFirst
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isWordOrSpace: Bool {
    isDigit || (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self) || self == 0x20
      || self == UInt8(ascii: "_")
  }
}
