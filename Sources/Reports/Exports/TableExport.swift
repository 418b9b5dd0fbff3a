/// What each entry costs, all of them, in one of the forms that reports have.
public struct TableExport: Export {
  private let writer: any ReportWriter
  private let report = TopReport()

  /// An export that goes by the writer's name.
  public init(_ writer: any ReportWriter) { self.writer = writer }

  public var name: String { writer.name }
  public var summary: String { "What each function costs: \(writer.summary.lowercasedFirst)" }
  public var fileExtension: String { writer.fileExtension }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    writer.write(report.table(of: subject), to: &output)
  }
}

extension ReportWriter {
  /// How names of files in this form end.
  public var fileExtension: String {
    switch name {
    case "text": "txt"
    case "markdown": "md"
    default: name
    }
  }
}

extension String {
  /// The text with a small letter first, unless the first word is all capitals.
  package var lowercasedFirst: String {
    guard let first, dropFirst().first?.isUppercase != true else { return self }
    return first.lowercased() + dropFirst()
  }
}
