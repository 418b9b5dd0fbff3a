import ProfileModel

/// A profile as a report is to show it, and what the report needs to know from before.
public struct FilteredProfile: Sendable {
  /// The samples, frames and labels to show.
  public let profile: Profile
  /// The profile that percentages are of: before filters, or after, as the options say.
  public let whole: Profile
  /// The units of numeric labels, from before filters.
  public let labelUnits: LabelUnits
  /// What to tell the user, in order.
  public let notices: [FilterNotice]

  /// Applies the options in `pprof`'s order: frames from labels, frames by name, samples by label,
  /// labels by key, and last `prune_from`.
  ///
  /// - Complexity: each name is held against each expression once; then a pass over the stacks for
  ///   each option in use. Without options, one pass over labelled samples.
  public init(_ profile: Profile, _ options: FilterOptions) throws(FilterError) {
    var notices: [FilterNotice] = []
    labelUnits = LabelUnits(profile)
    notices += labelUnits.notices
    let framed = profile.withTagFrames(
      rootKeys: Self.keys(options.tagRoot), leafKeys: Self.keys(options.tagLeaf),
      unit: options.unit, notices: &notices)
    let filters = try Filters(options, notices: &notices)
    self.profile = filters.apply(to: framed, labelUnits, notices: &notices)
    whole = options.hasRelativePercentages ? self.profile : framed
    self.notices = notices
  }

  /// What percentages are of; see `SampleTotal`.
  ///
  /// - Parameters:
  ///   - type: the index of the sample type.
  ///   - isMean: whether the report is of means, which divide by the first type.
  public func total(ofType type: Int, isMean: Bool = false) -> Int64 {
    SampleTotal.compute(
      whole, values: whole.samples.values[type],
      divisors: isMean ? whole.samples.values[0] : nil)
  }

  private static func keys(_ list: String) -> [String] {
    list.utf8.split(separator: UInt8(ascii: ",")).map { String(Substring($0)) }
  }
}

/// The options once they are understood.
private struct Filters {
  private var frames: FrameFilters
  private var tags: TagFilters
  private var pruneFrom: Pattern?

  init(_ options: FilterOptions, notices: inout [FilterNotice]) throws(FilterError) {
    frames = FrameFilters(
      focus: try Self.pattern(options.focus, "focus"),
      ignore: try Self.pattern(options.ignore, "ignore"),
      hide: try Self.pattern(options.hide, "hide"),
      show: try Self.pattern(options.show, "show"),
      showFrom: try Self.pattern(options.showFrom, "show_from"))
    tags = TagFilters(
      focus: try Self.condition(options.tagFocus, "tagfocus", &notices),
      ignore: try Self.condition(options.tagIgnore, "tagignore", &notices))
    pruneFrom = try Self.pattern(options.pruneFrom, "prune_from")
    tags.show = try Self.pattern(options.tagShow, "tagshow")
    tags.hide = try Self.pattern(options.tagHide, "taghide")
  }

  func apply(
    to profile: Profile, _ units: LabelUnits, notices: inout [FilterNotice]
  ) -> Profile {
    let result = profile.filtered(by: frames, notices: &notices)
      .filtered(by: tags, units: units, notices: &notices)
    return pruneFrom.map { result.pruned(from: $0, notices: &notices) } ?? result
  }

  private static func pattern(_ source: String, _ option: String) throws(FilterError) -> Pattern? {
    guard !source.isEmpty else { return nil }
    do throws(PatternError) {
      return try Pattern(source)
    } catch {
      throw .pattern(option: option, error)
    }
  }

  private static func condition(
    _ source: String, _ option: String, _ notices: inout [FilterNotice]
  ) throws(FilterError) -> TagCondition? {
    guard !source.isEmpty else { return nil }
    return try TagCondition(source, option: option, notices: &notices)
  }
}
