/// A form in which the rows of any report are written.
///
/// To add one, write a type that conforms, in a file of its own, and its line in
/// `ReportWriters.all`.
public protocol ReportWriter: Sendable {
  /// The name after `--output`.
  var name: String { get }
  /// A line of help, without a full stop.
  var summary: String { get }
  func write(_ table: ReportTable, to output: inout OutputBuffer)
}
