import ProfileAnalysis
import ProfileModel

extension ReportSubject {
  /// Filters the profile and adds up its total, as the options ask, for `report`.
  ///
  /// - Parameters:
  ///   - pattern: what the report was asked for; nil for reports that take none.
  ///   - snapshots: the profiles one by one, oldest first, for reports that take them; the profile
  ///     alone where empty.
  ///   - warn: is told what is odd, in a line.
  public static func prepare(
    _ profile: Profile, for report: any Report, options: ReportOptions, pattern: String? = nil,
    snapshots: [Profile] = [], environment: ReportEnvironment = .init(),
    warn: (String) -> Void = { _ in }
  ) throws(ReportError) -> ReportSubject {
    var options = options
    report.adjust(&options)
    return try prepare(
      profile, name: report.name, adjusted: options, pattern: pattern, snapshots: snapshots,
      environment, warn)
  }

  /// Filters the profile and adds up its total, as the options ask, for `export`.
  ///
  /// - Parameter warn: is told what is odd, in a line.
  public static func prepare(
    _ profile: Profile, for export: any Export, options: ReportOptions,
    environment: ReportEnvironment = .init(), warn: (String) -> Void = { _ in }
  ) throws(ReportError) -> ReportSubject {
    var options = options
    export.adjust(&options)
    return try prepare(
      profile, name: export.name, adjusted: options, pattern: nil, environment, warn)
  }

  private static func prepare(
    _ profile: Profile, name: String, adjusted options: ReportOptions, pattern: String?,
    snapshots: [Profile] = [], _ environment: ReportEnvironment, _ warn: (String) -> Void
  ) throws(ReportError) -> ReportSubject {
    guard options.divideBy != 0 else { throw .zeroDivisor }
    let index: Int
    do {
      index = try SampleTypeSelection.index(named: options.sampleIndex, in: profile.header)
    } catch {
      throw .sampleType(error)
    }
    let compiled = try pattern.map { (source) throws(ReportError) in
      try compile(source, for: name)
    }
    let filtered: FilteredProfile
    do {
      filtered = try FilteredProfile(profile, options.filters)
    } catch {
      throw .filter(error)
    }
    for notice in filtered.notices { warn(notice.description) }
    let type = profile.header.sampleTypes[index]
    return ReportSubject(
      profile: filtered.profile, loaded: profile,
      snapshots: snapshots.isEmpty ? [profile] : snapshots, options: options,
      weights: weights(of: filtered.profile, index: index, options),
      sampleType: (options.mean ? "mean_" : "") + type.type, unit: type.unit,
      total: filtered.total(ofType: index, isMean: options.mean), pattern: compiled,
      labelUnits: filtered.labelUnits, environment: environment, typeIndex: index,
      comparison: nil)
  }

  private static func weights(
    of profile: Profile, index: Int, _ options: ReportOptions
  ) -> GraphWeights {
    let values = profile.samples.values
    return GraphWeights(values: values[index], divisors: options.mean ? values[0] : nil)
  }

  private static func compile(
    _ source: String, for option: String
  ) throws(ReportError) -> Pattern {
    do {
      return try Pattern(source)
    } catch {
      throw .filter(.pattern(option: option, error))
    }
  }
}

extension ReportOptions {
  /// The filters among the options.
  public var filters: FilterOptions {
    var filters = FilterOptions()
    filters.focus = focus
    filters.ignore = ignore
    filters.hide = hide
    filters.show = show
    filters.showFrom = showFrom
    filters.pruneFrom = pruneFrom
    filters.tagFocus = tagFocus
    filters.tagIgnore = tagIgnore
    filters.tagShow = tagShow
    filters.tagHide = tagHide
    filters.tagRoot = tagRoot
    filters.tagLeaf = tagLeaf
    filters.unit = unit
    filters.hasRelativePercentages = relativePercentages
    return filters
  }
}
