/// A stretch of time, in milliseconds since 1970.
public struct TimeRange: Hashable, Sendable {
  public var start: Int64
  public var end: Int64

  public init(start: Int64, end: Int64) {
    self.start = start
    self.end = end
  }

  /// The stretch in pieces of `limit` milliseconds at the most, oldest first; they share no instant.
  func pieces(of limit: Int64) -> [TimeRange] {
    guard start < end, limit > 1 else { return [self] }
    var pieces: [TimeRange] = []
    var start = start
    while start < end {
      let (sum, overflow) = start.addingReportingOverflow(limit)
      let stop = overflow ? end : min(sum, end)
      pieces.append(TimeRange(start: start, end: stop == end ? end : stop - 1))
      start = stop
    }
    return pieces
  }

  /// An instant as users write it: `now`, `now-1h30m`, or milliseconds or seconds since 1970.
  ///
  /// - Parameter now: in milliseconds since 1970.
  /// - Returns: nil where the text says no time.
  public static func instant(_ text: String, now: Int64) -> Int64? {
    if text == "now" { return now }
    if text.hasPrefix("now-") { return milliseconds(text.dropFirst(4)).map { now - $0 } }
    guard let number = Int64(text), number >= 0 else { return nil }
    // Seconds have ten digits until the year 2286, milliseconds thirteen.
    return number < 100_000_000_000 ? number * 1000 : number
  }

  /// A length of time: `90s`, `1h30m`, `7d`.
  static func milliseconds(_ text: Substring) -> Int64? {
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
    var sum: Int64 = 0
    var rest = text
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let unit = rest.popFirst(), let factor = units[unit], let count = Int64(digits),
        count < 1_000_000_000
      else { return nil }
      sum += count * factor
    }
    return text.isEmpty ? nil : sum
  }
}
