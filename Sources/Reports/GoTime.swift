/// Times and durations in the words of Go's `time` package, which pprof prints.
enum GoTime {
  /// The whole seconds of a time in nanoseconds, towards the past.
  static func seconds(_ nanos: Int64) -> Int64 {
    nanos / 1_000_000_000 - (nanos % 1_000_000_000 < 0 ? 1 : 0)
  }

  /// The time as Go's `Time.String` has it: `2026-03-01 12:00:00.25 +0100 CET`.
  static func description(_ nanos: Int64, local: (Int64) -> LocalTime) -> String {
    let seconds = seconds(nanos)
    let time = local(seconds)
    let fraction = fraction(nanos &- seconds &* 1_000_000_000, digits: 9)
    return "\(time.dateAndTime)\(fraction) \(time.numericZone) \(time.zone)"
  }

  /// The duration as Go's `Duration.String` has it: `1h0m0.5s`, `903.95ms`, `0s`.
  static func duration(_ nanos: Int64) -> String {
    if nanos == 0 { return "0s" }
    let magnitude = nanos.magnitude
    let sign = nanos < 0 ? "-" : ""
    switch magnitude {
    case ..<1000: return "\(sign)\(magnitude)ns"
    case ..<1_000_000: return sign + decimal(magnitude, digits: 3) + "µs"
    case ..<1_000_000_000: return sign + decimal(magnitude, digits: 6) + "ms"
    default: break
    }
    let seconds = magnitude / 1_000_000_000
    let rest = decimal(magnitude - seconds / 60 * 60 * 1_000_000_000, digits: 9) + "s"
    if seconds < 60 { return sign + rest }
    let minutes = seconds / 60
    if minutes < 60 { return "\(sign)\(minutes)m\(rest)" }
    return "\(sign)\(minutes / 60)h\(minutes % 60)m\(rest)"
  }

  /// `value` with a point before its last `digits` digits, without zeros at the end.
  private static func decimal(_ value: UInt64, digits: Int) -> String {
    var unit: UInt64 = 1
    for _ in 0..<digits { unit *= 10 }
    return "\(value / unit)" + fraction(Int64(value % unit), digits: digits)
  }

  private static func fraction(_ value: Int64, digits: Int) -> String {
    guard value > 0 else { return "" }
    let text = String(value)
    var padded = String(repeating: "0", count: max(0, digits - text.count)) + text
    while padded.hasSuffix("0") { padded.removeLast() }
    return "." + padded
  }
}
