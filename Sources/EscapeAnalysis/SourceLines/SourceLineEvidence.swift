import ProfileAnalysis

/// The cause of allocations by their source line, where it has exactly one construct that allocates.
///
/// Boxing is no construct: nothing on the line shows it, so it is never claimed.
struct SourceLineEvidence {
  private let sourceLines: (@Sendable (String) -> [[UInt8]]?)?
  private var files: [String: [[UInt8]]?] = [:]
  private var known: [Place: EscapeCause?] = [:]

  private struct Place: Hashable {
    var file: String
    var line: Int64
  }

  init(_ sourceLines: (@Sendable (String) -> [[UInt8]]?)?) { self.sourceLines = sourceLines }

  /// The cause that the line shows; nil where it shows none, several, or is not at hand.
  mutating func cause(file: String, line: Int64) -> EscapeCause? {
    guard let sourceLines, !file.isEmpty, line > 0 else { return nil }
    let place = Place(file: file, line: line)
    if let known = known[place] { return known }
    let lines = files[file] ?? sourceLines(file)
    files[file] = .some(lines)
    var cause: EscapeCause?
    if let lines, let index = Int(exactly: line - 1), index < lines.count {
      cause = Self.cause(ofLine: lines[index])
    }
    known[place] = .some(cause)
    return cause
  }

  /// The cause that a line of Go shows.
  static func cause(ofLine line: [UInt8]) -> EscapeCause? {
    guard line.count <= longestLine else { return nil }
    let code = withoutComment(line)
    var found = code.withUnsafeBufferPointer { code in
      constructs.filter { $0.pattern.matches(code) }.map(\.cause)
    }
    // The literal of a map reads as that of an array from its key's bracket on.
    if found.contains(.map) { found.removeAll { $0 == .array } }
    guard found.count == 1 else { return nil }
    return found[0]
  }

  /// Longer lines are generated, and hold more than one construct.
  private static let longestLine = 2000

  private static func withoutComment(_ line: [UInt8]) -> [UInt8] {
    var quote: UInt8?
    var index = 0
    while index < line.count {
      let byte = line[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\"), open != UInt8(ascii: "`") { index += 1 }
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`")
        || byte == UInt8(ascii: "'")
      {
        quote = byte
      } else if byte == UInt8(ascii: "/"), index + 1 < line.count,
        line[index + 1] == UInt8(ascii: "/")
      {
        return Array(line[..<index])
      }
      index += 1
    }
    return line
  }

  private static let constructs: [(cause: EscapeCause, pattern: Pattern)] =
    ([
      (.map, #"\bmake\(\s*map\[|\bmap\[[^\]]*\][\w.*\[\]{} ]+\{"#),
      (.chan, #"\bmake\(\s*chan\b"#),
      (.slice, #"\bmake\(\s*\[\]|\bmake\(\s*[A-Z]\w*,"#),
      (.append, #"\bappend\("#),
      (.new, #"\bnew\(|&[A-Za-z_][\w.]*(\[[^\]]*\])?\{"#),
      (.closure, #"\bfunc\s*\([^)]*\)[^{]*\{"#),
      (.array, #"\[\]?[\w.*\[\]]*\{[^}]"#),
      (.string, #"\bstring\(|["\w)]\s*\+\s*["\w(]"#),
      (.bytes, #"\[\](byte|rune)\("#),
      (.mapgrow, #"\w\[[^\]]+\]\s*(=|\+=|\+\+|,.*=)[^=]"#),
    ] as [(EscapeCause, String)]).compactMap { cause, source in
      (try? Pattern(source)).map { (cause, $0) }
    }
}
