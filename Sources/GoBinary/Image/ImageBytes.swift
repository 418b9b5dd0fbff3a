/// The bytes of a file, kept alive by their owner; every read is checked against their end.
public struct ImageBytes: @unchecked Sendable {
  /// The bytes. They must not change while anyone holds this value.
  public let buffer: UnsafeRawBufferPointer
  /// Whoever frees or unmaps `buffer` when the last user has gone.
  private let owner: AnyObject

  /// - Precondition: `buffer` stays valid and unchanged for as long as `owner` lives.
  public init(_ buffer: UnsafeRawBufferPointer, owner: AnyObject) {
    self.buffer = buffer
    self.owner = owner
  }

  /// A copy of the bytes.
  public init(copying bytes: some Collection<UInt8>) {
    let storage = Storage(bytes)
    self.init(UnsafeRawBufferPointer(storage.buffer), owner: storage)
  }

  /// The number of bytes.
  public var count: Int { buffer.count }

  private final class Storage {
    let buffer: UnsafeMutableRawBufferPointer

    init(_ bytes: some Collection<UInt8>) {
      buffer = .allocate(byteCount: bytes.count, alignment: 16)
      buffer.copyBytes(from: bytes)
    }

    deinit { buffer.deallocate() }
  }
}

extension ImageBytes {
  /// The little-endian integer at a file offset, or nil outside the file.
  @inline(__always)
  func integer<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type, at offset: Int) -> T? {
    guard offset >= 0, offset <= count &- MemoryLayout<T>.size else { return nil }
    return T(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: T.self))
  }

  @inline(__always) func byte(at offset: Int) -> UInt8? { integer(UInt8.self, at: offset) }
  @inline(__always) func u16(at offset: Int) -> UInt16? { integer(UInt16.self, at: offset) }
  @inline(__always) func u32(at offset: Int) -> UInt32? { integer(UInt32.self, at: offset) }
  @inline(__always) func i32(at offset: Int) -> Int32? { integer(Int32.self, at: offset) }
  @inline(__always) func u64(at offset: Int) -> UInt64? { integer(UInt64.self, at: offset) }

  /// A 64-bit field that has to be an offset or a length which an `Int` can hold.
  func int(at offset: Int) -> Int? { u64(at: offset).flatMap(Int.init(exactly:)) }

  /// The bytes from `offset` on, or nil where they are not all inside the file.
  func slice(at offset: Int, count length: Int) -> UnsafeRawBufferPointer? {
    guard offset >= 0, length >= 0, offset <= count, length <= count &- offset else { return nil }
    return UnsafeRawBufferPointer(rebasing: buffer[offset..<offset &+ length])
  }

  /// The bytes up to the next NUL, or nil where there is none within `limit` bytes.
  func cString(at offset: Int, limit: Int = 1 << 16) -> UnsafeRawBufferPointer? {
    guard offset >= 0, offset < count else { return nil }
    let end = min(count, offset &+ limit)
    var cursor = offset
    while cursor < end {
      if buffer[cursor] == 0 {
        return UnsafeRawBufferPointer(rebasing: buffer[offset..<cursor])
      }
      cursor &+= 1
    }
    return nil
  }

  /// A base-128 number and the offset after it, or nil outside the file or beyond 64 bits.
  @inline(__always)
  func varint(at offset: Int) -> (value: UInt64, next: Int)? {
    var value: UInt64 = 0
    var cursor = offset
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = byte(at: cursor) else { return nil }
      cursor &+= 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return (value, cursor) }
    }
    return nil
  }

  /// Whether the file says exactly this at `offset`.
  func matches(_ text: StaticString, at offset: Int) -> Bool {
    guard let bytes = slice(at: offset, count: text.utf8CodeUnitCount) else { return false }
    return text.withUTF8Buffer { bytes.elementsEqual($0) }
  }
}
