/// Writes a parsed expression in PCRE2's syntax, spelled out so that nothing depends on its options.
struct PatternTranslator {
  /// The expression for PCRE2.
  private(set) var text = ""
  /// Whether the whole expression is to be compiled to ignore case.
  let foldsCase: Bool

  init(_ syntax: PatternSyntax) {
    // One option for the whole expression is faster than a group around each letter.
    foldsCase = Self.folds(syntax) == .all
    append(syntax)
  }

  private mutating func append(_ syntax: PatternSyntax) {
    switch syntax {
    case .empty: text += "(?:)"
    case .literal(let character, let folds): append(character, foldsCase: folds)
    case .characterClass(let characters): append(characters)
    case .anyCharacter(let includesNewline): text += includesNewline ? "(?s:.)" : "\\N"
    case .assertion(let assertion): append(assertion)
    case .concatenation(let parts): for part in parts { append(part) }
    case .alternation(let parts):
      text += "(?:"
      for (index, part) in parts.enumerated() {
        if index > 0 { text += "|" }
        append(part)
      }
      text += ")"
    case .repetition(let part, let minimum, let maximum, _):
      // The group is for what PCRE2 lets nobody repeat: assertions, and repetitions.
      text += "(?:"
      append(part)
      text += ")"
      switch (minimum, maximum) {
      case (0, nil): text += "*"
      case (1, nil): text += "+"
      case (0, 1): text += "?"
      case (_, nil): text += "{\(minimum),}"
      case (_, let maximum?): text += "{\(minimum),\(maximum)}"
      }
    }
  }

  private mutating func append(_ assertion: PatternSyntax.Assertion) {
    switch assertion {
    case .textStart: text += "\\A"
    case .textEnd: text += "\\z"
    // Unlike PCRE2's own, these also hold after a newline that ends the text.
    case .lineStart: text += "(?<![^\\n])"
    case .lineEnd: text += "(?![^\\n])"
    case .wordBoundary: text += "\\b"
    case .noWordBoundary: text += "\\B"
    }
  }

  private mutating func append(_ character: UInt32, foldsCase: Bool) {
    guard let scalar = Unicode.Scalar(character) else {
      text += "(?!)"  // a surrogate, which no text holds
      return
    }
    let needsGroup = foldsCase && !self.foldsCase
    if needsGroup { text += "(?i:" }
    if PatternParser.isAlphanumeric(scalar) {
      text.unicodeScalars.append(scalar)
    } else {
      append(escaped: character)
    }
    if needsGroup { text += ")" }
  }

  private mutating func append(_ characters: CharacterClass) {
    if characters.ranges.isEmpty && characters.properties.isEmpty {
      text += characters.isNegated ? "(?s:.)" : "(?!)"
      return
    }
    let needsGroup = characters.foldsCase && !foldsCase
    text += needsGroup ? "(?i:[" : "["
    if characters.isNegated { text += "^" }
    for range in characters.ranges {
      append(escaped: range.lowerBound)
      if range.count > 1 {
        text += "-"
        append(escaped: range.upperBound)
      }
    }
    for property in characters.properties {
      text += "\\\(property.isNegated ? "P" : "p"){\(property.name)}"
    }
    text += needsGroup ? "])" : "]"
  }

  private mutating func append(escaped character: UInt32) {
    text += "\\x{\(String(character, radix: 16))}"
  }

  // MARK: Case

  private enum Folding {
    case all, some, none, indifferent

    func joined(_ other: Folding) -> Folding {
      if self == .indifferent { return other }
      if other == .indifferent || self == other { return self }
      return .some
    }
  }

  private static func folds(_ syntax: PatternSyntax) -> Folding {
    switch syntax {
    case .literal(_, let foldsCase): foldsCase ? .all : .none
    case .characterClass(let characters): characters.foldsCase ? .all : .none
    case .empty, .anyCharacter, .assertion: .indifferent
    case .concatenation(let parts), .alternation(let parts):
      parts.reduce(.indifferent) { $0.joined(folds($1)) }
    case .repetition(let part, _, _, _): folds(part)
    }
  }
}
