import TerminalUI

/// A line of text while it is typed: editing keys, and a history of lines typed before.
package struct TextPrompt: Hashable, Sendable {
  /// What a key did to the line.
  package enum Outcome: Hashable, Sendable {
    /// The text is another one now.
    case changed
    /// Nothing that matters outside changed.
    case kept
    /// The user is done.
    case accepted
    case cancelled
    /// The user asks for the rest of a word.
    case completion
  }

  /// The longest line that can be typed, in characters.
  package static let maximumLength = 4096

  private var characters: [Character]
  /// The characters before the cursor.
  package private(set) var cursor: Int
  private let history: [String]
  /// How far back in the history, 0 for the line being typed.
  private var recalled = 0
  private var draft: [Character] = []

  /// - Parameter history: lines typed before, oldest first.
  package init(_ text: String = "", history: [String] = []) {
    characters = Array(text)
    cursor = characters.count
    self.history = history
  }

  package var text: String { String(characters) }

  /// Whether there are lines to go back to.
  var hasHistory: Bool { !history.isEmpty }

  /// The text before the cursor.
  package var textBeforeCursor: String { String(characters[..<cursor]) }

  /// Puts another text in place, with the cursor at its end.
  package mutating func replace(with text: String) {
    characters = Array(text.prefix(Self.maximumLength))
    cursor = characters.count
  }

  package mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .character(let character): return insert(character)
    case .enter, .control("j"): return .accepted
    case .escape, .control("c"), .control("g"): return .cancelled
    case .tab: return .completion
    case .left, .control("b"): return move(to: cursor - 1)
    case .right, .control("f"): return move(to: cursor + 1)
    case .home, .control("a"): return move(to: 0)
    case .end, .control("e"): return move(to: characters.count)
    case .alt("b"): return move(to: startOfWord)
    case .alt("f"): return move(to: endOfWord)
    case .backspace, .control("h"):
      // Erasing what is not there leaves, as it does in vi and less.
      return characters.isEmpty ? .cancelled : remove(max(cursor - 1, 0)..<cursor)
    case .delete, .control("d"): return remove(cursor..<min(cursor + 1, characters.count))
    case .control("w"), .alt("\u{7F}"): return remove(startOfWord..<cursor)
    case .control("u"): return remove(0..<cursor)
    case .control("k"): return remove(cursor..<characters.count)
    case .up, .control("p"): return recall(recalled + 1)
    case .down, .control("n"): return recall(recalled - 1)
    case .control, .alt, .function, .pageUp, .pageDown, .insert, .backTab: return .kept
    }
  }

  private mutating func insert(_ character: Character) -> Outcome {
    guard characters.count < Self.maximumLength else { return .kept }
    characters.insert(character, at: cursor)
    cursor += 1
    return .changed
  }

  private mutating func move(to position: Int) -> Outcome {
    cursor = min(max(position, 0), characters.count)
    return .kept
  }

  private mutating func remove(_ range: Range<Int>) -> Outcome {
    guard !range.isEmpty else { return .kept }
    characters.removeSubrange(range)
    cursor = range.lowerBound
    return .changed
  }

  private mutating func recall(_ step: Int) -> Outcome {
    guard step >= 0, step <= history.count, step != recalled else { return .kept }
    if recalled == 0 { draft = characters }
    recalled = step
    characters = step == 0 ? draft : Array(history[history.count - step])
    cursor = characters.count
    return .changed
  }

  private var startOfWord: Int {
    var index = cursor
    while index > 0, characters[index - 1] == " " { index -= 1 }
    while index > 0, characters[index - 1] != " " { index -= 1 }
    return index
  }

  private var endOfWord: Int {
    var index = cursor
    while index < characters.count, characters[index] == " " { index += 1 }
    while index < characters.count, characters[index] != " " { index += 1 }
    return index
  }

  /// The part of the text that `width` columns show, and the column of the cursor within them.
  package func visible(width: Int) -> (text: String, column: Int) {
    guard width > 0 else { return ("", 0) }
    // Every character takes a column at least.
    var first = max(cursor - width, 0)
    while first < cursor, DisplayWidth.of(String(characters[first..<cursor])) >= width {
      first += 1
    }
    let text = TextFitting.prefix(of: String(characters[first...]), width: width)
    let column = DisplayWidth.of(String(characters[first..<cursor]))
    return (text, min(column, width - 1))
  }
}
