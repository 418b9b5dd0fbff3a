import ProfileAnalysis

/// Numbers in sentences.
enum Words {
  static func bytes(_ value: Int64) -> String { Measurement.label(value, unit: "bytes") }

  static func time(_ nanoseconds: Int64) -> String {
    Measurement.label(nanoseconds, unit: "nanoseconds")
  }

  static func percent(_ share: Double) -> String {
    "\(Int((min(max(share, -1000), 1000) * 100).rounded()))%"
  }

  static func count(_ value: Int64, _ one: String, _ many: String) -> String {
    "\(value) \(value == 1 ? one : many)"
  }
}
