import ProfileModel

/// How a profile is set against a base.
public enum Comparison: Sendable {
  /// What the base has is taken away, stack by stack.
  case subtraction
  /// The samples of the base are kept apart by a label; percentages are of them.
  case difference
}

extension Profile {
  /// The profile set against another.
  ///
  /// - Parameters:
  ///   - comparison: how the base counts.
  ///   - normalizes: whether to scale this profile first to the sums of the base.
  ///   - isForSums: whether samples are only added up, so that equal ones need not be one.
  public func compared(
    to base: Profile, as comparison: Comparison, normalizes: Bool = false, isForSums: Bool = false
  ) throws(MergeError) -> Profile {
    let source = normalizes ? try normalized(to: base) : self
    let base =
      switch comparison {
      case .subtraction: base
      case .difference: base.labelled("pprof::base", "true")
      }
    // What is taken away stack by stack has to be found.
    if isForSums, comparison == .difference, let joined = try source.joined(withNegated: base) {
      return joined
    }
    var merger = ProfileMerger()
    try merger.add(source)
    try merger.add(base, isNegated: true)
    return try merger.finish()
  }
}
