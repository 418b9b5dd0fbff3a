/// The call graph for KCachegrind and its like, as pprof writes it.
public struct CallgrindExport: Export {
  public let name = "callgrind"
  public let summary = "The call graph for KCachegrind"
  public let fileExtension = "callgrind"
  private let report = CallgrindReport()

  public init() {}

  public func adjust(_ options: inout ReportOptions) { report.adjust(&options) }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    report.write(subject, to: &output)
  }
}
