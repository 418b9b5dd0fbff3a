import ProfileAnalysis
import TerminalUI

/// The words of the `:` prompt: the names of all commands, and some that take an argument.
enum CommandLine {
  /// Commands that take an argument.
  static let verbs: [Command] = [
    Command("type", "NAME: show this sample type"),
    .sortMenu,
    Command("by", "functions, filefunctions, files, packages, lines or addresses"),
    .messages,
  ]

  /// Every command that can be typed in a view.
  static func commands(for pane: any Pane.Type) -> [Command] {
    pane.bindings.map(\.command) + GlobalKeys.bindings.map(\.command) + verbs
  }

  /// Completes the first word as far as it is unique, and notes how it can go on.
  static func complete(_ prompt: inout Prompt, for pane: any Pane.Type) {
    let text = prompt.text.text
    let names = Set(commands(for: pane).map(\.name)).filter { $0.hasPrefix(text) }.sorted()
    guard let first = names.first, let last = names.last else {
      prompt.note = "no command begins so"
      return
    }
    let common = zip(first, last).prefix { $0 == $1 }.map(\.0)
    prompt.text.replace(with: String(common))
    prompt.note = names.count == 1 ? "" : names.joined(separator: " ")
  }
}

extension Inspector {
  /// Carries out a line of the `:` prompt.
  mutating func run(_ line: String) -> [Effect] {
    let words = line.split(separator: " ").map(String.init)
    guard let word = words.first else { return [] }
    let argument = words.dropFirst().first
    switch (word, argument) {
    case ("q", nil), ("q!", nil), ("quit", nil): return execute(.quit)
    case ("type", let name?):
      guard let session else { return [] }
      do {
        showSampleType(try SampleTypeSelection.index(named: name, in: session.profile.header))
      } catch {
        say("\(error)", .error)
      }
      return []
    case ("sort", let name?):
      guard let key = SortOrder.Key.allCases.first(where: { $0.rawValue.hasPrefix(name) }) else {
        say("sort: flat, cumulative or name", .error)
        return []
      }
      sort(by: key)
      return []
    case ("by", let name?):
      guard let granularity = Granularity.allCases.first(where: { $0.rawValue.hasPrefix(name) })
      else {
        let all = Granularity.allCases.map(\.rawValue).joined(separator: ", ")
        say("by: \(all)", .error)
        return []
      }
      show(granularity)
      return []
    default: break
    }
    let all = CommandLine.commands(for: Panes.all[open])
    if let exact = all.first(where: { $0.name == word }) { return execute(exact) }
    let candidates = Set(all.map(\.name).filter { $0.hasPrefix(word) })
    if candidates.count == 1, let only = all.first(where: { candidates.contains($0.name) }) {
      return execute(only)
    }
    let reason =
      candidates.isEmpty
      ? "no such command; \(Key.tab.name) at the prompt lists them"
      : "could be \(candidates.sorted().joined(separator: ", "))"
    say("\(word): \(reason)", .error)
    return []
  }
}
