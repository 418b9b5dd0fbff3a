/// A form in which other programs take a profile: what it is called, and how it is written.
///
/// To add one, write a type that conforms, in a file of its own, and its line in `Exports.all`.
/// Names in profiles come from strangers: whatever they hold, a name stays a name in what is written.
public protocol Export: Sendable {
  /// The name after `proftui export`: `folded`.
  var name: String { get }
  /// A line of help, without a full stop.
  var summary: String { get }
  /// How names of such files end, without the dot in front: `pb.gz`.
  var fileExtension: String { get }
  /// Whether the bytes are not meant for a terminal.
  var isBinary: Bool { get }
  /// What the export changes about the options before it begins.
  func adjust(_ options: inout ReportOptions)
  /// Writes the profile, piece by piece.
  func write(_ subject: ReportSubject, to output: inout OutputBuffer) throws(ReportError)
}

extension Export {
  public var isBinary: Bool { false }

  /// Exports are whole: nothing is cut off for being small, unless the user asks for it.
  public func adjust(_ options: inout ReportOptions) {
    options.settle(nodeCount: 0)
    if options.nodeFraction == ReportOptions().nodeFraction { options.nodeFraction = 0 }
    if options.edgeFraction == ReportOptions().edgeFraction { options.edgeFraction = 0 }
  }
}
