import ProfileModel

/// Why profiles cannot be merged or compared.
public enum MergeError: Error, Hashable, Sendable {
  case noProfiles
  case noCommonSampleTypes
  /// A name that stands in one profile more than once, and not at all in another.
  case ambiguousSampleType(String)
  case incompatibleSampleTypes(ValueType, ValueType)
  case incompatiblePeriodTypes(ValueType, ValueType)
  /// The profiles to normalize differ in these sample types.
  case differentSampleTypes([ValueType], [ValueType])
  /// What the merged profile holds no longer fits its tables.
  case tooLarge
}

extension MergeError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noProfiles: return "no profiles to merge"
    case .noCommonSampleTypes: return "profiles have empty common sample type list"
    case .ambiguousSampleType(let name):
      return "\(name.debugDescription) sample type is not found in profile"
    case .incompatibleSampleTypes(let first, let second):
      return "sample types: incompatible types: \(words(first)) \(words(second))"
    case .incompatiblePeriodTypes(let first, let second):
      return "period type: incompatible types: \(words(first)) \(words(second))"
    case .differentSampleTypes(let first, let second):
      return "incompatible sample types \(first.map(words)) and \(second.map(words))"
    case .tooLarge: return "the merged profile is too large"
    }
  }

  private func words(_ type: ValueType) -> String { "{\(type.type) \(type.unit)}" }
}
