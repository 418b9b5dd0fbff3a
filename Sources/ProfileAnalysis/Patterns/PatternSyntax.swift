/// A regular expression once parsed, without what does not change which texts it matches.
///
/// Groups do not capture, and whether a repetition is greedy is not kept.
indirect enum PatternSyntax {
  /// Matches everywhere, taking nothing.
  case empty
  case literal(UInt32, foldsCase: Bool)
  case characterClass(CharacterClass)
  case anyCharacter(includesNewline: Bool)
  case assertion(Assertion)
  case concatenation([PatternSyntax])
  case alternation([PatternSyntax])
  /// - maximum: nil where there is none.
  case repetition(PatternSyntax, minimum: Int, maximum: Int?, isCounted: Bool)

  enum Assertion {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
  }
}

extension PatternSyntax {
  /// Whether counted repetitions inside each other multiply to at most `limit`.
  func hasRepetitions(within limit: Int) -> Bool {
    switch self {
    case .empty, .literal, .characterClass, .anyCharacter, .assertion: return true
    case .concatenation(let parts), .alternation(let parts):
      return parts.allSatisfy { $0.hasRepetitions(within: limit) }
    case .repetition(let part, let minimum, let maximum, let isCounted):
      guard isCounted else { return part.hasRepetitions(within: limit) }
      let count = maximum ?? minimum
      if maximum == 0 { return true }
      if count > limit { return false }
      return part.hasRepetitions(within: count > 0 ? limit / count : limit)
    }
  }
}
