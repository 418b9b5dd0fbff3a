/// What a file declares at the outermost level: types, variables, fields, and what functions return.
struct GoDeclarations {
  private(set) var types: [String: GoValueKind] = [:]
  private(set) var variables: [String: GoValueKind] = [:]
  /// Values of variables and constants without a type.
  private(set) var values: [String: [GoToken]] = [:]
  /// By the name alone; unknown where structs disagree.
  private(set) var fields: [String: GoValueKind] = [:]
  /// What functions and methods with one result return; unknown where those of one name disagree.
  private(set) var results: [String: GoValueKind] = [:]
  /// Functions whose arguments may be put into interfaces, and those whose arguments never are.
  private(set) var boxing: Set<String> = []
  private(set) var boxless: Set<String> = []
  private(set) var variadic: Set<String> = []
  private var block = Block.none

  /// Functions of which one at least may box.
  private var unclear: Set<String> = []

  private enum Block {
    case none, variables, fields, types
  }

  /// Whether lines that are indented are of interest.
  var isInBlock: Bool { block != .none }

  func type(_ name: String) -> GoValueKind? { types[name] }

  mutating func read(_ tokens: [GoToken], isOutermost: Bool) {
    guard isOutermost else {
      switch block {
      case .variables: readVariables(tokens[...])
      case .fields: readField(tokens)
      case .types: readType(tokens[...])
      case .none: break
      }
      return
    }
    block = .none
    let opens = tokens.count == 2 && tokens[1].is("(")
    switch tokens[0].text {
    case "var", "const":
      if opens { block = .variables } else { readVariables(tokens[1...]) }
    case "type":
      if opens { block = .types } else { readType(tokens[1...]) }
    case "func": readFunction(tokens[...])
    default: break
    }
  }

  private mutating func readVariables(_ tokens: ArraySlice<GoToken>) {
    let sides = tokens.split(at: ["="])
    let left = sides[0].split(at: [","])
    guard let last = left.last, left.allSatisfy({ $0.first?.kind == .name }) else { return }
    if last.count > 1 {
      let kind = GoValueKind(type: last.dropFirst(), named: type)
      for name in left { variables[name[name.startIndex].text] = kind }
      return
    }
    let right = sides.count > 1 ? sides[1].split(at: [","]) : []
    guard right.count == left.count else { return }
    for (name, value) in zip(left, right) { values[name[name.startIndex].text] = Array(value) }
  }

  private mutating func readField(_ tokens: [GoToken]) {
    let names = tokens[...].split(at: [","])
    guard let last = names.last, last.count > 1, names.allSatisfy({ $0.first?.kind == .name })
    else { return }
    let kind = GoValueKind(type: last.dropFirst(), named: type)
    for name in names {
      let name = name[name.startIndex].text
      fields[name] = fields[name].map { $0 == kind ? kind : .unknown } ?? kind
    }
  }

  private mutating func readType(_ tokens: ArraySlice<GoToken>) {
    guard let name = tokens.first, name.kind == .name else { return }
    var rest = tokens.dropFirst()
    // Type parameters have a name and a constraint; an array has neither, or one length.
    if rest.first?.is("[") == true, let close = rest.closing(of: rest.startIndex),
      close > rest.startIndex + 2
    {
      rest = rest[(close + 1)...]
    }
    if rest.first?.is("struct") == true {
      if rest.last?.is("{") == true { block = .fields }
      types[name.text] = .structure
      return
    }
    types[name.text] = GoValueKind(type: rest, named: type)
  }

  private mutating func readFunction(_ tokens: ArraySlice<GoToken>) {
    var index = tokens.startIndex + 1
    // The receiver.
    if index < tokens.endIndex, tokens[index].is("(") {
      guard let close = tokens.closing(of: index) else { return }
      index = close + 1
    }
    guard index + 1 < tokens.endIndex, tokens[index].kind == .name else { return }
    let name = tokens[index].text
    index += 1
    if tokens[index].is("["), let close = tokens.closing(of: index) { index = close + 1 }
    guard index < tokens.endIndex, tokens[index].is("("), let close = tokens.closing(of: index)
    else { return }
    readParameters(of: name, tokens[(index + 1)..<close])
    let rest = tokens[(close + 1)...]
    let kind =
      rest.first.map { $0.is("(") || $0.is("{") } != false
      ? .unknown : GoValueKind(type: rest, named: type)
    results[name] = results[name].map { $0 == kind ? kind : .unknown } ?? kind
  }

  private mutating func readParameters(of name: String, _ list: ArraySlice<GoToken>) {
    var parameters: [String: GoValueKind] = [:]
    Self.read(list, types, into: &parameters)
    let isVariadic = list.contains { $0.is("...") }
    let mayBox = parameters.values.contains { $0.mayBox || $0 == .slice(element: .interface) }
    if isVariadic { variadic.insert(name) }
    if isVariadic || parameters.values.contains(.interface) { boxing.insert(name) }
    if mayBox || isVariadic || boxing.contains(name) {
      boxless.remove(name)
      unclear.insert(name)
    } else if !unclear.contains(name) {
      boxless.insert(name)
    }
  }

  /// The parameters and named results of all functions whose headers are in a line.
  static func parameters(
    in tokens: ArraySlice<GoToken>, _ types: [String: GoValueKind]
  ) -> [String: GoValueKind] {
    var found: [String: GoValueKind] = [:]
    for start in tokens.indices where tokens[start].is("func") {
      var index = start + 1
      while index < tokens.endIndex {
        if tokens[index].kind == .name {
          index += 1
        } else if tokens[index].is("["), let close = tokens.closing(of: index) {
          index = close + 1
        } else if tokens[index].is("(") {
          let close = tokens.closing(of: index)
          read(tokens[(index + 1)..<(close ?? tokens.endIndex)], types, into: &found)
          guard let close else { break }
          index = close + 1
        } else {
          break
        }
      }
    }
    return found
  }

  /// `a, b string, c int`: names without a type have that of the next that has one.
  private static func read(
    _ list: ArraySlice<GoToken>, _ types: [String: GoValueKind],
    into found: inout [String: GoValueKind]
  ) {
    var kind = GoValueKind.unknown
    for part in list.split(at: [","]).reversed() {
      guard let name = part.first, name.kind == .name else { continue }
      if part.count > 1, !part[part.startIndex + 1].is(".") {
        kind = GoValueKind(type: part.dropFirst()) { types[$0] }
      }
      found[name.text] = kind
    }
  }
}
