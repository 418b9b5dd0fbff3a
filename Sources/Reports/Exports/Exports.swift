/// Every export, in the order in which users see them.
public enum Exports {
  public static let all: [any Export] = [
    PprofExport(), FoldedExport(), SpeedscopeExport(), SVGExport(), HTMLExport(), DotExport(),
    CallgrindExport(), TableExport(CSVWriter()), TableExport(JSONWriter()),
    TableExport(MarkdownWriter()), SamplesExport(),
  ]

  /// The export of that name.
  public static func export(named name: String) -> (any Export)? { all.first { $0.name == name } }
}
