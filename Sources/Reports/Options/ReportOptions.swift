import ProfileAnalysis

/// How a report is asked for: every variable that pprof has for it, under pprof's names.
///
/// `ReportVariables.all` describes each, for flags, help and completion.
public struct ReportOptions: Hashable, Sendable {
  // What is measured
  /// The sample type by index or name; empty for the profile's default.
  public var sampleIndex = ""
  /// Whether values are divided by the first value of each sample: bytes per object, delay per event.
  public var mean = false
  /// What values are divided by before they are printed.
  public var divideBy = 1.0
  /// Whether the profile is scaled to the base profile.
  public var normalize = false
  /// Whether percentages are of what the filters left.
  public var relativePercentages = false

  // What is kept
  /// Keep samples with a frame that matches; empty for all.
  public var focus = ""
  /// Drop samples with a frame that matches.
  public var ignore = ""
  /// Take frames that match out of their stacks.
  public var hide = ""
  /// Take frames that do not match out of their stacks.
  public var show = ""
  /// Cut frames above the highest match.
  public var showFrom = ""
  /// Cut frames below the match that is nearest to the leaf.
  public var pruneFrom = ""
  public var tagFocus = ""
  public var tagIgnore = ""
  public var tagShow = ""
  public var tagHide = ""
  /// Label keys, with commas, that become frames at the root.
  public var tagRoot = ""
  /// Label keys, with commas, that become frames at the leaf.
  public var tagLeaf = ""
  /// Whether entries with negative values are dropped.
  public var dropNegative = false

  // How much is shown
  /// The number of entries to show; 0 or less for all, -1 for what suits the report.
  public var nodeCount = -1
  /// The share of the total below which an entry is dropped.
  public var nodeFraction = 0.005
  /// The share of the total below which a call is dropped.
  public var edgeFraction = 0.001
  /// Whether the three above are heeded.
  public var trim = true

  // How it is shown
  /// What counts as one entry.
  public var granularity = Granularity.functions
  public var noInlines = false
  public var showColumns = false
  public var sort = ReportOrder.flat
  public var callTree = false
  /// The unit of values: a name, `minimum` for one that fits all, `auto` for one each.
  public var unit = "minimum"
  public var compactLabels = false
  public var intelSyntax = false
  /// Directories, with colons, in which source files are looked for.
  public var sourcePath = ""
  /// Directories to search for the sources of the older of two builds; empty where they are not kept.
  public var baseSourcePath = ""
  /// Prefixes, with colons, that are cut from the names of source files.
  public var trimPath = ""

  public init() {}
}

/// The order of entries.
public enum ReportOrder: String, CaseIterable, Sendable {
  /// By what an entry costs itself.
  case flat
  /// By what an entry costs with all that it calls.
  case cum
}
