/// The cause of allocations by their source line, where it has exactly one construct that allocates.
///
/// The text of the file tells what names are; where it does not, nothing is claimed that rests on it.
struct SourceLineEvidence {
  private let sourceLines: (@Sendable (String) -> [[UInt8]]?)?
  private var files: [String: GoSourceFile?] = [:]
  private var known: [Place: [LineConstruct]?] = [:]

  /// A line of a function.
  struct Place: Hashable {
    var file: String
    var line: Int64
    /// Where the function begins; 0 where unknown.
    var startLine: Int64 = 0
    /// Whether the function is a literal in another one.
    var isLiteral = false
  }

  init(_ sourceLines: (@Sendable (String) -> [[UInt8]]?)?) { self.sourceLines = sourceLines }

  /// What allocates in a line; nil where that is not known.
  mutating func constructs(at place: Place) -> [LineConstruct]? {
    guard let sourceLines, !place.file.isEmpty, place.line > 0 else { return nil }
    if let known = known[place] { return known }
    var file = files[place.file] ?? sourceLines(place.file).map { GoSourceFile($0) }
    files[place.file] = .some(nil)
    let found = file.flatMap { source in
      var source = source
      let found = LineReader.constructs(
        in: &source, line: place.line, isLiteral: place.isLiteral, startLine: place.startLine)
      file = source
      return found
    }
    files[place.file] = .some(file)
    known[place] = .some(found)
    return found
  }
}

extension SourceLineEvidence.Place {
  /// The line of the function that has this name in a profile.
  init(function name: String, file: String, line: Int64, startLine: Int64) {
    self.init(
      file: file, line: line, startLine: startLine, isLiteral: Self.isLiteral(name))
  }

  /// Whether a name is that of a function literal: `main.f.func1`, `main.f.func1.2`.
  static func isLiteral(_ name: String) -> Bool {
    name.split(separator: ".").dropFirst().contains { part in
      part.hasPrefix("func") && part.dropFirst(4).first?.isNumber == true
        && part.dropFirst(4).allSatisfy { $0.isNumber || $0 == "-" || $0.isLetter }
    }
  }
}
