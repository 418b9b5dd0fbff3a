import CDeflate
import Glibc
import Inspector
import ProfileAnalysis
import ProfileFormats
import ProfileModel
import TerminalUI

/// A profile, and what the steps that are measured start from.
final class BenchSubject {
  /// The bytes of the file.
  let compressed: [UInt8]
  /// What they inflate to; the same where they are not compressed.
  let inflated: [UInt8]
  let profile: Profile
  /// The values of the sample type that is shown first.
  let values: Column<Int64>
  private(set) lazy var nodes = NodeTable(profile, granularity: .functions)

  init(path: String) throws {
    compressed = try Self.read(path)
    inflated = try Self.inflate(compressed)
    profile = try ProfileFormats.decode(inflated)
    let index = try SampleTypeSelection.index(named: "", in: profile.header)
    values = profile.samples.values[index]
  }

  /// The inspector with the profile open and its list drawn, at 200x50.
  func inspector() throws -> Inspector {
    var inspector = Inspector(
      source: ProfileSource(paths: ["profile"]), size: GridSize(columns: 200, rows: 50))
    _ = inspector.start()
    _ = inspector.handle(.loaded(try ProfileSession(name: "profile", profile: profile)))
    _ = inspector.render()
    return inspector
  }

  /// What libdeflate makes of the members of `bytes`, and nothing but that.
  static func inflate(_ bytes: [UInt8]) throws -> [UInt8] {
    guard bytes.starts(with: [0x1f, 0x8b]) else { return bytes }
    guard let decompressor = libdeflate_alloc_decompressor() else { throw BenchError.outOfMemory }
    defer { libdeflate_free_decompressor(decompressor) }
    // The last four bytes are the length of the last member. Room costs nothing until written to.
    let last = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    let room = max(last, OutputFile.memberSize + OutputFile.largestWrite)
    var inflated: [UInt8] = []
    var position = 0
    while position < bytes.count {
      var read = 0
      var result = LIBDEFLATE_SUCCESS
      let member = [UInt8](unsafeUninitializedCapacity: room) { output, count in
        // `position` is within `bytes`, and what is written within `output`.
        result = bytes.withUnsafeBytes {
          libdeflate_gzip_decompress_ex(
            decompressor, $0.baseAddress.map { $0 + position }, $0.count - position,
            output.baseAddress, output.count, &read, &count)
        }
      }
      guard result == LIBDEFLATE_SUCCESS else { throw BenchError.damaged }
      position += read
      if inflated.isEmpty { inflated = member } else { inflated += member }
    }
    return inflated
  }

  /// The sum of all varints in `bytes`, as if there were nothing else: each byte is touched once.
  static func sumOfVarints(_ bytes: [UInt8]) -> UInt64 {
    var sum: UInt64 = 0
    var value: UInt64 = 0
    for byte in bytes {
      value = value << 7 | UInt64(byte & 0x7f)
      // All ones where the varint goes on. A branch here would be guessed wrong too often.
      let goesOn = UInt64(bitPattern: Int64(Int8(bitPattern: byte) >> 7))
      sum &+= value & ~goesOn
      value &= goesOn
    }
    return sum
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw BenchError.system("open \(path)", errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw BenchError.system("stat \(path)", errno) }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      while count < buffer.count {
        // `count` is less than the room, so what is read stays within it.
        let got = Glibc.read(
          descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        count += got
      }
    }
    guard failure == 0 else { throw BenchError.system("read \(path)", failure) }
    return bytes
  }
}
