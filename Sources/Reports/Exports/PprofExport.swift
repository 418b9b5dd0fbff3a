/// The profile after merging and filters, in pprof's compressed format.
public struct PprofExport: Export {
  public let name = "pprof"
  public let summary = "A profile for pprof and all that reads what it reads"
  public let fileExtension = "pb.gz"
  public let isBinary = true
  private let report = ProtoReport()

  public init() {}

  public func adjust(_ options: inout ReportOptions) { report.adjust(&options) }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    report.write(subject, to: &output)
  }
}
