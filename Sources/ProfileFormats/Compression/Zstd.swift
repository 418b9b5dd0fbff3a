import CZstd

/// Compression by zstd (RFC 8878).
enum Zstd {
  /// Whether the bytes begin with a frame, or with one to skip.
  static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 4 else { return false }
    let magic = UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
    return magic == 0xfd2f_b528 || magic & 0xffff_fff0 == 0x184d_2a50
  }

  /// What `bytes` inflate to: all frames one after the other.
  ///
  /// Anything that follows the last frame is an error, as are windows above 128 MiB.
  static func inflate(
    _ bytes: UnsafeRawBufferPointer, limit: Int, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> InflatedMemory {
    guard let stream = ZSTD_createDStream() else { throw .outOfMemory(bytes: 1 << 20) }
    defer { ZSTD_freeDStream(stream) }
    // What a frame says of its size is a hint at best; room that is not used costs nothing.
    let guess = ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count)
    let likely = min(bytes.count.multipliedReportingOverflow(by: 64).partialValue, 1 << 40)
    let hinted = guess < UInt64(max(likely, 0)) ? Int(guess) : bytes.count * 8
    var memory = try InflatedMemory(capacity: min(max(hinted, 1 << 16), max(limit, 0)))

    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: 0, pos: 0)
    var isFrameComplete = true
    let step = 1 << 20
    while true {
      if input.pos == input.size {
        if input.size == bytes.count, isFrameComplete { return memory }
        input.size = min(input.size + step, bytes.count)
        let done = DecodingProgress(
          step: .inflating, completedBytes: input.pos, totalBytes: bytes.count)
        guard progress(done) else { throw .cancelled }
      }
      if memory.count == memory.capacity {
        // One byte more than the limit tells a stream that ends there from one that goes on.
        guard memory.capacity <= limit else { throw .tooLarge(limit: limit) }
        let (larger, overflow) = memory.capacity.multipliedReportingOverflow(by: 2)
        let most = limit == .max ? limit : limit + 1
        memory = try memory.grown(to: min(overflow ? .max : max(larger, 1 << 16), most))
      }
      let before = input.pos
      var written = 0
      let result = memory.withFree { free in
        var output = ZSTD_outBuffer(dst: free.baseAddress, size: free.count, pos: 0)
        defer { written = output.pos }
        return ZSTD_decompressStream(stream, &output, &input)
      }
      memory.count += written
      if ZSTD_isError(result) != 0 { throw fault(result, at: input.pos) }
      guard memory.count <= limit else { throw .tooLarge(limit: limit) }
      isFrameComplete = result == 0
      if input.pos == before, written == 0, input.size == bytes.count, !isFrameComplete {
        throw .damagedCompression(format: "zstd", offset: bytes.count, fault: .truncated)
      }
    }
  }

  private static func fault(_ result: Int, at offset: Int) -> ProfileDecodingError {
    let fault: ProfileDecodingError.CompressionFault =
      switch ZSTD_getErrorCode(result) {
      case ZSTD_error_checksum_wrong: .checksum
      case ZSTD_error_prefix_unknown, ZSTD_error_version_unsupported,
        ZSTD_error_frameParameter_unsupported, ZSTD_error_frameParameter_windowTooLarge:
        .header
      default: .data
      }
    return .damagedCompression(format: "zstd", offset: offset, fault: fault)
  }
}
