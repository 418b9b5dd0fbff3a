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
  ]

  /// Flags that help does not show: for tests.
  static let hidden: [CommandFlag] = [
    CommandFlag(
      name: "script", placeholder: "FILE", summary: "Type the keys of a file, and print screens"
    ) { invocation, value in invocation.inspector["script"] = value }
  ]

  /// What the flags come to.
  struct Choices: Sendable {
    var color = NcursesTerminal.ColorMode.auto
    var theme = Theme.default
    /// Nil to go by the locale.
    var glyphs: GlyphSet?

    /// The settings that the screen starts with.
    func shown(_ options: ReportOptions) -> Settings {
      var settings = Settings()
      settings.theme = theme
      settings.sourcePath = options.sourcePath
      settings.trimPath = options.trimPath
      return settings
    }
  }

  static func settings(_ invocation: Invocation) throws(CommandFailure) -> Choices {
    var settings = Choices()
    let values = invocation.inspector
    if let color = values["color"].flatMap({ NcursesTerminal.ColorMode(rawValue: $0) }) {
      settings.color = color
    }
    if let theme = values["theme"].flatMap({ Theme(rawValue: $0) }) { settings.theme = theme }
    settings.glyphs = values["glyphs"].flatMap { name in GlyphSet.all.first { $0.name == name } }
    return settings
  }

  private static func choice(_ name: String, _ words: [String], _ summary: String) -> CommandFlag {
    CommandFlag(name: name, placeholder: words.joined(separator: "|"), summary: summary) {
      (invocation, value) throws(UsageError) in
      guard words.contains(value) else { throw .invalidValue(value, flag: name) }
      invocation.inspector[name] = value
    }
  }
}
