/// Every report, in the order in which users see them.
public enum Reports {
  public static let all: [any Report] = [
    TopReport(), DiffReport(), TreeReport(), PeekReport(), ListReport(), TracesReport(),
    TagsReport(),
    RawReport(), CommentsReport(), DotReport(), CallgrindReport(), ProtoReport(),
    TopProtoReport(), EscapesReport(), TypesReport(), FindingsReport(),
  ]

  /// The report of that name or alias.
  public static func report(named name: String) -> (any Report)? {
    all.first { $0.name == name || $0.aliases.contains(name) }
  }
}
