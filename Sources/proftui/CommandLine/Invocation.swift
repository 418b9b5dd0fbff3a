import Reports

/// What a command line asks for.
struct Invocation: Sendable {
  /// How reports are computed and laid out.
  var options = ReportOptions()
  /// Where profiles come from.
  var sources = SourceSelection()
  /// The report to print; nil where none was asked for.
  var report: ReportRequest?
  /// The flags for reports that were given last: a pattern, `true` or `false`, by the flag's name.
  var reportFlags: [String: String] = [:]
  /// The words of choices, as `functions` or `cum`, and whether each was given last as true.
  var choices: [String: Bool] = [:]
  /// The file to write the report to; empty for standard output.
  var outputPath = ""
  /// The form of a subcommand's report: `json`; empty for pprof's own text.
  var form = ""
  /// The flags that choose a sample type, as `inuse_space`, that were given last as true.
  var sampleTypeFlags: Set<String> = []
  /// What is neither a flag nor the value of one.
  var positionals: [String] = []
  /// Whether the positionals are an older and a newer profile.
  var comparesProfiles = false
  var wantsHelp = false
  var wantsVersion = false
  /// Values of flags that only the inspector knows, by name.
  var inspector: [String: String] = [:]
  /// Values of flags that only `export` knows, by name.
  var export: [String: String] = [:]
  /// Whether the profiles are snapshots over time.
  var opensSeries = false
  /// By what a series is ordered; empty for the usual order.
  var seriesOrder = ""
  /// How `proftui watch` goes about it.
  var watch = WatchOptions()
  /// What `proftui check` is to do.
  var check = CheckSettings()
  /// What is odd about the command line, for standard error.
  var warnings: [String] = []

  /// The report to print.
  struct ReportRequest: Sendable {
    var name: String
    var pattern: String?
  }

  /// Settles what several flags say together, once all are read.
  mutating func settle() throws(UsageError) {
    try settleReport()
    try settleChoices()
    // pprof looks at them in this order, whatever the order on the command line.
    let order =
      [
        "total_delay": "delay", "mean_delay": "delay", "contentions": "contentions",
        "inuse_space": "inuse_space", "inuse_objects": "inuse_objects",
        "alloc_space": "alloc_space", "alloc_objects": "alloc_objects",
      ] as KeyValuePairs
    for (flag, sampleType) in order where sampleTypeFlags.contains(flag) {
      if options.sampleIndex.isEmpty {
        options.sampleIndex = sampleType
      } else {
        warnings.append("several sample types chosen, ignoring -\(flag)")
      }
    }
    if sampleTypeFlags.contains("mean_delay") { options.mean = true }
    if options.normalize, sources.base.isEmpty, !comparesProfiles { throw .normalizeWithoutBase }
  }

  /// Reads what follows a subcommand's name, and says what is odd about it.
  ///
  /// - Parameter settle: what to do once all flags are read.
  /// - Returns: nil where help was asked for, which is printed then.
  static func read(
    _ arguments: [String], _ flags: [CommandFlag],
    settling settle: (inout Invocation) throws(UsageError) -> Void = {
      (invocation: inout Invocation) throws(UsageError) in try invocation.settle()
    }
  ) throws(CommandFailure) -> Invocation? {
    var invocation = Invocation()
    do throws(UsageError) {
      try FlagParser(flags).parse(arguments, into: &invocation)
      guard !invocation.wantsHelp else {
        Help.print()
        return nil
      }
      try settle(&invocation)
    } catch {
      throw CommandFailure(usage: error)
    }
    for warning in invocation.warnings { StandardStreams.complain(warning) }
    return invocation
  }

  private mutating func settleReport() throws(UsageError) {
    for report in Reports.all {
      for name in [report.name] + report.aliases {
        guard let value = reportFlags[name] else { continue }
        guard report.takesPattern ? !value.isEmpty : value == "true" else { continue }
        guard self.report == nil else { throw .severalReports }
        self.report = ReportRequest(
          name: report.name, pattern: report.takesPattern ? value : nil)
      }
    }
  }

  private mutating func settleChoices() throws(UsageError) {
    for variable in ReportVariables.all {
      guard case .choice(let words) = variable.kind else { continue }
      let given = words.filter { choices[$0.name] == true }
      guard given.count < 2 else { throw .conflictingOptions(given.map(\.name)) }
      given.first?.apply(&options)
    }
  }
}

/// How a live source is watched.
struct WatchOptions: Sendable {
  /// Whether it is watched from the start.
  var isWanted = false
  /// The seconds between two snapshots.
  var every = 10
  /// How many snapshots are kept.
  var keep = 100
  /// The folder in which snapshots are kept; empty to keep them while the program runs.
  var folder = ""
}

/// Where profiles come from, and what is done to them on the way in.
struct SourceSelection: Sendable {
  /// Paths, `-` for standard input; merged.
  var profiles: [String] = []
  /// The binary that was profiled; empty where not given.
  var binary = ""
  /// How the binary was named, for people.
  var binaryOrigin = "--binary"
  /// Files and folders of what the compiler logged about escapes.
  var escapeLogs: [String] = []
  /// Paths of the profiles to compare with; merged.
  var base: [String] = []
  /// Whether the base's samples stay apart from the profile's.
  var isDiffBase = false
  /// A comment to add; empty for none.
  var comment = ""
  /// The build id of the main binary where the profile has none.
  var buildID = ""
  /// Whether the profile's own rules for frames to drop are ignored.
  var allFrames = false
  /// How symbols are looked up, in pprof's words.
  var symbolize = ""
  /// The most bytes that a profile may have when unpacked.
  var maximumSize = SourceSelection.usualMaximumSize
  /// How profiles are fetched.
  var live = LiveOptions()

  static let usualMaximumSize = 4 << 30

  /// The same, of one profile.
  func only(_ path: String) -> SourceSelection {
    var copy = self
    copy.profiles = [path]
    copy.base = []
    return copy
  }
}
