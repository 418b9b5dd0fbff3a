import ProfileAnalysis

/// Why a report cannot be made of a profile.
public enum ReportError: Error, Hashable {
  case sampleType(SampleTypeSelectionError)
  /// A filter that makes no sense.
  case filter(FilterError)
  case zeroDivisor
  /// Profiles that cannot be compared.
  case comparison(ComparisonError)
  /// Nothing matches the pattern that the report was asked for.
  case noMatches(String)
}

extension ReportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .sampleType(let error): error.description
    case .filter(let error): error.description
    case .comparison(let error): error.description
    case .zeroDivisor: "divide_by cannot be 0"
    case .noMatches(let pattern): "no matches found for regexp: \(pattern)"
    }
  }
}
