import CDeflate
import Glibc

/// A file that is written from front to end, through gzip where wished.
///
/// Holds at most `memberSize` bytes: a file that inflates to more has several gzip members.
struct OutputFile: ~Copyable {
  static let memberSize = 512 << 20
  /// A member may be longer by this much, for writes are not split.
  static let largestWrite = 1 << 20

  struct Size {
    var written = 0
    var inflated = 0
  }

  private let path: String
  private let isCompressed: Bool
  private var descriptor: Int32
  private var pending: [UInt8] = []
  private var size = Size()

  init(path: String, isCompressed: Bool) throws {
    self.path = path
    self.isCompressed = isCompressed
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw BenchError.system("open \(path)", errno) }
  }

  deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

  mutating func write(_ bytes: [UInt8]) throws {
    precondition(bytes.count <= Self.largestWrite, "more bytes at once than a member has room for")
    pending.append(contentsOf: bytes)
    if pending.count >= (isCompressed ? Self.memberSize : 1 << 20) { try flush() }
  }

  /// Writes what is pending and closes the file; tells how large it became.
  mutating func close() throws -> Size {
    try flush()
    guard Glibc.close(descriptor) == 0 else { throw BenchError.system("close \(path)", errno) }
    descriptor = -1
    return size
  }

  private mutating func flush() throws {
    guard !pending.isEmpty else { return }
    size.inflated += pending.count
    if isCompressed {
      try writeOut(try Self.gzip(pending))
    } else {
      try writeOut(pending)
    }
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func writeOut(_ bytes: [UInt8]) throws {
    var done = 0
    while done < bytes.count {
      // `done` is less than the count, so what is written lies within the array.
      let written = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      guard written >= 0 || errno == EINTR else { throw BenchError.system("write \(path)", errno) }
      done += max(written, 0)
    }
    size.written += bytes.count
  }

  private static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    guard let compressor = libdeflate_alloc_compressor(6) else { throw BenchError.outOfMemory }
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_gzip_compress_bound(compressor, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      count = libdeflate_gzip_compress(
        compressor, bytes, bytes.count, output.baseAddress, output.count)
    }
  }
}
