/// Reads protobuf's encoding from memory that it never reads beyond.
///
/// A varint may be read past `end`, the end of the message at hand, but not past the end of the
/// memory: whoever reads a message checks with `finish` that it ended where it should. So the common
/// case costs one comparison for a varint, not one for each byte.
struct WireReader {
  /// Where offsets are counted from.
  private let base: UnsafePointer<UInt8>
  /// The first position that has fewer than ten bytes of memory from it on.
  private let careful: UnsafePointer<UInt8>
  private(set) var position: UnsafePointer<UInt8>
  /// The end of the message at hand.
  let end: UnsafePointer<UInt8>

  /// The number of a field and how it is encoded.
  struct Tag: Equatable {
    var field: UInt64
    var type: UInt8
  }

  /// A reader of all of `bytes`, which must stay as long as the reader is used.
  init(_ bytes: UnsafeRawBufferPointer) {
    // Memory without bytes is never read: any address will do.
    let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
    base = start.assumingMemoryBound(to: UInt8.self)
    position = base
    end = base + bytes.count
    careful = base + max(bytes.count - 9, 0)
  }

  private init(_ outer: WireReader, count: Int) {
    base = outer.base
    careful = outer.careful
    position = outer.position
    end = outer.position + count
  }

  @inline(__always) var isAtEnd: Bool { position >= end }
  @inline(__always) var offset: Int { position - base }
  /// The bytes between the position and the end of the message.
  @inline(__always) var remaining: Int { end - position }

  /// Throws where the last field reached beyond the end of the message.
  @inline(__always)
  func finish(_ field: StaticString) throws(ProfileDecodingError) {
    if position != end { throw truncated(field, at: end - base) }
  }

  @inline(__always)
  mutating func varint(_ field: StaticString) throws(ProfileDecodingError) -> UInt64 {
    guard position < careful else {
      let (value, next) = try carefulVarint(field)
      position = next
      return value
    }
    // Ten bytes are there from `position` on: the three below, and those of the long case.
    let first = position[0]
    if first < 0x80 {
      position += 1
      return UInt64(first)
    }
    let second = position[1]
    if second < 0x80 {
      position += 2
      return UInt64(first & 0x7f) | UInt64(second) &<< 7
    }
    let third = position[2]
    if third < 0x80 {
      position += 3
      return UInt64(first & 0x7f) | UInt64(second & 0x7f) &<< 7 | UInt64(third) &<< 14
    }
    let (value, next) = try longVarint(field, available: 10)
    position = next
    return value
  }

  // The rare cases return where to go on instead of moving the reader there: so its position can
  // stay in a register.

  /// A varint near the end of the memory, where each byte may be the last.
  @inline(never)
  private func carefulVarint(
    _ field: StaticString
  ) throws(ProfileDecodingError) -> (UInt64, UnsafePointer<UInt8>) {
    // `careful` lies nine bytes before the end of the memory, or at its start where it is shorter.
    guard position < end else { throw truncated(field, at: offset) }
    return try longVarint(field, available: min(remaining, 10))
  }

  @inline(never)
  private func longVarint(
    _ field: StaticString, available: Int
  ) throws(ProfileDecodingError) -> (UInt64, UnsafePointer<UInt8>) {
    var value: UInt64 = 0
    for index in 0..<available {
      let byte = position[index]
      value |= UInt64(byte & 0x7f) << UInt64(7 * index)
      if byte < 0x80 { return (value, position + (index + 1)) }
    }
    if available < 10 { throw truncated(field, at: offset + available) }
    throw .overlongVarint(offset: offset, field: field.description)
  }

  @inline(__always)
  mutating func tag(_ message: StaticString) throws(ProfileDecodingError) -> Tag {
    let tag = try varint(message)
    return Tag(field: tag &>> 3, type: UInt8(truncatingIfNeeded: tag & 7))
  }

  /// Whether all of the field is there whose tag was read; there are ten bytes from here on.
  @inline(__always)
  func hasAll(of tag: Tag) -> Bool {
    guard tag.type == 2 else { return true }
    var reader = self
    guard let length = try? reader.varint("profile") else { return true }
    return length <= UInt64(max(reader.remaining, 0))
  }

  /// A field that is a number.
  @inline(__always)
  mutating func number(
    _ tag: Tag, _ field: StaticString
  ) throws(ProfileDecodingError) -> UInt64 {
    guard tag.type == 0 else { throw wrongType(tag, field) }
    return try varint(field)
  }

  /// A field that is a message; the reader goes on behind it.
  @inline(__always)
  mutating func message(
    _ tag: Tag, _ field: StaticString
  ) throws(ProfileDecodingError) -> WireReader {
    guard tag.type == 2 else { throw wrongType(tag, field) }
    return try lengthDelimited(field)
  }

  /// What a length stands before; the reader goes on behind it.
  @inline(__always)
  mutating func lengthDelimited(
    _ field: StaticString
  ) throws(ProfileDecodingError) -> WireReader {
    let length = try varint(field)
    // `remaining` is negative where the length itself reached beyond the message.
    guard remaining >= 0, length <= UInt64(remaining) else {
      throw truncated(field, at: end - base)
    }
    let inner = WireReader(self, count: Int(length))
    position += Int(length)
    return inner
  }

  /// The bytes from the position to the end of the message.
  @inline(__always) var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: position, count: max(remaining, 0))
  }

  /// A reader of the first `count` bytes of those that remain.
  @inline(__always) func prefix(_ count: Int) -> WireReader {
    precondition(count >= 0 && count <= remaining, "prefix out of bytes")
    return WireReader(self, count: count)
  }

  /// A reader of the bytes at the offsets, which lie before `end`.
  func slice(_ offsets: Range<Int>) -> WireReader {
    precondition(offsets.lowerBound >= 0 && offsets.upperBound <= end - base, "slice out of bytes")
    var slice = self
    slice.position = base + offsets.lowerBound
    return WireReader(slice, count: offsets.count)
  }

  /// Skips what the tag says.
  mutating func skip(_ tag: Tag, _ message: StaticString) throws(ProfileDecodingError) {
    switch tag.type {
    case 0: _ = try varint(message)
    case 1: try skip(8, message)
    case 2: _ = try lengthDelimited(message)
    case 5: try skip(4, message)
    default: throw wrongType(tag, message)
    }
  }

  private mutating func skip(_ count: Int, _ message: StaticString) throws(ProfileDecodingError) {
    guard remaining >= count else { throw truncated(message, at: end - base) }
    position += count
  }

  @inline(never)
  func truncated(_ field: StaticString, at offset: Int) -> ProfileDecodingError {
    .truncated(offset: offset, field: field.description)
  }

  @inline(never)
  func wrongType(_ tag: Tag, _ field: StaticString) -> ProfileDecodingError {
    .wrongWireType(offset: offset, field: field.description, type: tag.type)
  }
}
