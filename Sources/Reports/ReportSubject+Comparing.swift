import ProfileAnalysis

extension ReportSubject {
  /// Filters both profiles and adds up what percentages are of, as the options ask, for `report`.
  ///
  /// - Parameter kind: what percentages are of: the older profile, or the change.
  public static func prepare(
    _ comparison: ProfileComparison, as kind: Comparison, for report: any Report,
    options: ReportOptions, environment: ReportEnvironment = .init(),
    warn: (String) -> Void = { _ in }
  ) throws(ReportError) -> ReportSubject {
    var options = options
    if options.mean {
      warn("a change has no mean: showing sums")
      options.mean = false
    }
    let union = comparison.profile(isNormalized: options.normalize)
    let whole = try prepare(
      union, for: report, options: options, environment: environment, warn: warn)
    let count = comparison.types.count
    guard whole.typeIndex < count else {
      throw .sampleType(.indexOutOfRange(options.sampleIndex, count: count))
    }
    let total: Int64
    do throws(ComparisonError) {
      total =
        options.relativePercentages
        ? relativeTotal(comparison, whole, kind)
        : try comparison.totals(kind, isNormalized: options.normalize)[whole.typeIndex]
    } catch {
      throw .comparison(error)
    }
    return ReportSubject(
      profile: whole.profile, loaded: whole.loaded, snapshots: whole.snapshots,
      options: whole.options, weights: whole.weights,
      sampleType: whole.sampleType, unit: whole.unit, total: total, pattern: nil,
      labelUnits: whole.labelUnits, environment: environment, typeIndex: whole.typeIndex,
      comparison: comparison)
  }

  private static func relativeTotal(
    _ comparison: ProfileComparison, _ subject: ReportSubject, _ kind: Comparison
  ) -> Int64 {
    func sum(_ side: ComparisonSide) -> Int64 {
      let column = comparison.column(side, ofType: subject.typeIndex)
      return SampleTotal.compute(
        subject.profile, values: subject.profile.samples.values[column])
    }
    switch kind {
    case .subtraction: return sum(.change)
    case .difference:
      let base = sum(.base)
      return base > 0 ? base : sum(.other)
    }
  }
}
