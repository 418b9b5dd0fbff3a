/// One kind of report: what it is called, and how it is made of a profile.
///
/// To add one, write a type that conforms, in a file of its own, and its line in `Reports.all`.
public protocol Report: Sendable {
  /// The name after `proftui report`, which is also pprof's flag: `top`.
  var name: String { get }
  /// Other flags for the same report.
  var aliases: [String] { get }
  /// A line of help, without a full stop.
  var summary: String { get }
  /// Whether the report is about what matches a pattern, as `list=REGEX`.
  var takesPattern: Bool { get }
  /// Whether the report is about two profiles, an older and a newer one.
  var comparesProfiles: Bool { get }
  /// Whether the text is not meant for a terminal.
  var isBinary: Bool { get }
  /// Whether it looks at several profiles one after the other, instead of at all of them merged.
  var takesSnapshots: Bool { get }
  /// Whether it only adds samples up, so that those with the same stack and labels need not be one.
  var takesSums: Bool { get }
  /// What the report changes about the options before it begins.
  func adjust(_ options: inout ReportOptions)
  /// Writes the report as pprof prints it.
  func write(_ subject: ReportSubject, to output: inout OutputBuffer) throws(ReportError)
  /// The report as rows, for the other forms of output.
  func table(of subject: ReportSubject) throws(ReportError) -> ReportTable
}

extension Report {
  public var aliases: [String] { [] }
  public var takesPattern: Bool { false }
  public var comparesProfiles: Bool { false }
  public var isBinary: Bool { false }
  public var takesSnapshots: Bool { false }
  public var takesSums: Bool { false }

  public func adjust(_ options: inout ReportOptions) { options.settle(nodeCount: 80) }
}

extension ReportOptions {
  /// Fills in how many entries are shown where that was left to the report.
  mutating func settle(nodeCount: Int, trims: Bool = true) {
    if self.nodeCount == -1 { self.nodeCount = nodeCount }
    guard !trims || !trim else { return }
    self.nodeCount = 0
    nodeFraction = 0
    edgeFraction = 0
  }
}
