import ProfileModel

/// Reads large profiles by gzip while they are inflated.
struct PieceDecoder {
  let limits: DecodingLimits
  let formats: [any ProfileFormat]

  /// Files that inflate to less are inflated at once: that is as fast.
  private static let smallest = 4 << 20
  /// Bytes of the file between two calls of a progress handler.
  private static let progressStep = 1 << 20

  /// Nil where that is not to be had, or where there is more to be found out: the file is small,
  /// damaged, of another format, or written in an order that takes two walks.
  func decode(
    _ bytes: UnsafeRawBufferPointer, usesTwoThreads: Bool, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile? {
    let likelyLength = Gzip.recognizes(bytes) ? GzipMember.likelyLength(of: bytes) : 0
    guard likelyLength >= Self.smallest else { return nil }
    if usesTwoThreads, let reader = ReadAhead(bytes) {
      return try decode(reader, bytes.count, likelyLength, progress)
    }
    guard let reader = GzipStream(bytes) else { return nil }
    return try decode(reader, bytes.count, likelyLength, progress)
  }

  private func decode(
    _ reader: consuming some PieceReader & ~Copyable, _ byteCount: Int, _ likelyLength: Int,
    _ progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile? {
    var reader = reader
    var reported = 0
    do {
      return try PprofStream.decode(
        likelyLength: min(likelyLength, limits.maximumInflatedBytes),
        limit: limits.maximumInflatedBytes,
        isProfile: { piece in formats.first { $0.recognizes(piece) } is PprofFormat },
        read: { (room, sampleCount) throws(ProfileDecodingError) in
          if reader.position >= reported {
            reported = reader.position + Self.progressStep
            let done = DecodingProgress(
              step: .inflatingSamples, completedBytes: reader.position, totalBytes: byteCount,
              sampleCount: sampleCount)
            guard progress(done.ofCompressedInput) else { throw .cancelled }
          }
          return try reader.read(into: room)
        })
    } catch .cancelled {
      throw .cancelled
    } catch {
      return nil
    }
  }
}
