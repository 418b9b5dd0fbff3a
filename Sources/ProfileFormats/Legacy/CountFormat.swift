import ProfileModel

/// Go's profiles of things that are counted, as text with `debug=1`: goroutines, threads.
///
///     goroutine profile: total 6
///     4 @ 0x401001 0x402001
public struct CountFormat: ProfileFormat {
  public let name = "Go count text"

  private let readsComments: Bool

  /// - Parameter readsComments: whether the comments that Go writes below stacks are read.
  public init(readsComments: Bool = true) { self.readsComments = readsComments }

  public var withoutSymbols: (any ProfileFormat)? { CountFormat(readsComments: false) }

  public func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var lines = TextLines(bytes)
    return lines.advancePastComments() && Self.kind(lines.line) != nil
  }

  public func decode(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile {
    var lines = try TextLines(whole: bytes)
    guard lines.advancePastComments(), let kind = Self.kind(lines.line) else {
      throw .unrecognized
    }
    let type = ValueType(type: kind.string, unit: "count")
    var header = ProfileHeader(sampleTypes: [type])
    header.periodType = type
    header.period = 1
    var profile = AddressProfile(header: header)
    var comments = SymbolComments(isRead: readsComments)
    while lines.advance() {
      if lines.line.isBlankOrComment {
        comments.read(lines.line.trimmed, into: &profile)
        continue
      }
      if lines.line.hasPrefix("---") { break }
      try lines.report(progress, bytes, sampleCount: profile.sampleCount)
      comments.finishSample(of: &profile)
      try readSample(lines, into: &profile)
    }
    comments.finishSample(of: &profile)
    MemoryMap.skip(to: &lines)
    return try profile.finish(memoryMap: &lines, format: name)
  }

  /// What is counted, by the line `goroutine profile: total 6`.
  private static func kind(_ line: TextSlice) -> TextSlice? {
    var cursor = TextCursor(line)
    let kind = cursor.run { !$0.isBlank }
    guard !kind.isEmpty, cursor.skip(" profile: total "), cursor.digits() != nil, cursor.isAtEnd
    else { return nil }
    return kind
  }

  private func readSample(
    _ lines: TextLines, into profile: inout AddressProfile
  ) throws(ProfileDecodingError) {
    let wrong = "no line of the form `1 @ 0x1234`"
    var cursor = TextCursor(lines.line)
    guard let digits = cursor.digits(), cursor.skip(" @"), !cursor.isAtEnd else {
      throw lines.malformed(name, wrong)
    }
    guard let count = digits.number else {
      throw lines.malformed(name, "no number as Go writes it")
    }
    var stack: [UInt32] = []
    while !cursor.isAtEnd {
      guard cursor.skip(" 0x") else { throw lines.malformed(name, wrong) }
      let digits = cursor.run(while: \.isSmallHexDigit)
      guard !digits.isEmpty else { throw lines.malformed(name, wrong) }
      guard let address = digits.hexadecimal else {
        throw lines.malformed(name, "an address has more than 64 bits")
      }
      stack.append(profile.index(of: address &- 1))
    }
    profile.addSample(stack, values: [count])
  }
}
