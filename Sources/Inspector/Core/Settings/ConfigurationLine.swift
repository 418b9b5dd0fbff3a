import TerminalUI

/// A line of the configuration file, or of the `:` prompt: they have the same words.
///
///     set theme=light
///     bind top J page-down
///     color hot bold red
///     focus json
package enum ConfigurationLine: Hashable, Sendable {
  /// Gives a variable a value; nil where the line names the variable only.
  case set(name: String, value: String?)
  case bind(UserBinding)
  /// Gives a role a colour; what the words mean the terminal knows.
  case color(Role, String)
  /// Any other line: a command by name, with what follows it.
  case command(word: String, argument: String)

  /// Reads a line; nil for one that is empty or a comment (`# …`).
  package static func parse(_ line: String) throws(ConfigurationError) -> ConfigurationLine? {
    let words = Words(line)
    guard let first = words.first, !first.hasPrefix("#") else { return nil }
    switch first {
    case "set": return try parseSet(words.rest)
    case "bind": return try parseBind(words.rest)
    case "color", "colour": return try parseColor(words.rest)
    default: return .command(word: first, argument: words.rest)
    }
  }

  /// The first word of a text, and what follows it without the blanks at its ends.
  struct Words {
    let first: String?
    let rest: String

    init(_ text: String) {
      let trimmed = Self.trimmed(text[...])
      guard !trimmed.isEmpty else {
        (first, rest) = (nil, "")
        return
      }
      let end = trimmed.firstIndex(where: Self.isBlank) ?? trimmed.endIndex
      first = String(trimmed[..<end])
      rest = String(Self.trimmed(trimmed[end...]))
    }

    private static func isBlank(_ character: Character) -> Bool {
      character == " " || character == "\t" || character == "\r" || character == "\n"
    }

    private static func trimmed(_ text: Substring) -> Substring {
      var text = text.drop(while: isBlank)
      while let last = text.last, isBlank(last) { text.removeLast() }
      return text
    }
  }

  private static func parseSet(_ text: String) throws(ConfigurationError) -> ConfigurationLine {
    // The value may hold signs and blanks: only the first one parts.
    let end = text.firstIndex { $0 == "=" || $0 == " " } ?? text.endIndex
    let name = String(text[..<end])
    guard !name.isEmpty else { throw .usage("set NAME=VALUE") }
    guard end < text.endIndex else { return .set(name: name, value: nil) }
    var value = text[text.index(after: end)...].drop { $0 == " " || $0 == "=" && text[end] == " " }
    while value.last == " " { value.removeLast() }
    return .set(name: name, value: unquoted(String(value)))
  }

  private static func unquoted(_ text: String) -> String {
    text.count > 1 && text.first == "\"" && text.last == "\""
      ? String(text.dropFirst().dropLast()) : text
  }

  private static func parseBind(_ text: String) throws(ConfigurationError) -> ConfigurationLine {
    var words = Words(text)
    var view: String?
    if let first = words.first, Panes.all.contains(where: { $0.name.lowercased() == first }) {
      view = first
      words = Words(words.rest)
    }
    guard let name = words.first, !words.rest.isEmpty else {
      throw .usage("bind [VIEW] KEY COMMAND")
    }
    guard let key = Key(name: name) else { throw .unknownKey(name) }
    return .bind(UserBinding(view: view, key: key, line: words.rest))
  }

  private static func parseColor(_ text: String) throws(ConfigurationError) -> ConfigurationLine {
    let words = Words(text)
    guard let name = words.first, !words.rest.isEmpty else { throw .usage("color ROLE COLOR") }
    guard let role = Role.allCases.first(where: { $0.name == name }) else {
      throw .unknownRole(name)
    }
    return .color(role, words.rest)
  }
}

/// Why a line cannot be obeyed.
package enum ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Words are missing; how the line is written.
  case usage(String)
  case unknownSetting(String)
  /// The variable takes no such value.
  case badValue(name: String, value: String, takes: String)
  case unknownKey(String)
  case unknownRole(String)
  case unknownCommand(String)
  /// A command where only settings can stand.
  case notASetting(String)

  package var description: String {
    switch self {
    case .usage(let text): "it is written \(text)"
    case .unknownSetting(let name): "nothing to set is called \(name)"
    case .badValue(let name, let value, let takes): "\(name) takes \(takes), not \(value)"
    case .unknownKey(let name): "no key is called \(name)"
    case .unknownRole(let name): "no role is called \(name)"
    case .unknownCommand(let name): "no command is called \(name)"
    case .notASetting(let word): "\(word) is no setting: set, bind and color are"
    }
  }
}

extension Settings {
  /// Takes over a line of a configuration; nothing changes where it throws.
  ///
  /// - Throws: also for lines that are commands, which are for the prompt.
  package mutating func apply(_ line: ConfigurationLine) throws(ConfigurationError) {
    switch line {
    case .set(let name, let value):
      guard let setting = Setting.named(name) else { throw .unknownSetting(name) }
      // A switch is turned on by its name.
      guard let value = value ?? (setting.values == .flag ? "on" : nil) else {
        throw .usage("set \(setting.name)=\(setting.values.text)")
      }
      guard setting.set(&self, to: value) else {
        throw .badValue(name: setting.name, value: value, takes: setting.values.text)
      }
    case .bind(let binding):
      let word = ConfigurationLine.Words(binding.line).first ?? ""
      guard word == UserBinding.none || CommandLine.knows(word) else {
        throw .unknownCommand(word)
      }
      bindings.removeAll { $0.key == binding.key && $0.view == binding.view }
      bindings.append(binding)
    case .color(let role, let text): colors[role] = text
    case .command(let word, _): throw .notASetting(word)
    }
  }

  /// Reads a whole configuration; what is wrong with a line is told, and the line left out.
  ///
  /// - Returns: the number of each bad line, counted from 1, and why.
  package mutating func apply(configuration text: String) -> [(
    line: Int, error: ConfigurationError
  )] {
    var problems: [(line: Int, error: ConfigurationError)] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      do throws(ConfigurationError) {
        if let parsed = try ConfigurationLine.parse(String(line)) { try apply(parsed) }
      } catch {
        problems.append((index + 1, error))
      }
    }
    return problems
  }

  /// The settings as lines of a configuration that `apply(configuration:)` reads.
  ///
  /// - Parameter onlyChanged: leaves out what is as it is without a configuration.
  package func configuration(onlyChanged: Bool = false) -> String {
    var lines: [String] = []
    for setting in Setting.all where !onlyChanged || !setting.isDefault(in: self) {
      lines.append("set \(setting.name)=\(setting.value(in: self))")
    }
    lines += bindings.map(\.text)
    for role in Role.allCases {
      if let text = colors[role] { lines.append("color \(role.name) \(text)") }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Setting.Values {
  /// What values there are, for messages and help.
  package var text: String {
    switch self {
    case .flag: "on or off"
    case .words(let words): words.joined(separator: ", ")
    case .text(let placeholder): placeholder
    }
  }
}

extension Role {
  /// The name in configurations: `column-head`.
  package var name: String {
    var name = ""
    for character in "\(self)" {
      if character.isUppercase { name.append("-") }
      name.append(contentsOf: character.lowercased())
    }
    return name
  }
}
