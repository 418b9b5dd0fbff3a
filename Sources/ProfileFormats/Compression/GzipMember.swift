import CDeflate

/// Where the data of a member of a gzip file is, and how much it may be.
enum GzipMember {
  /// The offset behind the header of the member that starts at `start`.
  static func data(
    in input: UnsafeRawBufferPointer, at start: Int
  ) throws(ProfileDecodingError) -> Int {
    guard input.count - start >= 10 else { throw fault(.truncated, at: input.count) }
    guard input[start] == 0x1f, input[start + 1] == 0x8b, input[start + 2] == 8 else {
      throw fault(.header, at: start)
    }
    let flags = input[start + 3]
    var position = start + 10
    if flags & 4 != 0 {
      guard input.count - position >= 2 else { throw fault(.truncated, at: input.count) }
      let length = Int(input[position]) | Int(input[position + 1]) << 8
      position += 2
      guard input.count - position >= length else { throw fault(.truncated, at: input.count) }
      position += length
    }
    if flags & 8 != 0 { position = try endOfString(in: input, at: position) }
    if flags & 16 != 0 { position = try endOfString(in: input, at: position) }
    if flags & 2 != 0 {
      guard input.count - position >= 2 else { throw fault(.truncated, at: input.count) }
      let header = UnsafeRawBufferPointer(rebasing: input[start..<position])
      let sum = libdeflate_crc32(0, header.baseAddress, header.count) & 0xffff
      guard sum == UInt32(input[position]) | UInt32(input[position + 1]) << 8 else {
        throw fault(.header, at: position)
      }
      position += 2
    }
    return position
  }

  /// The offset behind a name or a comment; Go's reader takes up to 512 bytes.
  private static func endOfString(
    in input: UnsafeRawBufferPointer, at start: Int
  ) throws(ProfileDecodingError) -> Int {
    var position = start
    while position < input.count, position - start < 512 {
      position += 1
      if input[position - 1] == 0 { return position }
    }
    throw fault(position == input.count ? .truncated : .header, at: position)
  }

  /// How long the file says it is when inflated. Only a guess: the number may lie, counts modulo
  /// 2^32, and speaks of the last member alone.
  static func likelyLength(of input: UnsafeRawBufferPointer) -> Int {
    guard input.count >= 4 else { return 0 }
    let length = Int(input.littleEndian32(at: input.count - 4))
    return min(length, mostInflated(of: input.count))
  }

  /// The most that deflate makes of `count` bytes: 258 of two bits at best.
  static func mostInflated(of count: Int) -> Int {
    let (most, overflow) = count.multipliedReportingOverflow(by: 1032)
    return overflow ? .max : most
  }

  static func fault(
    _ fault: ProfileDecodingError.CompressionFault, at offset: Int
  ) -> ProfileDecodingError {
    .damagedCompression(format: "gzip", offset: offset, fault: fault)
  }
}

extension UnsafeRawBufferPointer {
  func littleEndian32(at offset: Int) -> UInt32 {
    UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}
