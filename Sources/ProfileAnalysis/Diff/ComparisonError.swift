import ProfileModel

/// Why two profiles cannot be compared.
public enum ComparisonError: Error, Hashable, Sendable {
  /// No type of the first is one of the second.
  case noCommonTypes(base: [String], other: [String])
  case merge(MergeError)
}

extension ComparisonError: CustomStringConvertible {
  public var description: String {
    func list(_ types: [String]) -> String {
      types.isEmpty ? "nothing" : types.joined(separator: ", ")
    }
    switch self {
    case .noCommonTypes(let base, let other):
      return "no sample type in common: the first has \(list(base)), the second \(list(other))"
    case .merge(let error): return error.description
    }
  }
}
