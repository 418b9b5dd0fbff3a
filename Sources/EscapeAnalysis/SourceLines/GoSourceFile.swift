/// A source file of Go, read a line at a time: what its names are declared as.
///
/// There is no type checker here: what is not plain from the text is unknown.
struct GoSourceFile {
  private let lines: [[UInt8]]
  private var tokens: [Int: [GoToken]?] = [:]
  private(set) var declarations = GoDeclarations()

  /// Longer lines are generated, and hold more than one construct.
  static let longestLine = 2000

  init(_ lines: [[UInt8]]) {
    self.lines = lines
    for number in lines.indices {
      // What is declared at the outermost level is what starts a line or is one step in.
      let line = lines[number]
      guard line.count <= Self.longestLine, let first = line.first else { continue }
      let isOutermost = first != UInt8(ascii: " ") && first != UInt8(ascii: "\t")
      guard isOutermost || declarations.isInBlock,
        let tokens = GoToken.tokens(ofLine: line), !tokens.isEmpty
      else { continue }
      declarations.read(tokens, isOutermost: isOutermost)
    }
  }

  /// The tokens of a line, counted from 1; nil where there is no such line, or not all of it.
  mutating func tokens(ofLine number: Int64) -> [GoToken]? {
    guard let index = Int(exactly: number), index > 0, index <= lines.count,
      lines[index - 1].count <= Self.longestLine
    else { return nil }
    if let known = tokens[index] { return known }
    let found = GoToken.tokens(ofLine: lines[index - 1])
    tokens[index] = .some(found)
    return found
  }

  /// Whether the line is that of a function's header at the outermost level.
  func isHeader(_ number: Int64) -> Bool {
    guard let index = Int(exactly: number), index > 0, index <= lines.count else { return false }
    return lines[index - 1].starts(with: "func ".utf8)
  }

  /// What the function of the outermost level around a line returns; unknown where that is not one
  /// value.
  mutating func result(ofFunctionAround line: Int64) -> GoValueKind {
    var number = line
    while number > max(0, line - Self.farthest), !isHeader(number) { number -= 1 }
    guard let tokens = tokens(ofLine: number) else { return .unknown }
    var index = 1
    if tokens.count > 1, tokens[1].is("("), let close = tokens[...].closing(of: 1) {
      index = close + 1
    }
    guard index < tokens.count else { return .unknown }
    return declarations.results[tokens[index].text] ?? .unknown
  }

  /// Lines of one function that are looked at for what its names are.
  private static let farthest: Int64 = 2000
  /// Lines that are looked at for all names of a line, and for the names that these rest on.
  private static let searchLimit = 20_000
  private var searched = 0

  /// Gives names of another line all the work that is allowed for one.
  mutating func startSearch() { searched = 0 }

  /// What a name is at a line: by the nearest declaration above it in the same function, else by that of
  /// the file.
  mutating func kind(of name: String, before line: Int64, depth: Int = 0) -> GoValueKind {
    guard depth < 6 else { return .unknown }
    var number = line
    while number > max(0, line - Self.farthest) {
      searched += 1
      guard searched < Self.searchLimit else { return .unknown }
      let isHeader = isHeader(number)
      // A name that is declared in a line is another one there, but for parameters.
      if let tokens = tokens(ofLine: number) {
        let parameters = GoDeclarations.parameters(in: tokens[...], declarations.types)
        if let kind = parameters[name] { return kind }
        if number < line, let kind = local(name, tokens[...], number, depth) { return kind }
      }
      if isHeader { break }
      number -= 1
    }
    if let kind = declarations.variables[name] { return kind }
    if let value = declarations.values[name] {
      return kind(ofExpression: value[...], at: 0, depth: depth + 1)
    }
    return .unknown
  }

  /// What a line declares a name as; nil where it does not.
  private mutating func local(
    _ name: String, _ tokens: ArraySlice<GoToken>, _ line: Int64, _ depth: Int
  ) -> GoValueKind? {
    guard tokens.contains(where: { $0.kind == .name && $0.text == name }) else { return nil }
    if tokens.first?.is("var") == true || tokens.first?.is("const") == true {
      return declared(name, tokens.dropFirst(), line, depth)
    }
    guard let assignment = tokens.firstIndex(where: { $0.is(":=") }) else { return nil }
    var names: [String] = []
    var index = assignment - 1
    while index >= tokens.startIndex, tokens[index].kind == .name {
      names.insert(tokens[index].text, at: 0)
      guard index > tokens.startIndex, tokens[index - 1].is(",") else { break }
      index -= 2
    }
    guard let position = names.firstIndex(of: name) else { return nil }
    let right = tokens[(assignment + 1)...]
    if right.first?.is("range") == true {
      return ranged(over: right.dropFirst(), position, line, depth)
    }
    let values = Self.statement(right).split(at: [","])
    guard values.count == names.count else { return .unknown }
    return kind(ofExpression: values[position], at: line, depth: depth + 1)
  }

  private mutating func declared(
    _ name: String, _ tokens: ArraySlice<GoToken>, _ line: Int64, _ depth: Int
  ) -> GoValueKind? {
    let sides = tokens.split(at: ["="])
    let left = sides[0].split(at: [","])
    guard let position = left.firstIndex(where: { $0.first?.text == name }) else { return nil }
    if let last = left.last, last.count > 1 {
      return GoValueKind(type: last.dropFirst(), named: declarations.type)
    }
    let values = sides.count > 1 ? sides[1].split(at: [","]) : []
    guard values.count == left.count else { return .unknown }
    return kind(ofExpression: values[position], at: line, depth: depth + 1)
  }

  /// The key or the value of what is walked.
  private mutating func ranged(
    over tokens: ArraySlice<GoToken>, _ position: Int, _ line: Int64, _ depth: Int
  ) -> GoValueKind {
    let walked = kind(ofExpression: Self.statement(tokens), at: line, depth: depth + 1)
    return switch walked {
    case .slice(let element), .array(let element): position == 0 ? .number : element
    case .string, .number: .number
    case .map(let value): position == 0 ? .unknown : value
    default: .unknown
    }
  }

  /// Up to where a statement ends: at a semicolon, or at the brace that opens its block.
  static func statement(_ tokens: ArraySlice<GoToken>) -> ArraySlice<GoToken> {
    var kept = tokens.split(at: [";"])[0]
    if kept.last?.is("{") == true { kept = kept.dropLast() }
    return kept
  }
}
