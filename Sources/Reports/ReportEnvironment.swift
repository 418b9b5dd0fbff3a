import EscapeAnalysis
import ProfileModel

/// What reports need of the world outside: the time zone, and source files.
public struct ReportEnvironment: Sendable {
  /// The local time of a moment given in seconds since 1970 UTC.
  public var localTime: @Sendable (Int64) -> LocalTime
  /// The bytes of a file; nil, or why, where it cannot be read.
  public var readFile: @Sendable (String) -> Result<[UInt8], SourceFileError>
  /// The folder in which relative paths are looked for first.
  public var workingDirectory: String
  /// Where Go keeps its own sources, as `GOROOT`; nil where unknown.
  public var goRoot: String?
  /// Where Go keeps modules, as `GOMODCACHE`; nil where unknown.
  public var goModuleCache: String?

  /// What each sample of a profile allocated, as far as programs, logs and sources at hand tell.
  public var escapeEvidence: @Sendable (Profile) -> EscapeEvidence
  /// The bytes of a profile in pprof's compressed format.
  public var encode: @Sendable (Profile) -> [UInt8]

  /// An environment in UTC without files or an encoder, for those who need none.
  public init() {
    localTime = { LocalTime(utc: $0) }
    encode = { _ in [] }
    escapeEvidence = { EscapeEvidence($0) }
    readFile = { _ in .failure(.notFound) }
    workingDirectory = "/"
  }
}

/// Why a source file cannot be read.
public enum SourceFileError: Error, Hashable {
  case notFound
  case isDirectory
  /// In the system's words.
  case unreadable(String)
}

/// A time of day somewhere.
public struct LocalTime: Hashable, Sendable {
  public var year: Int
  /// From 1.
  public var month: Int
  public var day: Int
  public var hour: Int
  public var minute: Int
  public var second: Int
  /// As `CET`.
  public var zone: String
  /// Seconds east of UTC.
  public var offset: Int

  public init(
    year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, zone: String, offset: Int
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.zone = zone
    self.offset = offset
  }

  /// The time in UTC.
  public init(utc seconds: Int64) {
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let rest = Int(seconds) - days * 86_400
    // Years begin in March here, so that the leap day is the last of its year.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * marchMonth + 2) / 5 + 1, hour: rest / 3600, minute: rest / 60 % 60,
      second: rest % 60, zone: "UTC", offset: 0)
  }

  /// As `2026-03-01 12:00:00`.
  var dateAndTime: String {
    "\(padded(year, to: 4))-\(padded(month))-\(padded(day))"
      + " \(padded(hour)):\(padded(minute)):\(padded(second))"
  }

  /// The distance from UTC, as `+0100`.
  var numericZone: String {
    let minutes = abs(offset) / 60
    return (offset < 0 ? "-" : "+") + padded(minutes / 60) + padded(minutes % 60)
  }

  private func padded(_ number: Int, to width: Int = 2) -> String {
    let digits = String(abs(number))
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
      + digits
  }
}
