import Inspector

/// Instants as people of this machine read them.
enum StoredTimes {
  /// `20:56:09`
  ///
  /// - Parameter seconds: since 1970.
  static func clock(_ seconds: Int64) -> String {
    let time = SystemEnvironment.make().localTime(seconds)
    return [time.hour, time.minute, time.second].map(padded).joined(separator: ":")
  }

  /// A stretch of time whose instants are told by the clock, with the day where it is a long one.
  ///
  /// - Parameters:
  ///   - start, end: in milliseconds since 1970.
  static func span(from start: Int64, to end: Int64) -> StoredSpan {
    let hasDay = end &- start > 20 * 3_600_000
    return StoredSpan(start: start, end: end) { milliseconds in
      let seconds = milliseconds / 1000
      guard hasDay else { return clock(seconds) }
      let time = SystemEnvironment.make().localTime(seconds)
      return "\(padded(time.month))-\(padded(time.day)) \(padded(time.hour)):\(padded(time.minute))"
    }
  }

  /// What two choices are called beside one another: by what tells them apart.
  static func names(_ base: LiveChoice, _ other: LiveChoice) -> (base: String, other: String) {
    guard case .stored(let older) = base, case .stored(let newer) = other else {
      return ("old", "new")
    }
    if older.service != newer.service { return (older.service, newer.service) }
    let labels = Set(older.labels.keys).union(newer.labels.keys).sorted().filter {
      older.labels[$0] != newer.labels[$0]
    }
    if let label = labels.first {
      return (
        "\(label)=\(older.labels[label] ?? "any")", "\(label)=\(newer.labels[label] ?? "any")"
      )
    }
    func time(_ choice: StoredChoice) -> String {
      span(from: min(older.from, newer.from), to: max(older.until, newer.until)).label(choice.until)
    }
    return (time(older), time(newer))
  }

  private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
