/// Why filters cannot be applied.
public enum FilterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The option's value is no regular expression.
  case pattern(option: String, PatternError)
  /// The option's value holds a number of more than 64 bits.
  case numberOutOfRange(option: String, String)

  public var description: String {
    switch self {
    case .pattern(let option, let error): "parsing \(option) regexp: \(error)"
    case .numberOutOfRange(let option, let number): "parsing \(option): \(number) is out of range"
    }
  }
}
