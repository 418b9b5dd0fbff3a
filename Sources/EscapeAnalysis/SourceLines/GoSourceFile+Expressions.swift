extension GoSourceFile {
  /// What an expression is, as far as its own text and the declarations of its names tell.
  mutating func kind(
    ofExpression tokens: ArraySlice<GoToken>, at line: Int64, depth: Int = 0
  ) -> GoValueKind {
    guard depth < 6, let first = tokens.first else { return .unknown }
    let terms = tokens.split(at: ["+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^"])
      .filter { !$0.isEmpty }
    if terms.count > 1 {
      // One operand that is known tells the rest, as all have one type; but constants have none.
      for term in terms {
        let kind = kind(ofExpression: term, at: line, depth: depth + 1)
        if kind == .string || kind == .number { return kind }
      }
      return .unknown
    }
    switch first.kind {
    case .string where tokens.count == 1: return .string
    case .number where tokens.count == 1, .rune where tokens.count == 1: return .number
    case .symbol where first.is("&"): return .pointer
    case .symbol where first.is("-"), .symbol where first.is("+"):
      return kind(ofExpression: tokens.dropFirst(), at: line, depth: depth + 1)
    case .symbol
    where first.is("(") && tokens.closing(of: tokens.startIndex) == tokens.endIndex - 1:
      return kind(ofExpression: tokens.dropFirst().dropLast(), at: line, depth: depth + 1)
    case .symbol where first.is("["), .name where first.is("map"):
      return GoValueKind(type: tokens, named: declarations.type)
    case .name: return kind(ofOperand: tokens, at: line, depth: depth)
    default: return .unknown
    }
  }

  /// A name and what is applied to it: selectors, calls, indices.
  private mutating func kind(
    ofOperand tokens: ArraySlice<GoToken>, at line: Int64, depth: Int
  ) -> GoValueKind {
    let name = tokens[tokens.startIndex].text
    guard let next = tokens.peek(1) else {
      return kind(of: name, before: line, depth: depth + 1)
    }
    guard let last = tokens.last else { return .unknown }
    if last.is(")") { return kind(ofCall: tokens, at: line) }
    if next.is("{") || last.is("}") {
      return GoValueKind(type: tokens, named: declarations.type)
    }
    if last.is("]"), let open = tokens.opening(of: tokens.endIndex - 1) {
      let value = kind(ofExpression: tokens[..<open], at: line, depth: depth + 1)
      let isPart = tokens[(open + 1)...].dropLast().contains { $0.is(":") }
      switch value {
      case .string: return isPart ? .string : .number
      case .slice(let element), .array(let element):
        return isPart ? .slice(element: element) : element
      case .map(let value): return value
      default: return .unknown
      }
    }
    let count = tokens.count
    guard last.kind == .name, tokens.peek(count - 2)?.is(".") == true else { return .unknown }
    return declarations.fields[last.text] ?? .unknown
  }

  /// What a call returns, or what a conversion converts to.
  private func kind(ofCall tokens: ArraySlice<GoToken>, at line: Int64) -> GoValueKind {
    guard let open = tokens.opening(of: tokens.endIndex - 1), open > tokens.startIndex else {
      return .unknown
    }
    let called = tokens[..<open]
    guard let last = called.last, last.kind == .name else { return .unknown }
    let isPlain = called.count == 1
    if isPlain {
      switch last.text {
      case "len", "cap", "copy": return .number
      case "make", "new":
        let arguments = tokens[(open + 1)...].dropLast().split(at: [","])
        return last.text == "new"
          ? .pointer : GoValueKind(type: arguments[0], named: declarations.type)
      case "string": return .string
      case let name where GoValueKind.numbers.contains(name): return .number
      default:
        if let type = declarations.types[last.text] { return type }
        return declarations.results[last.text] ?? .unknown
      }
    }
    let qualified = called.count == 3 ? called.map(\.text).joined() : ""
    if Self.stringFunctions.contains(qualified) { return .string }
    if Self.numberFunctions.contains(qualified) { return .number }
    if last.text == "String" || last.text == "Error" { return .string }
    return declarations.results[last.text] ?? .unknown
  }

  /// Functions that return a string.
  static let stringFunctions: Set<String> = {
    let functions: [(String, [String])] = [
      (
        "strconv",
        ["Itoa", "Quote", "FormatInt", "FormatUint", "FormatFloat", "FormatBool", "QuoteRune"]
      ),
      ("fmt", ["Sprint", "Sprintf", "Sprintln"]),
      (
        "strings",
        [
          "Join", "Repeat", "Replace", "ReplaceAll", "ToUpper", "ToLower", "ToTitle", "Title",
          "TrimSpace", "Trim", "TrimLeft", "TrimRight", "TrimPrefix", "TrimSuffix", "TrimFunc",
          "Map", "Clone", "ToValidUTF8",
        ]
      ),
      ("hex", ["EncodeToString"]), ("url", ["QueryEscape", "PathEscape"]),
      ("os", ["Getenv"]), ("html", ["EscapeString", "UnescapeString"]),
      ("path", ["Join", "Base", "Dir", "Ext", "Clean"]),
      ("filepath", ["Join", "Base", "Dir", "Ext", "Clean"]),
    ]
    return Set(functions.flatMap { package, names in names.map { "\(package).\($0)" } })
  }()

  private static let numberFunctions: Set<String> = [
    "strings.Count", "strings.Index", "strings.LastIndex", "strings.IndexByte", "bytes.Index",
    "bytes.IndexByte", "bytes.Count", "math.Sqrt", "math.Floor", "math.Ceil", "math.Abs",
    "math.Pow", "math.Max", "math.Min", "rand.Int", "rand.Intn", "rand.Int63", "rand.Float64",
    "runtime.NumCPU", "runtime.NumGoroutine", "utf8.RuneCountInString", "utf8.RuneLen",
    "unsafe.Sizeof", "bits.Len", "bits.Len64",
  ]
}

extension ArraySlice<GoToken> {
  /// Where the bracket that closes at `close` was opened; nil where that is in another line.
  func opening(of close: Int) -> Int? {
    var depth = 0
    var index = close
    while index >= startIndex {
      if self[index].kind == .symbol {
        switch self[index].text {
        case ")", "]", "}": depth += 1
        case "(", "[", "{":
          depth -= 1
          if depth == 0 { return index }
        default: break
        }
      }
      index -= 1
    }
    return nil
  }
}
