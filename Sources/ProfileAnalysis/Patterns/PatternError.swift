/// Why a regular expression is refused: what is wrong, and the part of it that is.
public struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What can be wrong with an expression.
  public enum Reason: String, Sendable {
    case invalidRange = "invalid character class range"
    case invalidEscape = "invalid escape sequence"
    case invalidNamedCapture = "invalid named capture"
    case invalidPerlSyntax = "invalid or unsupported Perl syntax"
    case invalidRepetition = "invalid nested repetition operator"
    case invalidRepeatCount = "invalid repeat count"
    case missingBracket = "missing closing ]"
    case missingParenthesis = "missing closing )"
    case missingRepetitionArgument = "missing argument to repetition operator"
    case trailingBackslash = "trailing backslash at end of expression"
    case unexpectedParenthesis = "unexpected )"
    case nestsTooDeeply = "expression nests too deeply"
    case tooLarge = "expression too large"
  }

  public let reason: Reason
  /// The part of the expression that is at fault, or all of it.
  public let expression: String

  init(_ reason: Reason, _ expression: String) {
    self.reason = reason
    self.expression = expression
  }

  /// The words that Go's `regexp` package has for it, which users of `pprof` know.
  public var description: String { "error parsing regexp: \(reason.rawValue): `\(expression)`" }
}
