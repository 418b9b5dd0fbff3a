import ProfileModel

/// Folded stacks, as the tools around flame graphs exchange them: one stack a line, root first, and how
/// often it was seen.
///
///     main;serve;read 12
public struct FoldedFormat: ProfileFormat {
  public let name = "folded stacks"

  /// The lines that must look right for a file to be recognized.
  private static let sniffedLines = 16

  public init() {}

  /// Whether the first lines end in numbers, and one of them has a stack of more than one frame.
  public func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.isText else { return false }
    var lines = TextLines(bytes)
    var hasDepth = false
    var count = 0
    while count < Self.sniffedLines, lines.advance() {
      if lines.line.trimmed.isEmpty { continue }
      count += 1
      guard let (stack, _) = Self.parts(lines.line) else {
        // Of what was cut off in its first line, no more than the separator tells what it is.
        return hasDepth && lines.offset + lines.line.count == bytes.count
      }
      hasDepth = hasDepth || stack.contains(UInt8(ascii: ";"))
    }
    return hasDepth
  }

  public func decode(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile {
    var lines = try TextLines(whole: bytes)
    var builder = ProfileBuilder(sampleTypes: ("samples", "count"))
    builder.header.periodType = ValueType(type: "samples", unit: "count")
    builder.header.period = 1
    /// The location of each name, by the id of the name.
    var locations: [LocationID] = []
    var stack: [LocationID] = []
    var sampleCount = 0
    while lines.advance() {
      if lines.line.trimmed.isEmpty { continue }
      try lines.report(progress, bytes, sampleCount: sampleCount)
      guard let (frames, number) = Self.parts(lines.line) else {
        throw lines.malformed(name, "the line does not end in a number")
      }
      guard let value = Self.value(number) else {
        throw lines.malformed(name, "the number has more than 64 bits")
      }
      stack.removeAll(keepingCapacity: true)
      for frame in frames.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
        let name = builder.string(TextSlice(rebasing: frame))
        while locations.count <= name.index { locations.append(.none) }
        if locations[name.index].isNone {
          let function = builder.function(name)
          locations[name.index] = builder.location(lines: [Line(function: function, line: 0)])
        }
        stack.append(locations[name.index])
      }
      stack.reverse()
      builder.addSample(stack, values: [value])
      sampleCount += 1
    }
    return builder.finish()
  }

  /// The stack and the number after the last blank; nil where the line is not of this form.
  private static func parts(_ line: TextSlice) -> (TextSlice, TextSlice)? {
    let line = line.trimmed
    guard let blank = line.lastIndex(where: \.isBlank) else { return nil }
    let stack = line[slice: 0..<blank].trimmed
    let number = line[slice: (blank + 1)..<line.count]
    var cursor = TextCursor(number)
    guard !stack.isEmpty, cursor.digits() != nil else { return nil }
    if cursor.skip(".") { _ = cursor.digits() }
    return cursor.isAtEnd ? (stack, number) : nil
  }

  /// The number, rounded to a whole one; nil where it is too large.
  private static func value(_ number: TextSlice) -> Int64? {
    guard let point = number.firstIndex(of: UInt8(ascii: ".")) else { return number.decimal }
    guard let whole = number[slice: 0..<point].decimal, whole < .max else { return nil }
    let rounds = point + 1 < number.count && number[point + 1] >= UInt8(ascii: "5")
    return whole + (rounds ? 1 : 0)
  }
}
