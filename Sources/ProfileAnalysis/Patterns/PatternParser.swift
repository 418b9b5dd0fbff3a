/// Reads a regular expression in RE2's syntax, as Go's `regexp` package does.
///
/// What RE2 cannot match in linear time (back references, lookaround, atomic groups) and what it
/// merely does not know is refused with the words that Go has for it.
struct PatternParser {
  /// Go refuses expressions that nest deeper.
  private static let maximumHeight = 1000
  private static let maximumRepeatCount = 1000

  struct Flags {
    var foldsCase = false
    var isMultiline = false
    var dotMatchesNewline = false
  }

  /// A part with the number of levels in it.
  private struct Part {
    var syntax: PatternSyntax
    var height = 1
  }

  /// A group that is still open.
  private struct Group {
    var alternatives: [Part] = []
    var parts: [Part] = []
    var outerFlags: Flags
    /// Go counts groups that capture as a level of their own.
    var captures = true
  }

  let text: [Unicode.Scalar]
  var position = 0
  var flags = Flags()
  private var groups: [Group]

  private init(_ source: String) {
    text = Array(source.unicodeScalars)
    groups = [Group(outerFlags: Flags())]
  }

  static func parse(_ source: String) throws(PatternError) -> PatternSyntax {
    var parser = PatternParser(source)
    return try parser.parseAll()
  }

  private mutating func parseAll() throws(PatternError) -> PatternSyntax {
    // Where the repetition operator just before this position starts: two may not follow each other.
    var lastRepetition: Int?
    while let character = peek() {
      let start = position
      var repetition: Int?
      switch character {
      case "(": try openGroup()
      case ")": try closeGroup()
      case "|":
        position += 1
        try endAlternative()
      case "^":
        position += 1
        try add(.assertion(flags.isMultiline ? .lineStart : .textStart))
      case "$":
        position += 1
        try add(.assertion(flags.isMultiline ? .lineEnd : .textEnd))
      case ".":
        position += 1
        try add(.anyCharacter(includesNewline: flags.dotMatchesNewline))
      case "[": try add(.characterClass(parseClass()))
      case "*":
        try `repeat`(minimum: 0, maximum: nil, after: start + 1, since: lastRepetition)
        repetition = start
      case "+":
        try `repeat`(minimum: 1, maximum: nil, after: start + 1, since: lastRepetition)
        repetition = start
      case "?":
        try `repeat`(minimum: 0, maximum: 1, after: start + 1, since: lastRepetition)
        repetition = start
      case "{":
        if try parseCount(since: lastRepetition) {
          repetition = start
        } else {
          try addLiteral("{")
        }
      case "\\": try parseEscape()
      default: try addLiteral(character)
      }
      lastRepetition = repetition
    }
    guard groups.count == 1 else { throw PatternError(.missingParenthesis, all) }
    return try finishGroup().syntax
  }

  // MARK: Groups

  private mutating func openGroup() throws(PatternError) {
    guard peek(1) == "?" else {
      position += 1
      groups.append(Group(outerFlags: flags))
      return
    }
    // Go looks for a name only where something follows.
    let namedStart = peek(2) == "<" ? 3 : peek(2) == "P" && peek(3) == "<" ? 4 : nil
    if let namedStart, peek(namedStart) != nil {
      return try openNamedGroup()
    }
    let start = position
    position += 2
    var new = flags
    var (sets, sawFlag) = (true, false)
    while let character = peek() {
      position += 1
      switch character {
      case "i": (new.foldsCase, sawFlag) = (sets, true)
      case "m": (new.isMultiline, sawFlag) = (sets, true)
      case "s": (new.dotMatchesNewline, sawFlag) = (sets, true)
      case "U": sawFlag = true
      case "-" where sets: (sets, sawFlag) = (false, false)
      case ":" where sets || sawFlag:
        groups.append(Group(outerFlags: flags, captures: false))
        flags = new
        return
      case ")" where sets || sawFlag:
        flags = new
        return
      default: throw PatternError(.invalidPerlSyntax, slice(start, position))
      }
    }
    throw PatternError(.invalidPerlSyntax, slice(start, text.count))
  }

  private mutating func openNamedGroup() throws(PatternError) {
    let nameStart = position + (peek(2) == "P" ? 4 : 3)
    guard let end = text[position...].firstIndex(of: ">") else {
      throw PatternError(.invalidNamedCapture, slice(position, text.count))
    }
    guard nameStart < end,
      text[nameStart..<end].allSatisfy({ $0 == "_" || Self.isAlphanumeric($0) })
    else { throw PatternError(.invalidNamedCapture, slice(position, end + 1)) }
    position = end + 1
    groups.append(Group(outerFlags: flags))
  }

  private mutating func closeGroup() throws(PatternError) {
    guard groups.count > 1 else { throw PatternError(.unexpectedParenthesis, all) }
    position += 1
    var part = try finishGroup()
    let group = groups.removeLast()
    flags = group.outerFlags
    if group.captures { part.height += 1 }
    try add(part)
  }

  private mutating func endAlternative() throws(PatternError) {
    let last = groups.count - 1
    let alternative = try joined(groups[last].parts) { .concatenation($0) }
    groups[last].parts = []
    groups[last].alternatives.append(alternative)
  }

  private mutating func finishGroup() throws(PatternError) -> Part {
    try endAlternative()
    return try joined(groups[groups.count - 1].alternatives) { .alternation($0) }
  }

  private func joined(_ parts: [Part], _ join: ([PatternSyntax]) -> PatternSyntax)
    throws(PatternError) -> Part
  {
    if parts.isEmpty { return Part(syntax: .empty) }
    if parts.count == 1 { return parts[0] }
    let height = 1 + (parts.lazy.map(\.height).max() ?? 0)
    return try checked(Part(syntax: join(parts.map(\.syntax)), height: height))
  }

  // MARK: Repetitions

  /// - Parameters:
  ///   - after: where the operator ends.
  ///   - last: where the operator just before starts, if there is one.
  private mutating func `repeat`(
    minimum: Int, maximum: Int?, isCounted: Bool = false, after: Int, since last: Int?
  ) throws(PatternError) {
    let start = position
    position = after
    if peek() == "?" { position += 1 }
    if let last { throw PatternError(.invalidRepetition, slice(last, position)) }
    guard let part = groups[groups.count - 1].parts.popLast() else {
      throw PatternError(.missingRepetitionArgument, slice(start, position))
    }
    let syntax = PatternSyntax.repetition(
      part.syntax, minimum: minimum, maximum: maximum, isCounted: isCounted)
    if isCounted, minimum >= 2 || (maximum ?? 0) >= 2,
      !syntax.hasRepetitions(within: Self.maximumRepeatCount)
    {
      throw PatternError(.invalidRepeatCount, slice(start, position))
    }
    try add(Part(syntax: syntax, height: part.height + 1))
  }

  /// Reads `{2}`, `{2,}` or `{2,3}`; false where the brace starts none of them and stands for itself.
  private mutating func parseCount(since last: Int?) throws(PatternError) -> Bool {
    var end = position + 1
    guard let minimum = parseInteger(&end) else { return false }
    var maximum: Int? = minimum
    if end < text.count, text[end] == "," {
      end += 1
      if end < text.count, text[end] == "}" {
        maximum = nil
      } else {
        guard let number = parseInteger(&end) else { return false }
        maximum = number
      }
    }
    guard end < text.count, text[end] == "}" else { return false }
    end += 1
    let limit = Self.maximumRepeatCount
    guard minimum <= limit, maximum ?? 0 <= limit, minimum <= maximum ?? minimum else {
      throw PatternError(.invalidRepeatCount, slice(position, end))
    }
    try `repeat`(minimum: minimum, maximum: maximum, isCounted: true, after: end, since: last)
    return true
  }

  private func parseInteger(_ position: inout Int) -> Int? {
    let start = position
    var value = 0
    while position < text.count, ("0"..."9").contains(text[position]) {
      value = min(value * 10 + Int(text[position].value - 0x30), 1 << 30)
      position += 1
    }
    // A leading zero makes it no count.
    guard position > start, position == start + 1 || text[start] != "0" else { return nil }
    return value
  }

  // MARK: Parts

  mutating func addLiteral(_ character: Unicode.Scalar) throws(PatternError) {
    position += 1
    try add(.literal(character.value, foldsCase: flags.foldsCase))
  }

  mutating func add(_ syntax: PatternSyntax) throws(PatternError) {
    try add(Part(syntax: syntax))
  }

  private mutating func add(_ part: Part) throws(PatternError) {
    groups[groups.count - 1].parts.append(try checked(part))
  }

  private func checked(_ part: Part) throws(PatternError) -> Part {
    guard part.height <= Self.maximumHeight else { throw PatternError(.nestsTooDeeply, all) }
    return part
  }

  // MARK: Text

  func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    position + offset < text.count ? text[position + offset] : nil
  }

  func slice(_ start: Int, _ end: Int) -> String {
    String(String.UnicodeScalarView(text[start..<end]))
  }

  private var all: String { slice(0, text.count) }

  static func isAlphanumeric(_ character: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(character) || ("A"..."Z").contains(character)
      || ("a"..."z").contains(character)
  }
}
