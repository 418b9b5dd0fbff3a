/// What a user should be told about filters that did their work: on standard error, as `pprof` does.
public enum FilterNotice: Hashable, Sendable, CustomStringConvertible {
  /// The option, capitalized as `pprof` has it (`Focus`, `TagFocus`), matched nothing.
  case matchedNothing(String)
  /// A tag filter was taken for a range of numbers.
  case readAsRange(option: String, value: String)
  /// Numbers under one label key have several units; the first is taken for all of them.
  case mixedUnits(key: String, used: String, others: [String])
  /// Some names would have taken the expression too long; they count as not matching.
  case gaveUp(option: String)
  /// The profile's own expression for frames to drop is not one, so none were dropped.
  case unreadableFramePattern(String, PatternError)

  public var description: String {
    switch self {
    case .matchedNothing(let option): "\(option) expression matched no samples"
    case .readAsRange(let option, let value):
      "\(option):Interpreted '\(value)' as range, not regexp"
    case .mixedUnits(let key, let used, let others):
      "For tag \(key) used unit \(used), also encountered unit(s) \(others.joined(separator: ", "))"
    case .gaveUp(let option):
      "\(option): the expression takes too long on some names, which count as not matching"
    case .unreadableFramePattern(let source, let error):
      "failed to compile regexp \(source): \(error)"
    }
  }
}
