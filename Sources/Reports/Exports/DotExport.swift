/// The call graph for Graphviz, as pprof draws it.
public struct DotExport: Export {
  public let name = "dot"
  public let summary = "The call graph in Graphviz's language"
  public let fileExtension = "dot"
  private let report = DotReport()

  public init() {}

  /// A drawing of everything cannot be read: it is cut as pprof cuts it.
  public func adjust(_ options: inout ReportOptions) { report.adjust(&options) }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    report.write(subject, to: &output)
  }
}
