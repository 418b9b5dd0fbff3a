/// A form in which the outcome of a check is written.
///
/// To add one, write a type that conforms, in a file of its own, and its line in
/// `CheckWriters.all`.
public protocol CheckWriter: Sendable {
  /// The name after `--output`.
  var name: String { get }
  /// A line of help, without a full stop.
  var summary: String { get }
  func write(_ check: GrowthCheck, to output: inout OutputBuffer)
}

/// Every form of a check's outcome, in the order in which users see them.
public enum CheckWriters {
  public static let all: [any CheckWriter] = [
    TextCheckWriter(), JSONCheckWriter(), MarkdownCheckWriter(), SARIFCheckWriter(),
    GitHubCheckWriter(),
  ]

  public static func writer(named name: String) -> (any CheckWriter)? {
    all.first { $0.name == name }
  }
}
