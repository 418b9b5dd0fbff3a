/// Instants as RFC 3339 writes them, in UTC.
enum Timestamp {
  /// - Parameter milliseconds: since 1970.
  static func text(_ milliseconds: Int64) -> String {
    let (days, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    let (day, time) = rest < 0 ? (days - 1, rest + 86_400_000) : (days, rest)
    let date = date(ofDay: day)
    func padded(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
      + padded(time / 3_600_000, 2) + ":" + padded(time / 60_000 % 60, 2) + ":"
      + padded(time / 1000 % 60, 2) + "." + padded(time % 1000, 3) + "Z"
  }

  /// Milliseconds since 1970 of `2026-11-22T20:56:43.361667836Z`; nil where the text is no such time.
  static func milliseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      guard bytes.count >= range.upperBound else { return nil }
      return Int64(String(decoding: bytes[range], as: UTF8.self))
    }
    guard bytes.last == UInt8(ascii: "Z"), let year = number(0..<4), let month = number(5..<7),
      let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
      let second = number(17..<19), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let fraction = text.dropFirst(20).prefix { $0.isNumber }.prefix(3)
    let thousandths =
      (Int64(fraction) ?? 0) * [1, 100, 10, 1][fraction.count]
    let seconds = Self.day(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60
    return (seconds + second) * 1000 + thousandths
  }

  /// Days since 1970 of a date in the calendar that goes on for ever.
  private static func day(year: Int64, month: Int64, day: Int64) -> Int64 {
    // Years that begin in March have their leap day at the end.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let first = (153 * month + 2) / 5
    return (
      yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
      dayOfYear - first + 1
    )
  }
}

/// Bytes as JSON carries them.
enum Base64 {
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xff, count: 256)
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  /// - Returns: nil where the text has other digits.
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for digit in text.utf8 where digit != UInt8(ascii: "=") {
      let value = values[Int(digit)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
