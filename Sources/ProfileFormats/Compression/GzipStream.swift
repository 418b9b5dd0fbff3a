import CISAL

/// Gives the contents of a compressed file piece by piece.
protocol PieceReader: ~Copyable {
  /// Bytes of the file that have been read.
  var position: Int { get }

  /// Writes what comes next to `room`, which has some: how many bytes, 0 at the end.
  mutating func read(
    into room: UnsafeMutableRawBufferPointer
  ) throws(ProfileDecodingError) -> Int
}

/// Inflates a gzip file piece by piece: what comes out is read while it is in the cache, and takes
/// no more memory than a piece.
///
/// It refuses what `Gzip.inflate` refuses, with less to say about it.
struct GzipStream: ~Copyable, PieceReader {
  private let input: UnsafeRawBufferPointer
  private let inflater: OpaquePointer
  private(set) var position = 0
  private var isInMember = false

  /// Nil where this machine lacks the library.
  init?(_ input: UnsafeRawBufferPointer) {
    guard let inflater = proftui_inflater_new() else { return nil }
    self.input = input
    self.inflater = inflater
  }

  deinit { proftui_inflater_free(inflater) }

  mutating func read(
    into room: UnsafeMutableRawBufferPointer
  ) throws(ProfileDecodingError) -> Int {
    while true {
      if !isInMember {
        if position == input.count { return 0 }
        position = try GzipMember.data(in: input, at: position)
        proftui_inflater_start(inflater)
        isInMember = true
      }
      // Both counts fit into 32 bits, and no more bytes than they say are touched.
      var read = UInt32(clamping: input.count - position)
      var written = UInt32(clamping: room.count)
      let result = proftui_inflater_run(
        inflater, input.baseAddress?.advanced(by: position), &read, room.baseAddress, &written)
      position += Int(read)
      switch result {
      case PROFTUI_INFLATE_END: isInMember = false
      case PROFTUI_INFLATE_MORE where read > 0 || written > 0: break
      case PROFTUI_INFLATE_MORE: throw GzipMember.fault(.truncated, at: input.count)
      default: throw GzipMember.fault(.data, at: position)
      }
      if written > 0 { return Int(written) }
    }
  }
}
