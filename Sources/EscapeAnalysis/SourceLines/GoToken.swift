/// A word, literal or operator of Go.
struct GoToken: Hashable {
  enum Kind: Hashable {
    case name, number, string, rune, symbol
  }

  var kind: Kind
  var text: String

  init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, text) }

  /// Whether it is that word or operator, and not a literal that reads like it.
  func `is`(_ text: String) -> Bool {
    (kind == .name || kind == .symbol) && self.text == text
  }

  /// Whether a value may end here, so that what follows is applied to it.
  var endsOperand: Bool {
    switch kind {
    case .number, .string, .rune: true
    case .name: !Self.keywords.contains(text)
    case .symbol: text == ")" || text == "]" || text == "}"
    }
  }

  private static let keywords: Set<String> = [
    "return", "case", "go", "defer", "range", "if", "for", "switch", "select", "else", "var",
    "const", "func", "chan", "map",
  ]
}

extension GoToken {
  /// The tokens of a line of Go; nil where a literal or a comment goes on in the next line.
  ///
  /// - Complexity: O(*n*) in bytes.
  static func tokens(ofLine line: some RandomAccessCollection<UInt8>) -> [GoToken]? {
    var reader = Reader(bytes: Array(line))
    return reader.read()
  }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0
    var tokens: [GoToken] = []

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() -> [GoToken]? {
      while let byte = peek(0) {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): return tokens
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
          guard skipComment() else { return nil }
        case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"):
          guard readQuoted(byte) else { return nil }
        case _ where Self.isDigit(byte):
          take(.number) { Self.isPart($0) || $0 == UInt8(ascii: ".") }
        case _ where Self.isPart(byte): take(.name, while: Self.isPart)
        default: readSymbol()
        }
      }
      return tokens
    }

    private func peek(_ ahead: Int) -> UInt8? {
      index + ahead < bytes.count ? bytes[index + ahead] : nil
    }

    private mutating func take(_ kind: Kind, while isPart: (UInt8) -> Bool) {
      let start = index
      while let byte = peek(0), isPart(byte) { index += 1 }
      tokens.append(GoToken(kind, String(decoding: bytes[start..<index], as: UTF8.self)))
    }

    private mutating func skipComment() -> Bool {
      index += 2
      while index + 1 < bytes.count {
        if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
          index += 2
          return true
        }
        index += 1
      }
      return false
    }

    private mutating func readQuoted(_ quote: UInt8) -> Bool {
      let start = index
      index += 1
      while let byte = peek(0) {
        index += 1
        if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") {
          index += 1
        } else if byte == quote {
          let text = String(decoding: bytes[start..<index], as: UTF8.self)
          tokens.append(GoToken(quote == UInt8(ascii: "'") ? .rune : .string, text))
          return true
        }
      }
      return false
    }

    private mutating func readSymbol() {
      let rest = bytes[index...]
      let symbol = Self.symbols.first { rest.starts(with: $0.utf8) }
      let text = symbol ?? String(decoding: rest.prefix(1), as: UTF8.self)
      tokens.append(GoToken(.symbol, text))
      index += symbol?.utf8.count ?? 1
    }

    /// Those of several characters, the longer before the shorter.
    private static let symbols = [
      "<<=", ">>=", "&^=", "...", ":=", "<-", "++", "--", "==", "!=", "<=", ">=", "&&", "||",
      "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "&^",
    ]

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isPart(_ byte: UInt8) -> Bool {
      isDigit(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        || byte == UInt8(ascii: "_") || byte >= 0x80
    }
  }
}

extension ArraySlice<GoToken> {
  /// The token so far from the start; nil beyond the end.
  func peek(_ offset: Int) -> GoToken? {
    let index = startIndex + offset
    return index >= startIndex && index < endIndex ? self[index] : nil
  }

  /// Where the bracket that opens at `open` is closed; nil where that is in another line.
  func closing(of open: Int) -> Int? {
    var depth = 0
    for index in open..<endIndex where self[index].kind == .symbol {
      switch self[index].text {
      case "(", "[", "{": depth += 1
      case ")", "]", "}":
        depth -= 1
        if depth == 0 { return index }
      default: continue
      }
    }
    return nil
  }

  /// The parts between separators that stand in no bracket.
  func split(at separators: Set<String>) -> [ArraySlice<GoToken>] {
    var parts: [ArraySlice<GoToken>] = []
    var (depth, start) = (0, startIndex)
    for index in indices where self[index].kind == .symbol {
      switch self[index].text {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case let text where depth == 0 && separators.contains(text):
        parts.append(self[start..<index])
        start = index + 1
      default: continue
      }
    }
    parts.append(self[start...])
    return parts
  }
}
