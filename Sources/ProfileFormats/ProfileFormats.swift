import ProfileModel

/// The formats that profiles are read from, and the way in to them.
public enum ProfileFormats {
  /// Every format, in the order in which they are asked whether they recognize a file.
  public static let all: [any ProfileFormat] = [
    CPUFormat(), PprofFormat(), HeapFormat(), CountFormat(), ThreadFormat(), ContentionFormat(),
    JavaFormat(), GoroutineDumpFormat(), FoldedFormat(),
  ]

  /// The profile in `bytes`, which may be compressed by gzip or zstd.
  ///
  /// - Parameters:
  ///   - bytes: a whole file; not read any more after the call.
  ///   - usesTwoThreads: whether a large file may be inflated by a thread of its own: that is sooner
  ///     done, and more work in all.
  ///   - readsSymbols: whether symbols beside addresses in text are used, which pprof never does.
  ///   - progress: called now and then; false gives up with `.cancelled`.
  /// - Complexity: O(*n*) in bytes. Memory in use stays below twice the inflated bytes, and some
  ///   megabytes, for profiles that programs write.
  public static func decode(
    _ bytes: UnsafeRawBufferPointer, limits: DecodingLimits = DecodingLimits(),
    usesTwoThreads: Bool = false, readsSymbols: Bool = true,
    progress: (DecodingProgress) -> Bool = { _ in true }
  ) throws(ProfileDecodingError) -> Profile {
    let formats = readsSymbols ? all : all.compactMap(\.withoutSymbols)
    guard Gzip.recognizes(bytes) || Zstd.recognizes(bytes) else {
      return try decodeInflated(bytes, as: formats, progress: progress)
    }
    if let profile = try PieceDecoder(limits: limits, formats: formats)
      .decode(bytes, usesTwoThreads: usesTwoThreads, progress: progress)
    {
      return profile
    }
    let memory = try inflate(bytes, limit: limits.maximumInflatedBytes) {
      progress($0.ofCompressedInput)
    }
    return try memory.withBytes { (bytes) throws(ProfileDecodingError) in
      try decodeInflated(bytes, as: formats) {
        if $0.step == .readingSamples { memory.release(upTo: $0.completedBytes) }
        return progress($0.ofCompressedInput)
      }
    }
  }

  /// The profile in `bytes`, which may be compressed by gzip or zstd.
  public static func decode(
    _ bytes: [UInt8], limits: DecodingLimits = DecodingLimits()
  ) throws(ProfileDecodingError) -> Profile {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(ProfileDecodingError) in try decode(bytes, limits: limits) }
    }
    return try result.get()
  }

  /// The format of `bytes`, which are not compressed; nil where none recognizes them.
  public static func format(of bytes: UnsafeRawBufferPointer) -> (any ProfileFormat)? {
    all.first { $0.recognizes(bytes) }
  }

  /// What `bytes`, which are compressed, inflate to.
  private static func inflate(
    _ bytes: UnsafeRawBufferPointer, limit: Int, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> InflatedMemory {
    let start = DecodingProgress(step: .inflating, completedBytes: 0, totalBytes: bytes.count)
    guard progress(start) else { throw .cancelled }
    return Gzip.recognizes(bytes)
      ? try Gzip.inflate(bytes, limit: limit, progress: progress)
      : try Zstd.inflate(bytes, limit: limit, progress: progress)
  }

  private static func decodeInflated(
    _ bytes: UnsafeRawBufferPointer, as formats: [any ProfileFormat],
    progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile {
    guard !bytes.isEmpty else { throw .empty }
    let start = DecodingProgress(step: .readingTables, completedBytes: 0, totalBytes: bytes.count)
    guard progress(start) else { throw .cancelled }
    if let format = formats.first(where: { $0.recognizes(bytes) }) {
      return try format.decode(bytes, progress: progress)
    }
    // Protobuf has no mark to be known by. What only looks strange decodes all the same; of what
    // does not, the decoder's complaint would tell nothing.
    do {
      return try PprofFormat().decode(bytes, progress: progress)
    } catch .cancelled {
      throw .cancelled
    } catch {
      throw .unrecognized
    }
  }
}
