import ProfileAnalysis
import TerminalUI

/// The words of the `:` prompt: the names of all commands, and those that take an argument.
///
/// The configuration file has the same words; `ConfigurationLine` reads both.
enum CommandLine {
  /// A word that takes an argument.
  struct Verb: Sendable {
    let command: Command
    /// What can stand after it, all of it.
    let candidates: @Sendable (Inspector) -> [String]

    init(
      _ name: String, _ summary: String,
      candidates: @escaping @Sendable (Inspector) -> [String] = { _ in [] }
    ) {
      command = Command(name, summary)
      self.candidates = candidates
    }
  }

  static let verbs: [Verb] =
    [
      Verb("set", "NAME=VALUE: change an option, as in the configuration") { _ in
        Setting.all.map(\.name) + Setting.all.flatMap(valueWords)
      },
      Verb("bind", "[VIEW] KEY COMMAND: give a key a meaning") { _ in
        Panes.all.map { $0.name.lowercased() }
      },
      Verb("color", "ROLE COLOR: change a colour") { _ in Role.allCases.map(\.name) },
      Verb("view", "NAME or digit: open a view") { _ in Panes.all.map { $0.name.lowercased() } },
      Verb("type", "NAME: show this sample type") { $0.session?.sampleTypes.map(\.type) ?? [] },
      Verb("by", "NAME: what a row is") { _ in Granularity.allCases.map(\.rawValue) },
      Verb("diff", "FILE: compare with an older profile"),
      Verb("write", Command.write.summary) { _ in WriteForm.all.map(\.name) },
      Verb("save", "NAME: keep these refinements under a name") { $0.savedSets.map(\.name) },
      Verb("load", "NAME: refine as was saved") { $0.savedSets.map(\.name) },
      Verb("forget", "NAME: drop saved refinements") { $0.savedSets.map(\.name) },
    ]
    + refinements
    + [Verb("sort", Command.sortMenu.summary) { _ in ["flat", "cumulative", "name"] }]

  /// The steps that are not commands for the selection as well.
  private static let refinements: [Verb] = Refinement.Kind.allCases.compactMap { kind in
    let word = kind.rawValue
    let isCommand = GlobalKeys.bindings.contains { $0.command.name == word }
    return isCommand || kind.isSwitch ? nil : Verb(word, kind.summary)
  }

  @Sendable private static func valueWords(_ setting: Setting) -> [String] {
    switch setting.values {
    case .flag: ["\(setting.name)=on", "\(setting.name)=off"]
    case .words(let words): words.map { "\(setting.name)=\($0)" }
    case .text: ["\(setting.name)="]
    }
  }

  /// Every command that can be typed in a view.
  static func commands(for pane: any Pane.Type) -> [Command] {
    pane.bindings.map(\.command) + GlobalKeys.bindings.map(\.command) + [.messages]
      + verbs.map(\.command)
  }

  /// Whether a line can begin with the word in some view.
  static func knows(_ word: String) -> Bool {
    let name = String(word.prefix { $0 != "=" })
    return Panes.all.contains { commands(for: $0).contains { $0.name == name } }
      || Refinement.Kind(word: name) != nil
  }

  /// Completes the word before the cursor as far as it is unique, and notes how it can go on.
  static func complete(_ prompt: inout Prompt, for inspector: Inspector) {
    let text = prompt.text.text
    var names: [String]
    let start: String
    if let blank = text.firstIndex(of: " ") {
      start = String(text[...blank])
      let rest = String(text[text.index(after: blank)...])
      let verb = verbs.first { $0.command.name == text[..<blank] }
      names = (verb?.candidates(inspector) ?? []).filter { $0.hasPrefix(rest) }
      // Values are offered once the name of the variable is there.
      if !rest.contains("=") { names.removeAll { $0.contains("=") && $0.dropLast() != rest } }
    } else {
      start = ""
      names = commands(for: Panes.all[inspector.open]).map(\.name).filter { $0.hasPrefix(text) }
    }
    names = Set(names).sorted()
    guard let first = names.first, let last = names.last else {
      prompt.note = "nothing begins so"
      return
    }
    var common = String(zip(first, last).prefix { $0 == $1 }.map(\.0))
    if names.count == 1 {
      // What takes something after it is ready for that.
      if start.isEmpty, verbs.contains(where: { $0.command.name == first }) { common += " " }
      if start == "set ", !first.contains("=") { common += "=" }
    }
    prompt.text.replace(with: start + common)
    prompt.note = names.count == 1 ? "" : names.joined(separator: " ")
  }
}

extension Refinement.Kind {
  /// The step of that name; hyphen and underscore are the same.
  init?(word: String) { self.init(rawValue: String(word.map { $0 == "-" ? "_" : $0 })) }
}

extension Inspector {
  /// Carries out a line of the `:` prompt.
  mutating func run(_ line: String) -> [Effect] {
    do throws(ConfigurationError) {
      guard let parsed = try ConfigurationLine.parse(line) else { return [] }
      switch parsed {
      case .command(let word, let argument): return run(word, argument)
      case .set(let name, nil) where Setting.named(name).map { $0.values != .flag } ?? false:
        tellSetting(name)
        return []
      case .set, .bind, .color:
        if case .set(let name, _) = parsed, let setting = Setting.named(name), setting.isForStart {
          say("\(setting.name) is set at the start: in the configuration, or by a flag", .refusal)
          return []
        }
        var new = currentSettings
        try new.apply(parsed)
        return take(new)
      }
    } catch {
      say("\(error)", .error)
      return []
    }
  }

  private mutating func tellSetting(_ name: String) {
    guard let setting = Setting.named(name) else { return }
    let value = setting.value(in: currentSettings)
    say("\(setting.name)=\(value) (\(setting.values.text))")
  }

  private mutating func run(_ word: String, _ argument: String) -> [Effect] {
    if ["q", "q!", "quit"].contains(word), argument.isEmpty { return execute(.quit) }
    // `focus=json` as `pprof` has it, `focus json` as commands have it.
    if word.contains("="),
      let step = Refinement(
        text: [word, argument].joined(separator: " ")
          .trimmedEnd)
    {
      refine(step)
      return []
    }
    if !argument.isEmpty { return run(verb: word, argument) }
    let all = CommandLine.commands(for: Panes.all[open])
    let name = String(word.map { $0 == "_" ? "-" : $0 })
    let exact = all.first { $0.name == word || $0.name == name }
    let candidates = Set(all.map(\.name).filter { $0.hasPrefix(word) })
    let only = candidates.count == 1 ? all.first { candidates.contains($0.name) } : nil
    if let command = exact ?? only {
      guard let verb = CommandLine.verbs.first(where: { $0.command == command }),
        command != .sortMenu, command != .write
      else { return execute(command) }
      say("\(verb.command.name) \(verb.command.summary)", .error)
      return []
    }
    let reason =
      candidates.isEmpty
      ? "no such command; \(Key.tab.name) at the prompt lists them"
      : "could be \(candidates.sorted().joined(separator: ", "))"
    say("\(word): \(reason)", .error)
    return []
  }

  private mutating func run(verb: String, _ argument: String) -> [Effect] {
    switch verb {
    case "type": return run("set sample_index=\(argument)")
    case "sort": return run("set sort=\(argument)")
    case "view":
      guard
        let index = Panes.all.firstIndex(where: {
          $0.name.lowercased() == argument.lowercased() || String($0.key) == argument
        })
      else {
        say("no view is called \(argument)", .error)
        return []
      }
      return execute(.show(Panes.all[index]))
    case "by", "granularity":
      guard let granularity = Granularity.allCases.first(where: { $0.rawValue.hasPrefix(argument) })
      else {
        let all = Granularity.allCases.map(\.rawValue).joined(separator: ", ")
        say("by: \(all)", .error)
        return []
      }
      show(granularity)
    case "diff": return compare(withFile: argument)
    case "write": return write(words: argument)
    case "save": save(as: argument)
    case "load": load(argument)
    case "forget": forget(argument)
    default:
      guard let kind = Refinement.Kind(word: verb), !kind.isSwitch else {
        say(
          CommandLine.knows(verb)
            ? "\(verb) takes nothing after it"
            : "\(verb): no such command; \(Key.tab.name) at the prompt lists them", .error)
        return []
      }
      refine(Refinement(kind, argument))
    }
    return []
  }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmedEnd: String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
