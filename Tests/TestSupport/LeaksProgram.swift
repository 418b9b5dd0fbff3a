import Foundation
import ProfileFormats

/// The stripped program of the samples, which `Samples/programs/leaks` is the source of.
package enum LeaksProgram {
  /// Its bytes; empty where it cannot be read.
  package static let bytes: [UInt8] = {
    guard let packed = try? [UInt8](Data(contentsOf: samples.appendingPathComponent("leaks.gz")))
    else { return [] }
    return (try? Gzip.inflated(packed, limit: 1 << 28)) ?? []
  }()

  /// The folder of its profiles.
  package static let samples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Samples/go")
}
