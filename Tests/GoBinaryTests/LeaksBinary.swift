import Foundation
import Testing

@testable import GoBinary
@testable import ProfileFormats

/// The stripped program of the samples, which `Samples/programs/leaks` is the source of.
enum LeaksBinary {
  static let bytes: [UInt8] = {
    let file = samples.appendingPathComponent("go/leaks.gz")
    guard let packed = try? [UInt8](Data(contentsOf: file)) else { return [] }
    return packed.withUnsafeBytes { packed in
      let memory = try? Gzip.inflate(packed, limit: 1 << 28) { _ in true }
      return memory?.withBytes { [UInt8]($0) } ?? []
    }
  }()

  static let executable = Result { try GoExecutable(ImageBytes(copying: bytes)) }

  static let samples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Samples")

  static func function(_ name: String) throws -> FunctionTable.Function {
    let functions = try executable.get().functions
    return try #require(functions.all.first { functions.name(of: $0) == name })
  }

  /// The allocations of a function in the order of its code, with the lines that they stand on.
  static func sites(in name: String) throws -> [(line: Int, site: CallSite)] {
    let executable = try executable.get()
    var reader = CallSiteReader(executable)
    var found: [(line: Int, site: CallSite)] = []
    // What merely looks like a call, in the middle of another instruction, calls no allocator.
    for address in try function(name).addresses {
      let site = reader.site(at: address)
      guard site.call == .direct, !site.isInlined, let cause = site.cause, cause != .runtime,
        cause != .panic
      else { continue }
      found.append((executable.functions.line(at: address) ?? 0, site))
    }
    return found
  }

  /// The allocations of a function as `line cause type`.
  static func allocations(in name: String) throws -> [String] {
    try sites(in: name).map { line, site in
      "\(line) \(site.cause?.rawValue ?? "-") \(site.type?.name ?? "-")"
    }
  }
}
