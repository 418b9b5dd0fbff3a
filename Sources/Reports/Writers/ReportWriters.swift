/// Every form of output, in the order in which users see them.
public enum ReportWriters {
  public static let all: [any ReportWriter] = [
    TextWriter(), JSONWriter(), CSVWriter(), MarkdownWriter(),
  ]

  public static func writer(named name: String) -> (any ReportWriter)? {
    all.first { $0.name == name }
  }
}
