import Reports

/// A form in which what is on the screen can be written: rows of the view, or the refined profile.
///
/// Read off `ReportWriters.all` and `Exports.all`.
package struct WriteForm: Sendable {
  /// What is written.
  enum Source: Sendable {
    /// The rows of the open view.
    case view(any ReportWriter)
    /// What the refinements leave of the profile.
    case profile(any Export)
  }

  let name: String
  let summary: String
  /// How the file's name ends, without the dot in front.
  let fileExtension: String
  let source: Source

  /// Every form, those of the view first.
  static let all: [WriteForm] = views + profiles

  static func named(_ name: String) -> WriteForm? { all.first { $0.name == name } }

  /// The form that the ending of a file's name stands for; of several the longest.
  static func ofFile(_ path: String) -> WriteForm? {
    let found = all.filter { path.hasSuffix("." + $0.fileExtension) }
    return found.max { $0.fileExtension.utf8.count < $1.fileExtension.utf8.count }
  }

  private static let views = ReportWriters.all.map { writer in
    WriteForm(
      name: writer.name,
      summary: writer.name == "text"
        ? "this view, as it is on the screen" : "this view: \(writer.summary.lowercasedFirst)",
      fileExtension: writer.fileExtension, source: .view(writer))
  }

  private static let profiles = Exports.all.filter { export in
    // Tables of the profile have the names of forms of the view.
    ReportWriters.writer(named: export.name) == nil
  }.map { export in
    WriteForm(
      name: export.name, summary: "profile: \(export.summary.lowercasedFirst)",
      fileExtension: export.fileExtension, source: .profile(export))
  }
}
