import TerminalUI

/// A row of the key tables: which keys ask for which command.
///
/// Help, footer and man page are read off these rows; nothing types a key a second time.
package struct KeyBinding: Sendable {
  package let keys: [Key]
  package let command: Command
  /// The word beside the key in the footer; nil keeps the row out of it.
  package let hint: String?

  /// - Parameters:
  ///   - names: the keys by name, with blanks between them: `"j Down C-n"`.
  ///   - hint: the word beside the first key in the footer; nil keeps the row out of it.
  package init(_ names: String, _ command: Command, hint: String? = nil) {
    keys = names.split(separator: " ").map { name in
      guard let key = Key(name: String(name)) else {
        preconditionFailure("no key is called \(name)")
      }
      return key
    }
    self.command = command
    self.hint = hint
  }

  init(_ keys: [Key], _ command: Command, hint: String? = nil) {
    self.keys = keys
    self.command = command
    self.hint = hint
  }

  /// The keys as help shows them: `j ↓ Ctrl-N`.
  package func label(_ glyphs: GlyphSet) -> String {
    keys.map { $0.label(glyphs) }.joined(separator: " ")
  }
}

/// Key rows under a heading.
package struct KeyGroup: Sendable {
  package let title: String
  package let bindings: [KeyBinding]

  package init(_ title: String, _ bindings: [KeyBinding]) {
    self.title = title
    self.bindings = bindings
  }
}

/// The keys that mean the same in every view, grouped as users see them.
package enum GlobalKeys {
  /// Every key outside the panes, with a row for each view.
  package static let groups: [KeyGroup] = [
    KeyGroup("move", moves),
    KeyGroup("views", Panes.all.map { KeyBinding(String($0.key), .show($0)) } + screen),
    KeyGroup(
      "deeper, back",
      [
        KeyBinding("Backspace <", .goBack),
        KeyBinding(">", .goForward),
      ]),
    KeyGroup(
      "search",
      [
        KeyBinding("/", .search, hint: "search"),
        KeyBinding("n", .nextMatch),
        KeyBinding("N", .previousMatch),
        KeyBinding("*", .searchSymbol),
        KeyBinding("&", .filterRows, hint: "filter"),
      ]),
    KeyGroup(
      "refine",
      [
        KeyBinding("f", .focus, hint: "focus"),
        KeyBinding("x", .ignore, hint: "drop"),
        KeyBinding("H", .hide),
        KeyBinding("F", .focusPattern),
        KeyBinding("X", .ignorePattern),
        KeyBinding("r", .foldRecursion),
        KeyBinding("p", .projectOnly),
        KeyBinding("u", .undo),
        KeyBinding("U", .clear),
      ]),
    KeyGroup(
      "data",
      [
        KeyBinding("t", .nextSampleType, hint: "type"),
        KeyBinding("T", .previousSampleType),
        KeyBinding("s", .sortMenu, hint: "sort"),
        KeyBinding("S", .reverseOrder),
        KeyBinding("a", .nextGranularity),
        KeyBinding("%", .toggleShares),
        KeyBinding("m", .toggleMean),
      ]),
    KeyGroup(
      "diff",
      [
        KeyBinding("d", .nextSide, hint: "diff"),
        KeyBinding("D", .chooseBase, hint: "diff"),
        KeyBinding("=", .toggleNormalized),
        KeyBinding("w", .swapSides),
        KeyBinding("[", .previousBase),
        KeyBinding("]", .nextBase),
      ]),
    KeyGroup(
      "out",
      [
        KeyBinding("y", .copyName),
        KeyBinding("Y", .copyRow),
        KeyBinding("W", .write),
        KeyBinding("e", .edit, hint: "edit"),
        KeyBinding("R", .reload),
        KeyBinding("C-r", .watch),
        KeyBinding("L", .choose),
      ]),
    KeyGroup(
      "misc",
      [
        KeyBinding(":", .commandLine),
        KeyBinding("O", .options),
        KeyBinding("M", .toggleMouse),
        KeyBinding("? F1", .help, hint: "help"),
        KeyBinding("C-l", .redraw),
        KeyBinding("C-z", .suspend),
      ]),
    KeyGroup(
      "leave",
      [
        KeyBinding("Esc", .cancel),
        KeyBinding("q", .close, hint: "quit"),
        KeyBinding("Q C-c", .quit),
      ]),
  ]

  /// The rows of all groups.
  package static let bindings: [KeyBinding] = groups.flatMap(\.bindings)

  /// Moving through a list; also in popups.
  package static let moves: [KeyBinding] = [
    KeyBinding("j Down C-n", .moveDown),
    KeyBinding("k Up C-p", .moveUp),
    KeyBinding("PgDn Space C-f", .pageDown),
    KeyBinding("PgUp b C-b", .pageUp),
    KeyBinding("C-d", .halfPageDown),
    KeyBinding("C-u", .halfPageUp),
    KeyBinding("g Home", .moveToFirst),
    KeyBinding("G End", .moveToLast),
    KeyBinding("z", .centre),
  ]

  private static let screen: [KeyBinding] = [
    KeyBinding("Tab", .nextPane),
    KeyBinding("S-Tab", .previousPane),
    KeyBinding("v", .toggleDetail),
    KeyBinding("Z", .maximise),
  ]
}

/// Finds the command for a key.
struct KeyMap: Sendable {
  private let commands: [Key: Command]

  init(_ bindings: [KeyBinding]) {
    var commands: [Key: Command] = [:]
    for binding in bindings {
      for key in binding.keys { commands[key] = binding.command }
    }
    self.commands = commands
  }

  subscript(key: Key) -> Command? { commands[key] }

  static let global = KeyMap(GlobalKeys.bindings)
  static let moves = KeyMap(GlobalKeys.moves)
}
