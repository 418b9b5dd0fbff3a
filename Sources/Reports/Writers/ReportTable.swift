import ProfileModel

/// What the values of a table are of.
public struct ReportMeasure: Hashable, Sendable {
  /// As `inuse_space`.
  public let sampleType: String
  /// The unit of the values.
  public let unit: String
  /// What shares are of.
  public let total: Int64

  public init(sampleType: String, unit: String, total: Int64) {
    self.sampleType = sampleType
    self.unit = unit
    self.total = total
  }
}

/// A report as rows of typed cells: what the forms of output other than pprof's text are made of.
public struct ReportTable: Sendable {
  /// A value in a row.
  public enum Cell: Hashable, Sendable {
    /// A number; values of samples are in the profile's own unit.
    case integer(Int64)
    case text(String)
    /// Several texts, in order.
    case list([String])
    /// No value.
    case none
  }

  /// The report's name.
  public let report: String
  public let measure: ReportMeasure
  /// The names of the columns.
  public let columns: [String]
  public private(set) var rows: [[Cell]] = []
  /// What forms of output with names for values give beside the rows: objects by name.
  public var extras: [(name: String, members: [(name: String, value: Cell)])] = []

  public init(of measure: ReportMeasure, report: String, columns: [String]) {
    self.report = report
    self.measure = measure
    self.columns = columns
  }

  init(of subject: ReportSubject, report: String, columns: [String]) {
    self.init(of: subject.measure, report: report, columns: columns)
  }

  /// - Precondition: a cell for each column.
  public mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a cell for each column")
    rows.append(row)
  }
}
