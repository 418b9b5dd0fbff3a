/// What is kept from one run to the next: how each kind of profile was looked at last, what was typed,
/// and saved refinements.
///
/// All of it is bounded; the latest is kept. `text` and `init(text:)` are the file's form.
package struct RememberedState: Hashable, Sendable {
  /// How a kind of profile was looked at last.
  package struct Look: Hashable, Sendable {
    package var view = ""
    package var sort = SortOrder()
    package var sampleType = ""
  }

  /// A kind of profile, told by its sample types, and how it was looked at; the latest last.
  package var looks: [(kind: String, look: Look)] = []
  /// The lines typed at each prompt, by its word, oldest first.
  package var history: [String: [String]] = [:]
  package var sets: [RefinementSet] = []

  static let maximumLooks = 64
  static let maximumLines = 100
  static let maximumLineBytes = 1000
  static let maximumSets = 64
  /// No file of ours is larger.
  package static let maximumBytes = 1 << 20

  package init() {}

  package static func == (left: RememberedState, right: RememberedState) -> Bool {
    left.text == right.text
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }

  func look(at kind: String) -> Look? { looks.last { $0.kind == kind }?.look }

  mutating func remember(_ look: Look, of kind: String) {
    looks.removeAll { $0.kind == kind }
    looks.append((kind, look))
  }

  // MARK: The file

  private static let firstLine = "# proftui state 1"

  /// The state as a file has it.
  package var text: String {
    var lines = [Self.firstLine]
    for (kind, look) in looks.suffix(Self.maximumLooks) {
      let words = [kind, look.view, look.sort.key.rawValue, look.sort.isReversed ? "up" : "down"]
      lines.append((["look"] + (words + [look.sampleType]).map(Self.coded)).joined(separator: " "))
    }
    for (prompt, typed) in history.sorted(by: { $0.key < $1.key }) {
      let kept = typed.filter { $0.utf8.count <= Self.maximumLineBytes }.suffix(Self.maximumLines)
      for line in kept { lines.append("typed \(Self.coded(prompt)) \(Self.coded(line))") }
    }
    for set in sets.suffix(Self.maximumSets) {
      for step in set.steps where step.text.utf8.count <= Self.maximumLineBytes {
        lines.append("saved \(Self.coded(set.name)) \(Self.coded(step.text))")
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Reads a file; nil where it is none of ours, or broken.
  package init?(text: String) {
    let lines = text.split(separator: "\n")
    guard lines.first == Self.firstLine[...] else { return nil }
    var steps: [(name: String, text: String)] = []
    for line in lines.dropFirst() {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(Self.decoded)
      switch (words.first, words.count) {
      case ("look", 6):
        guard let kind = words[1], let view = words[2], let type = words[5],
          let key = words[3].flatMap(SortOrder.Key.init(rawValue:))
        else { return nil }
        let order = SortOrder(key: key, isReversed: words[4] == "up")
        remember(Look(view: view, sort: order, sampleType: type), of: kind)
      case ("typed", 3):
        guard let prompt = words[1], let typed = words[2] else { return nil }
        history[prompt, default: []].append(typed)
      case ("saved", 3):
        guard let name = words[1], let step = words[2], RefinementSet.isName(name) else {
          return nil
        }
        steps.append((name, step))
      default: return nil
      }
    }
    for name in steps.map(\.name) where !sets.contains(where: { $0.name == name }) {
      let text = steps.filter { $0.name == name }.map { $0.text + "\n" }.joined()
      sets.append(RefinementSet(name: name, text: text))
    }
  }

  /// The text as one word: blanks, control characters and what marks them as `%` and two digits.
  private static func coded(_ text: String) -> String {
    if text.isEmpty { return "%" }
    var result: [UInt8] = []
    for byte in text.utf8 {
      guard byte <= 0x20 || byte == 0x7f || byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      result += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func decoded(_ word: Substring) -> String? {
    if word == "%" { return "" }
    var result: [UInt8] = []
    var rest = Array(word.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard rest.count >= 2, digits.utf8.allSatisfy({ $0 < 0x7f }),
        let code = UInt8(digits, radix: 16)
      else { return nil }
      result.append(code)
      rest = rest.dropFirst(2)
    }
    return result.isEmpty ? nil : String(decoding: result, as: UTF8.self)
  }
}
