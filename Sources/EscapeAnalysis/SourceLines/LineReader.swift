/// Finds what allocates in a line of Go.
///
/// Boxing is no construct: nothing in the text shows it. Where a value may be boxed, the sizes of
/// boxes are left out of what a construct may be as large as.
struct LineReader {
  private var file: GoSourceFile
  private let line: Int64
  private let tokens: ArraySlice<GoToken>
  private let isLiteral: Bool
  private(set) var constructs: [LineConstruct] = []

  private init(
    _ file: GoSourceFile, _ line: Int64, _ tokens: ArraySlice<GoToken>, isLiteral: Bool
  ) {
    (self.file, self.line, self.tokens, self.isLiteral) = (file, line, tokens, isLiteral)
  }

  /// The constructs of a line, of the function that is named.
  ///
  /// - Parameters:
  ///   - isLiteral: whether the function is a literal in another one.
  ///   - startLine: where the function begins; 0 where unknown.
  /// - Returns: nil where the line is not at hand, or the function's part of it is not plain.
  static func constructs(
    in file: inout GoSourceFile, line: Int64, isLiteral: Bool, startLine: Int64
  ) -> [LineConstruct]? {
    guard let all = file.tokens(ofLine: line) else { return nil }
    file.startSearch()
    var part = all[...]
    let literals = part.indices.compactMap { part.body(ofLiteralAt: $0) }
    if file.isHeader(line), !isLiteral {
      guard let body = part.body(ofHeader: ()) else {
        return [LineConstruct(cause: .new, size: .any)]
      }
      part = body
      let moved = part.indices.contains {
        part[$0].is("&") && !($0 > part.startIndex && part[$0 - 1].endsOperand)
          && part.literalType(at: $0 + 1) == nil
      }
      if moved { return [LineConstruct(cause: .new, size: .any)] }
    } else if isLiteral, !literals.isEmpty {
      if startLine == line {
        guard literals.count == 1, let body = literals.first else { return nil }
        part = part[body]
        if part.isEmpty { return [LineConstruct(cause: .new, size: .any)] }
      } else if startLine == 0 {
        return nil
      }
    }
    var reader = LineReader(file, line, part, isLiteral: isLiteral)
    reader.read()
    file = reader.file
    return reader.constructs
  }

  private mutating func add(_ cause: EscapeCause?, _ size: LineConstruct.ObjectSize = .any) {
    constructs.append(LineConstruct(cause: cause, size: size))
  }

  private mutating func read() {
    if tokens.first?.is("select") == true { return add(.wait, .wait) }
    var index = tokens.startIndex
    while index < tokens.endIndex { index = read(at: index) }
    readIndexAssignment()
    if constructs.isEmpty, declares() { add(movedCause, .constant) }
  }

  /// Reads what starts at a token; returns where to go on.
  private mutating func read(at index: Int) -> Int {
    let token = tokens[index]
    let isOperand = index == tokens.startIndex || !tokens[index - 1].endsOperand
    let isMember = index > tokens.startIndex && tokens[index - 1].is(".")
    switch token.text {
    case "func" where token.kind == .name:
      guard let body = tokens.body(ofLiteralAt: index) else { return index + 1 }
      add(.closure, isArgument(index) ? Self.larger : .constant)
      // Arguments of a go statement are kept in a closure around it.
      let hasParameters = next(index)?.is("(") == true && next(index + 1)?.is(")") == false
      if index > tokens.startIndex, tokens[index - 1].is("go"), hasParameters {
        add(.closure, .constant)
      }
      return body.upperBound + 1
    case "go" where token.kind == .name:
      // A call with arguments is wrapped in a closure.
      if tokens.peek(index - tokens.startIndex + 1)?.is("func") == false,
        tokens.last?.is(")") == true, tokens.dropLast().last?.is("(") == false
      {
        add(.closure, .constant)
      }
      return index + 1
    case "make" where token.kind == .name && !isMember: return readMake(at: index)
    case "new" where token.kind == .name && !isMember && next(index)?.is("(") == true:
      let isArray = next(index + 1)?.is("[") == true && next(index + 2)?.is("]") == false
      add(isArray ? .array : .new, .constant)
      return (tokens.closing(of: index + 1) ?? tokens.endIndex - 1) + 1
    case "append" where token.kind == .name && !isMember && next(index)?.is("(") == true:
      readAppend(at: index)
    case "string" where token.kind == .name && !isMember && next(index)?.is("(") == true:
      let isConstant = next(index + 1)?.kind == .string && next(index + 2)?.is(")") == true
      if !isConstant { add(.string, size(ofValueAt: index, header: 16)) }
    case "runtime" where token.kind == .name && next(index)?.is(".") == true:
      // Profiles leave out the runtime's functions: what they allocate stands at the call.
      add(nil)
    case "&" where token.kind == .symbol && isOperand:
      guard let open = tokens.literalType(at: index + 1) else { return index + 1 }
      add(next(index)?.is("[") == true ? .array : .new, .constant)
      return open + 1
    case "<-" where token.kind == .symbol: add(.wait, .wait)
    case "map" where token.kind == .name: return readMapType(at: index)
    case "[" where token.kind == .symbol && isOperand: return readArrayType(at: index)
    case "+" where token.kind == .symbol && !isOperand, "+=" where token.kind == .symbol:
      readSum(at: index)
    case "("
    where index > tokens.startIndex
      && file.declarations.variadic.contains(tokens[index - 1].text):
      // Its arguments are put into an array, which is on the heap where it is inlined and kept.
      add(nil)
    default: break
    }
    return index + 1
  }

  private func next(_ index: Int) -> GoToken? {
    index + 1 < tokens.endIndex ? tokens[index + 1] : nil
  }

  // MARK: Calls of the language's own functions

  private mutating func readMake(at index: Int) -> Int {
    guard next(index)?.is("(") == true else { return index + 1 }
    let close = tokens.closing(of: index + 1) ?? tokens.endIndex
    let arguments = tokens[(index + 2)..<close].split(at: [","])
    switch GoValueKind(type: arguments[0], named: file.declarations.type) {
    case .map: add(.map, arguments.count > 1 ? .atLeast(48) : .mapHeader(isShortLiteral: false))
    // What it buffers may be an object of its own.
    case .channel: add(.chan, isArgument(index) ? Self.larger : .any)
    case .slice: add(.slice, size(ofValueAt: index, header: 24))
    default: add(nil)
    }
    return close + 1
  }

  private mutating func readAppend(at index: Int) {
    let close = tokens.closing(of: index + 1) ?? tokens.endIndex
    let arguments = tokens[(index + 2)..<close].split(at: [","])
    let slice = file.kind(ofExpression: arguments[0], at: line)
    var mayBox = false
    // A method that is put where a function is expected becomes a closure.
    if case .slice(let element) = slice, !element.mayBox, element != .function {
      mayBox = false
    } else {
      for argument in arguments.dropFirst() where argument.last?.is("...") == false {
        let isLiteral = argument.count == 1 && argument.first?.kind != .name
        if !isLiteral { mayBox = true }
        // A value of a struct is boxed whole where the elements are of an interface.
        if case .slice(.interface) = slice, argument.last?.is("}") == true { add(nil) }
      }
    }
    guard !mayBox else { return add(.append, Self.larger) }
    add(.append, size(ofValueAt: index, header: 24))
  }

  // MARK: Literals

  private mutating func readMapType(at index: Int) -> Int {
    guard next(index)?.is("[") == true, let close = tokens.closing(of: index + 1) else {
      return index + 1
    }
    guard let open = tokens.literalType(at: index) else { return close + 1 }
    // Up to eight elements are assigned to a map without room; more are given room when it is made.
    let elements = tokens.closing(of: open).map { tokens[(open + 1)..<$0].split(at: [","]).count }
    let isEmpty = next(open)?.is("}") == true
    add(.map, .mapHeader(isShortLiteral: !isEmpty && (elements ?? .max) <= 8))
    return open + 1
  }

  private mutating func readArrayType(at index: Int) -> Int {
    guard let close = tokens.closing(of: index) else { return index + 1 }
    if close == index + 1, let name = next(close), name.is("byte") || name.is("rune"),
      next(close + 1)?.is("(") == true
    {
      add(.bytes, size(ofValueAt: index, header: 24))
      return close + 3
    }
    guard let open = tokens.literalType(at: index) else { return close + 1 }
    // A value of an array is on the stack, but where it is boxed; a slice's array may not be.
    if close == index + 1, next(open)?.is("}") != true { add(.array, .constant) }
    return open + 1
  }

  // MARK: Sums and assignments

  /// A sum is of strings, which allocates, or of numbers, which does not: as its operands tell.
  private mutating func readSum(at index: Int) {
    let bounds = tokens.operands(around: index)
    if bounds.isIndex, tokens[bounds.range].contains(where: { $0.is(":") }) { return }
    let operands = tokens[bounds.range].split(at: ["+", "+="])
    if operands.allSatisfy({ $0.count == 1 && $0.first?.kind == .string }) { return }
    var kind = GoValueKind.unknown
    for operand in operands {
      kind = file.kind(ofExpression: operand, at: line)
      if kind == .string || kind == .number { break }
    }
    switch kind {
    case .number: return
    case .string: add(.string, size(ofValueAt: bounds.range.lowerBound, header: 16))
    default: add(nil)
    }
  }

  /// An assignment to an element, which is one of a map unless the text says otherwise.
  private mutating func readIndexAssignment() {
    let operators: Set<String> = [
      "=", "+=", "-=", "*=", "/=", "|=", "&=", "^=", "%=", "<<=", ">>=", "++", "--",
    ]
    let sides = GoSourceFile.statement(tokens).split(at: operators)
    guard sides.count > 1 || tokens.last.map({ operators.contains($0.text) }) == true else {
      return
    }
    for target in sides[0].split(at: [","]) {
      guard target.last?.is("]") == true, let open = target.opening(of: target.endIndex - 1),
        open > target.startIndex
      else { continue }
      var value = GoValueKind.unknown
      switch file.kind(ofExpression: target[..<open], at: line) {
      case .slice, .array, .pointer, .string: continue
      case .map(let element): value = element
      default: break
      }
      // Tables of growing maps are larger than boxes of most values, but not of structs and arrays.
      if value.mayBox, sides[1].last?.is("}") == true,
        sides[1].literalType(at: sides[1].startIndex) != nil, sides[1].first?.is("map") == false,
        value != .map(value: .unknown)
      {
        add(nil)
      }
      add(.mapgrow, .atLeast(LineConstruct.largestBox + 9))
    }
  }

  /// Whether the line only declares variables, so that one of them has moved to the heap.
  private mutating func declares() -> Bool {
    guard !tokens.contains(where: { $0.is("(") }) else { return false }
    if tokens.first?.is("var") == true { return !tokens.contains { $0.is("=") } }
    if let range = tokens.firstIndex(where: { $0.is("range") }) {
      // To walk what a function yields takes a closure.
      let walked = GoSourceFile.statement(tokens[(range + 1)...])
      switch file.kind(ofExpression: walked, at: line) {
      case .slice, .array, .map, .string, .number: break
      default: return false
      }
    }
    guard let assignment = tokens.firstIndex(where: { $0.is(":=") }) else { return false }
    let value = GoSourceFile.statement(tokens[(assignment + 1)...])
    // The elements of a literal may be boxed.
    return value.last?.is("}") == false || value.dropLast().last?.is("{") == true
  }

  private var movedCause: EscapeCause {
    let isArray =
      tokens.first?.is("var") == true
      && tokens.peek(2)?.is("[") == true && tokens.peek(3)?.is("]") == false
    return isArray ? .array : .new
  }

  // MARK: Where values go

  /// Whether the line calls a function that is known to take interfaces.
  private var hasBoxingCall: Bool {
    tokens.indices.contains { index in
      guard tokens[index].is("("), index > tokens.startIndex, tokens[index - 1].kind == .name else {
        return false
      }
      let isMember = index > tokens.startIndex + 2 && tokens[index - 2].is(".")
      return file.declarations.boxing.contains(tokens[index - 1].text)
        || isMember && Self.boxingPackages.contains(tokens[index - 3].text)
    }
  }

  private static let boxingPackages: Set<String> = ["fmt", "log", "slog", "json"]

  /// The sizes of what a value refers to: where the value itself may be boxed, another than its own.
  private mutating func size(ofValueAt index: Int, header: UInt64) -> LineConstruct.ObjectSize {
    if hasBoxingCall { return Self.larger }
    guard index > tokens.startIndex else { return .any }
    let before = tokens[index - 1]
    if before.is("=") || before.is(":=") || before.is("+=") { return .any }
    if isArgument(index) { return Self.larger }
    if before.is("return"), !isLiteral, !file.result(ofFunctionAround: line).mayBox { return .any }
    return .except(header)
  }

  /// The sizes of what is larger than boxes of most values.
  private static let larger = LineConstruct.ObjectSize.atLeast(LineConstruct.largestBox + 1)

  /// Whether what stands there is an argument that may be boxed, or stands beside one.
  private func isArgument(_ index: Int) -> Bool {
    let declarations = file.declarations
    return tokens.isArgument(index) {
      Self.language.contains($0) || declarations.boxless.contains($0)
    }
  }

  /// Functions of the language, and types that are often converted to, which box nothing.
  private static let language: Set<String> = GoValueKind.numbers.union([
    "append", "len", "cap", "copy", "string", "delete", "min", "max",
  ])
}
