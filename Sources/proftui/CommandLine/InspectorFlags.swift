import Inspector
import NcursesTerminal
import Reports
import TerminalUI

/// The flags that only the inspector knows; their values land in `Invocation.inspector`.
enum InspectorFlags {
  static let all: [CommandFlag] = [
    choice(
      "color", NcursesTerminal.ColorMode.allCases.map(\.rawValue),
      "Whether to use colours; auto heeds NO_COLOR"),
    choice("theme", Theme.allCases.map(\.rawValue), "The colours to use"),
    choice(
      "glyphs", GlyphSet.all.map(\.name), "The signs to draw with; by the locale if not given"),
    CommandFlag(
      name: "config", placeholder: "FILE",
      summary: "Read this configuration instead of the user's own"
    ) { invocation, value in
      invocation.inspector["config"] = value
      invocation.sources.live.configuration = value
    },
    CommandFlag(
      name: "no_config", placeholder: nil,
      summary: "Read no configuration, and keep nothing for the next time"
    ) { (invocation, value) throws(UsageError) in
      let isGiven = try CommandFlag.bool(value, of: "no_config")
      invocation.inspector["no_config"] = isGiven ? "true" : "false"
      invocation.sources.live.hasNoConfiguration = isGiven
    },
    toggle("print_config", "Print what is set, as a configuration, and leave"),
    toggle("keys", "Print every key and what it does, and leave"),
  ]

  /// Flags that help does not show: for tests.
  static let hidden: [CommandFlag] = [
    CommandFlag(
      name: "script", placeholder: "FILE", summary: "Type the keys of a file, and print screens"
    ) { invocation, value in invocation.inspector["script"] = value }
  ]

  /// What the configuration and the flags come to; flags count for more.
  struct Start: Sendable {
    var settings = Settings()
    /// What is wrong with the configuration, a line for each bad line of it.
    var problems: [String] = []
    /// What the profile is opened with, but for what earlier runs left.
    var recollection = Recollection()

    var colorMode: NcursesTerminal.ColorMode {
      NcursesTerminal.ColorMode(rawValue: settings.color.rawValue) ?? .auto
    }

    /// Nil to go by the locale.
    var glyphs: GlyphSet? { GlyphSet.all.first { $0.name == settings.glyphs } }
  }

  /// Settles how the inspector starts, and fills in options that the command line leaves to the
  /// configuration.
  static func start(_ invocation: inout Invocation) throws(CommandFailure) -> Start {
    var start = Start()
    let values = invocation.inspector
    // A script types the same in every home.
    if values["script"] == nil || values["config"] != nil {
      start.problems = try ConfigurationFile.apply(to: &start.settings, invocation)
    }
    if let color = values["color"].flatMap(Settings.ColorUse.init(rawValue:)) {
      start.settings.color = color
    }
    if let theme = values["theme"].flatMap(Theme.init(rawValue:)) { start.settings.theme = theme }
    if let glyphs = values["glyphs"] { start.settings.glyphs = glyphs }
    settleOptions(&invocation.options, &start)
    return start
  }

  private static func settleOptions(_ options: inout ReportOptions, _ start: inout Start) {
    let usual = ReportOptions()
    let settings = start.settings
    start.recollection.sampleType = settings.sampleIndex
    start.recollection.sort = settings.sort
    start.recollection.choosesType = options.sampleIndex.isEmpty
    start.recollection.choosesSort = options.sort == usual.sort
    if options.granularity == usual.granularity { options.granularity = settings.granularity }
    if !options.mean { options.mean = settings.mean }
    if !options.relativePercentages { options.relativePercentages = settings.relativePercentages }
    if options.sourcePath.isEmpty { options.sourcePath = settings.sourcePath }
    if options.trimPath.isEmpty { options.trimPath = settings.trimPath }
    if options.baseSourcePath.isEmpty { options.baseSourcePath = settings.baseSourcePath }
    start.settings.sourcePath = options.sourcePath
    start.settings.baseSourcePath = options.baseSourcePath
    start.settings.trimPath = options.trimPath
  }

  private static func toggle(_ name: String, _ summary: String) -> CommandFlag {
    CommandFlag(name: name, placeholder: nil, summary: summary) {
      (invocation, value) throws(UsageError) in
      invocation.inspector[name] = try CommandFlag.bool(value, of: name) ? "true" : "false"
    }
  }

  private static func choice(_ name: String, _ words: [String], _ summary: String) -> CommandFlag {
    CommandFlag(name: name, placeholder: words.joined(separator: "|"), summary: summary) {
      (invocation, value) throws(UsageError) in
      guard words.contains(value) else { throw .invalidValue(value, flag: name) }
      invocation.inspector[name] = value
    }
  }
}
