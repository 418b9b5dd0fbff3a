import CDeflate

/// Compression by gzip (RFC 1952).
public enum Gzip {
  static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b
  }

  /// A copy of what `bytes` inflate to, for what is no profile.
  ///
  /// - Parameter limit: more bytes than this are refused.
  package static func inflated(
    _ bytes: [UInt8], limit: Int
  ) throws(ProfileDecodingError) -> [UInt8] {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(ProfileDecodingError) in
        try inflate(bytes, limit: limit) { _ in true }.withBytes { [UInt8]($0) }
      }
    }
    return try result.get()
  }

  /// What `bytes` inflate to: all members one after the other.
  ///
  /// Accepts and refuses what Go's reader does: header checksum, sum and length of each member are
  /// verified, and anything that follows the last member is an error, be it zeros.
  static func inflate(
    _ bytes: UnsafeRawBufferPointer, limit: Int, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> InflatedMemory {
    var inflater = try GzipInflater(bytes, limit: limit)
    while try inflater.inflateMember() {
      let done = DecodingProgress(
        step: .inflating, completedBytes: inflater.position, totalBytes: bytes.count)
      guard progress(done) else { throw .cancelled }
    }
    return inflater.memory
  }

  /// `bytes` compressed as one member; the same bytes every time.
  ///
  /// - Parameter level: 1 for fast to 12 for small.
  public static func compress(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
    guard let compressor = libdeflate_alloc_compressor(Int32(min(max(level, 1), 12))) else {
      fatalError("out of memory")
    }
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_gzip_compress_bound(compressor, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      count = libdeflate_gzip_compress(
        compressor, bytes, bytes.count, output.baseAddress, output.count)
    }
  }
}

/// Inflates gzip member by member into one memory.
private struct GzipInflater: ~Copyable {
  private let input: UnsafeRawBufferPointer
  private let limit: Int
  private let decompressor: OpaquePointer
  /// Where in the input the next member starts.
  private(set) var position = 0
  private(set) var memory: InflatedMemory

  init(_ input: UnsafeRawBufferPointer, limit: Int) throws(ProfileDecodingError) {
    let limit = max(limit, 0)
    let likely = max(GzipMember.likelyLength(of: input), input.count * 2)
    let capacity = min(likely, GzipMember.mostInflated(of: input.count), limit)
    let memory = try InflatedMemory(capacity: capacity)
    guard let decompressor = libdeflate_alloc_decompressor() else {
      throw .outOfMemory(bytes: 64 << 10)
    }
    self.input = input
    self.limit = limit
    self.memory = memory
    self.decompressor = decompressor
  }

  deinit { libdeflate_free_decompressor(decompressor) }

  /// Inflates the member at `position`; false where the input ends there.
  mutating func inflateMember() throws(ProfileDecodingError) -> Bool {
    if position == input.count { return false }
    position = try GzipMember.data(in: input, at: position)
    let start = memory.count
    try inflateData()
    guard input.count - position >= 8 else { throw GzipMember.fault(.truncated, at: input.count) }
    let sum = memory.withBytes { bytes in
      libdeflate_crc32(0, bytes.baseAddress.map { $0 + start }, bytes.count - start)
    }
    let length = UInt32(truncatingIfNeeded: memory.count - start)
    guard sum == input.littleEndian32(at: position),
      length == input.littleEndian32(at: position + 4)
    else { throw GzipMember.fault(.checksum, at: position) }
    position += 8
    return true
  }

  private mutating func inflateData() throws(ProfileDecodingError) {
    while true {
      var read = 0
      var written = 0
      let result = memory.withFree { free in
        libdeflate_deflate_decompress_ex(
          decompressor, input.baseAddress.map { $0 + position }, input.count - position,
          free.baseAddress, free.count, &read, &written)
      }
      switch result {
      case LIBDEFLATE_SUCCESS:
        position += read
        memory.count += written
        return
      case LIBDEFLATE_INSUFFICIENT_SPACE:
        guard memory.capacity < limit else { throw .tooLarge(limit: limit) }
        let most = memory.count.addingReportingOverflow(
          GzipMember.mostInflated(of: input.count - position))
        let larger = max(memory.capacity * 3, 1 << 16)
        let capacity = min(larger, most.overflow ? .max : most.partialValue, limit)
        // Deflate cannot make more of what is left than `most`: then the data is at fault.
        guard capacity > memory.capacity else { throw GzipMember.fault(.data, at: position) }
        memory = try memory.grown(to: capacity)
      default:
        throw GzipMember.fault(.data, at: position)
      }
    }
  }
}
