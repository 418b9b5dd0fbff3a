extension Key {
  /// The key as configuration and command line spell it: `j`, `C-f`, `M-x`, `PgDn`, `Space`,
  /// `S-Tab`, `F1`.
  package var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "C-\(character)"
    case .alt(let character): "M-\(character == " " ? "Space" : String(character))"
    case .function(let number): "F\(number)"
    case .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .insert, .delete, .backspace,
      .tab,
      .backTab, .enter, .escape:
      Self.words.first { $0.key == self }?.names.first ?? ""
    }
  }

  /// The key as help, footer and man page show it: `j`, `Ctrl-F`, `Alt-x`, `PgDn`, `Shift-Tab`,
  /// `↓`.
  package func label(_ glyphs: GlyphSet) -> String {
    switch self {
    case .control(let character): "Ctrl-\(String(character).uppercased())"
    case .alt: "Alt-\(name.dropFirst(2))"
    case .up: glyphs.up
    case .down: glyphs.down
    case .left: glyphs.left
    case .right: glyphs.right
    case .enter: glyphs.enter
    case .backTab: "Shift-Tab"
    case .character, .function, .home, .end, .pageUp, .pageDown, .insert, .delete, .backspace,
      .tab, .escape:
      name
    }
  }

  /// The key that a name or a label stands for, or nil when it is none.
  ///
  /// Words are taken in any case and in their usual variants (`PageDown`, `Return`, `Del`,
  /// `Ctrl-F`, `^F`, `Alt-x`); a single character is itself.
  package init?(name: String) {
    if name.count == 1, let character = name.first {
      guard let key = Key(typed: character) else { return nil }
      self = key
      return
    }
    if let word = Self.words.first(where: { $0.isCalled(name) }) {
      self = word.key
    } else if let rest = name.afterPrefix(of: ["C-", "Ctrl-", "Control-", "^"]) {
      guard let key = Key(controlOf: rest) else { return nil }
      self = key
    } else if let rest = name.afterPrefix(of: ["M-", "Alt-", "Meta-"]) {
      guard case .character(let character)? = Key(name: rest) else { return nil }
      self = .alt(character)
    } else if let rest = name.afterPrefix(of: ["F"]), let number = Int(rest),
      (1...63).contains(number), rest.first?.isNumber == true
    {
      self = .function(number)
    } else {
      return nil
    }
  }

  private init?(typed character: Character) {
    if let word = Self.words.first(where: { $0.isCalled(String(character)) }) {
      self = word.key
      return
    }
    // Only what can be typed and seen is a key's name.
    guard SafeText(String(character)).string == String(character) else { return nil }
    self = .character(character)
  }

  private init?(controlOf rest: String) {
    guard rest.count == 1, let character = rest.lowercased().first, character.isASCII else {
      return nil
    }
    switch character {
    case "i": self = .tab
    case "j", "m": self = .enter
    case "h": self = .backspace
    case "[": self = .escape
    case "a"..."z", "@", "\\", "]", "^", "_": self = .control(character)
    default: return nil
    }
  }

  private struct Word {
    let key: Key
    /// The name it is shown by, then what else it is known as.
    let names: [String]

    func isCalled(_ name: String) -> Bool {
      names.contains { $0.lowercased() == name.lowercased() }
    }
  }

  private static let words: [Word] = [
    Word(key: .character(" "), names: ["Space", "Spc"]),
    Word(key: .up, names: ["Up", "↑"]),
    Word(key: .down, names: ["Down", "↓"]),
    Word(key: .left, names: ["Left", "←"]),
    Word(key: .right, names: ["Right", "→"]),
    Word(key: .home, names: ["Home"]),
    Word(key: .end, names: ["End"]),
    Word(key: .pageUp, names: ["PgUp", "PageUp"]),
    Word(key: .pageDown, names: ["PgDn", "PgDown", "PageDown"]),
    Word(key: .insert, names: ["Insert", "Ins"]),
    Word(key: .delete, names: ["Delete", "Del"]),
    Word(key: .backspace, names: ["Backspace", "BS"]),
    Word(key: .tab, names: ["Tab"]),
    Word(key: .backTab, names: ["S-Tab", "Shift-Tab", "BackTab"]),
    Word(key: .enter, names: ["Enter", "Return", "CR", "⏎"]),
    Word(key: .escape, names: ["Esc", "Escape"]),
  ]
}

extension String {
  /// What follows the first of `prefixes` that the text starts with, in any case, when something
  /// does.
  fileprivate func afterPrefix(of prefixes: [String]) -> String? {
    for prefix in prefixes where count > prefix.count {
      if self.prefix(prefix.count).lowercased() == prefix.lowercased() {
        return String(dropFirst(prefix.count))
      }
    }
    return nil
  }
}
