import Glibc

/// Instants as RFC 3339 writes them, in UTC.
enum Timestamp {
  /// - Parameter milliseconds: since 1970.
  static func text(_ milliseconds: Int64) -> String {
    let thousandths = (milliseconds % 1000 + 1000) % 1000
    var seconds = time_t((milliseconds - thousandths) / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    return padded(parts.tm_year + 1900, 4) + "-" + padded(parts.tm_mon + 1, 2) + "-"
      + padded(parts.tm_mday, 2) + "T" + padded(parts.tm_hour, 2) + ":" + padded(parts.tm_min, 2)
      + ":" + padded(parts.tm_sec, 2) + "." + padded(Int32(thousandths), 3) + "Z"
  }

  private static func padded(_ value: Int32, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }

  /// Milliseconds since 1970 of `2026-11-22T20:56:43.361667836Z`; nil where the text is no such time.
  static func milliseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int32? {
      guard bytes.count > range.upperBound else { return nil }
      return Int32(String(decoding: bytes[range], as: UTF8.self))
    }
    guard bytes.last == UInt8(ascii: "Z"), let year = number(0..<4), let month = number(5..<7),
      let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
      let second = number(17..<19), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1900, month - 1, day)
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (hour, minute, second)
    let fraction = text.dropFirst(20).prefix { $0.isNumber }.prefix(3)
    let thousandths = (Int64(fraction) ?? 0) * [1, 100, 10, 1][fraction.count]
    return Int64(timegm(&parts)) * 1000 + thousandths
  }
}
