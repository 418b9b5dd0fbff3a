import ProfileAnalysis
import TerminalUI

/// All that a user can set: in the configuration file, at the `:` prompt, in the menu of options.
///
/// Pure values. `Setting.all` names each, `ConfigurationLine` reads them from text.
package struct Settings: Hashable, Sendable {
  // What is measured and shown; the names are those of `pprof`'s variables.
  /// The sample type by name; empty for the profile's default.
  package var sampleIndex = ""
  package var granularity = Granularity.functions
  package var sort = SortOrder.Key.flat
  package var mean = false
  package var relativePercentages = false
  /// What is project code; empty for `main` and packages of domains.
  package var project = ""
  /// Folders, with colons between, in which source files are looked for.
  package var sourcePath = ""
  /// Where the sources of the older of two builds are.
  package var baseSourcePath = ""
  /// Prefixes, with colons between, that are cut from the names of source files.
  package var trimPath = ""

  // How the screen looks.
  package var theme = Theme.default
  package var color = ColorUse.auto
  /// The name of a set of signs; `auto` to go by the locale.
  package var glyphs = "auto"
  package var mouse = false
  package var flameColor = FlameColoring.package
  package var wrap = false
  package var detail = DetailUse.auto
  /// Whether the last view, order and sample type come back next time.
  package var remember = true

  /// Keys that the user gave another meaning, the latest last.
  package var bindings: [UserBinding] = []
  /// Colours of roles as they were written, for the terminal to understand.
  package var colors: [Role: String] = [:]

  package init() {}

  /// Whether to use colours.
  package enum ColorUse: String, CaseIterable, Sendable {
    case auto, always, never
  }

  /// What the colours of flames tell.
  package enum FlameColoring: String, CaseIterable, Sendable {
    /// The package: frames of one package have one colour.
    case package
    /// The share of the total: the more, the hotter.
    case share
  }

  /// Whether the pane of details is shown.
  package enum DetailUse: String, CaseIterable, Sendable {
    /// Where the screen is large enough.
    case auto
    case on, off
  }
}

extension Settings {
  /// What the user wants a key to do in a view, by its name in small letters; nil for what it does anyway.
  func line(for key: Key, in view: String) -> String? {
    let own = bindings.last { $0.key == key && $0.view == view }
    return (own ?? bindings.last { $0.key == key && $0.view == nil })?.line
  }

  /// Rows of keys as they are with what the user changed; rows without a key go.
  func effective(_ rows: [KeyBinding], in view: String) -> [KeyBinding] {
    guard !bindings.isEmpty else { return rows }
    return rows.compactMap { row in
      let kept = row.keys.filter { line(for: $0, in: view) == nil }
      let added = bindings.filter {
        ($0.view == nil || $0.view == view) && $0.line == row.command.name
          && line(for: $0.key, in: view) == $0.line
      }
      let keys = kept + added.map(\.key)
      return keys.isEmpty ? nil : KeyBinding(keys, row.command, hint: row.hint)
    }
  }

  /// The first key that asks for the command in every view, for texts that tell what to press; its name
  /// where there is none.
  func key(of command: Command) -> String {
    let rows = effective(GlobalKeys.bindings.filter { $0.command == command }, in: "")
    return rows.first?.keys.first?.label(.ascii) ?? ":\(command.name)"
  }

  /// Rows for keys that the user gave a meaning that no row has.
  func ownRows(besides rows: [KeyBinding], in view: String) -> [KeyBinding] {
    bindings.filter { binding in
      (binding.view == nil || binding.view == view) && binding.line != UserBinding.none
        && line(for: binding.key, in: view) == binding.line
        && !rows.contains { $0.command.name == binding.line }
    }.map { KeyBinding([$0.key], Command($0.line, "set by you: \($0.line)")) }
  }
}

/// A key with a meaning given by the user.
package struct UserBinding: Hashable, Sendable {
  /// The name of the view in which it counts; nil for all.
  package let view: String?
  package let key: Key
  /// The line that it types at the `:` prompt; `none` for nothing.
  package let line: String

  package init(view: String? = nil, key: Key, line: String) {
    self.view = view
    self.key = key
    self.line = line
  }

  /// The line that means no command.
  package static let none = "none"

  /// The binding as the configuration has it: `bind top J page-down`.
  package var text: String {
    ["bind", view, key.name, line].compactMap { $0 }.joined(separator: " ")
  }
}

/// One variable of `Settings`: its name to users, what it means, and which values it takes.
///
/// To add one, add the property to `Settings` and a row to `Setting.all`.
package struct Setting: Sendable {
  /// What values it takes.
  package enum Values: Hashable, Sendable {
    /// `on` and `off`.
    case flag
    case words([String])
    /// Any text; the word stands for it in help: `REGEX`.
    case text(String)
  }

  package let name: String
  /// What it does, in a few words.
  package let summary: String
  package let values: Values
  /// Whether it can only be set before the program starts.
  package let isForStart: Bool
  private let read: @Sendable (Settings) -> String
  private let write: @Sendable (inout Settings, String) -> Bool

  /// The value as text that `set` takes.
  package func value(in settings: Settings) -> String { read(settings) }

  /// Sets the variable from text; false where `value` is none that it takes.
  package func set(_ settings: inout Settings, to value: String) -> Bool { write(&settings, value) }

  /// Whether the value is what it is without being set.
  package func isDefault(in settings: Settings) -> Bool {
    value(in: settings) == value(in: Settings())
  }

  private init(
    _ name: String, _ summary: String, _ values: Values, isForStart: Bool = false,
    read: @escaping @Sendable (Settings) -> String,
    write: @escaping @Sendable (inout Settings, String) -> Bool
  ) {
    self.name = name
    self.summary = summary
    self.values = values
    self.isForStart = isForStart
    self.read = read
    self.write = write
  }

  private typealias Path<Value> = any WritableKeyPath<Settings, Value> & Sendable

  private static func flag(_ name: String, _ path: Path<Bool>, _ summary: String) -> Setting {
    Setting(
      name, summary, .flag, read: { $0[keyPath: path] ? "on" : "off" },
      write: { settings, value in
        guard let isOn = boolean(value) else { return false }
        settings[keyPath: path] = isOn
        return true
      })
  }

  private static func text(
    _ name: String, _ path: Path<String>, _ placeholder: String, _ summary: String
  ) -> Setting {
    Setting(
      name, summary, .text(placeholder), read: { $0[keyPath: path] },
      write: { settings, value in
        settings[keyPath: path] = value
        return true
      })
  }

  private static func words<Value: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, _ path: Path<Value>, _ summary: String, isForStart: Bool = false
  ) -> Setting {
    Setting(
      name, summary, .words(Value.allCases.map(\.rawValue)), isForStart: isForStart,
      read: { $0[keyPath: path].rawValue },
      write: { settings, word in
        guard let value = Value(rawValue: word) else { return false }
        settings[keyPath: path] = value
        return true
      })
  }

  /// `on`, `yes`, `true` and `1` mean yes, as do no words at all.
  private static func boolean(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "", "on", "yes", "true", "1", "y", "t": true
    case "off", "no", "false", "0", "n", "f": false
    default: nil
    }
  }

  /// Every variable, in the order in which users see them.
  package static let all: [Setting] = [
    text("sample_index", \.sampleIndex, "NAME", "the sample type to show"),
    words("granularity", \.granularity, "what a row is"),
    Setting(
      "sort", "the order of rows", .words(["flat", "cum", "name"]),
      read: { $0.sort == .cumulative ? "cum" : $0.sort.rawValue },
      write: { settings, word in
        guard let key = SortOrder.Key(word: word) else { return false }
        settings.sort = key
        return true
      }),
    flag("mean", \.mean, "means per object instead of sums"),
    flag("relative_percentages", \.relativePercentages, "percentages of what is focused on"),
    text("project", \.project, "REGEX", "which names are project code"),
    text("source_path", \.sourcePath, "DIRS", "where to look for source files"),
    text("base_source_path", \.baseSourcePath, "DIRS", "where the older build's sources are"),
    text("trim_path", \.trimPath, "DIRS", "what to cut from file names"),
    words("detail", \.detail, "the pane of details"),
    flag("wrap", \.wrap, "wrap long source lines"),
    words("flame_color", \.flameColor, "what colours of flames tell"),
    words("theme", \.theme, "the colours"),
    words("color", \.color, "whether to use colours", isForStart: true),
    Setting(
      "glyphs", "the signs to draw with", .words(["auto"] + GlyphSet.all.map(\.name)),
      read: { $0.glyphs },
      write: { settings, word in
        guard word == "auto" || GlyphSet.all.contains(where: { $0.name == word }) else {
          return false
        }
        settings.glyphs = word
        return true
      }),
    flag("mouse", \.mouse, "heed the mouse"),
    flag("remember", \.remember, "come back to the last view next time"),
  ]

  /// The variable of that name; hyphen and underscore are the same.
  package static func named(_ name: String) -> Setting? {
    let wanted = String(name.map { $0 == "-" ? "_" : $0 })
    return all.first { $0.name == wanted }
  }
}

extension SortOrder.Key {
  /// The order of that name, which may be cut short: `cum`.
  init?(word: String) {
    guard !word.isEmpty, let key = Self.allCases.first(where: { $0.rawValue.hasPrefix(word) })
    else { return nil }
    self = key
  }
}
