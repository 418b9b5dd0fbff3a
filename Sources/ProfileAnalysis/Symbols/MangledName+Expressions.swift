extension MangledName {
  /// A value that template arguments and array bounds can have.
  mutating func expression() throws(NotUnderstood) -> [UInt8] {
    try nested { (self) throws(NotUnderstood) in try self.unboundedExpression() }
  }

  private mutating func unboundedExpression() throws(NotUnderstood) -> [UInt8] {
    switch peek() {
    case UInt8(ascii: "L"): return try literal()
    case UInt8(ascii: "T"): return try templateParameter().text
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "N"), UInt8(ascii: "S"):
      return try valueName()
    default: break
    }
    if skip("sr") { return try unresolvedName() }
    if skip("fp") || skip("fL") { return try functionParameter() }
    if skip("st") { return Self.call("sizeof ", try type().text) }
    if skip("sz") { return Self.call("sizeof ", try expression()) }
    if skip("sZ") { return try packSize() }
    if skip("at") { return Self.call("alignof ", try type().text) }
    if skip("az") { return Self.call("alignof ", try expression()) }
    if skip("nx") { return Self.call("noexcept", try expression()) }
    if skip("sp") { return try expression() + "...".utf8 }
    if skip("cl") {
      let callee = try expression()
      return callee + Self.call("", try expressions(upTo: "E"))
    }
    if skip("cv") {
      let target = try type().text
      let value = skip("_") ? try expressions(upTo: "E") : try expression()
      return Self.call("", target) + Self.call("", value)
    }
    if skip("tl") {
      let target = try type().text
      return target + "{".utf8 + (try expressions(upTo: "E")) + "}".utf8
    }
    if skip("il") { return "{".utf8 + (try expressions(upTo: "E")) + "}".utf8 }
    if skip("dt") { return try expression() + ".".utf8 + (try valueName()) }
    if skip("pt") { return try expression() + "->".utf8 + (try valueName()) }
    if skip("on") { return try operatorValue() }
    if skip("gs") { return "::".utf8 + (try expression()) }
    for (code, words) in [
      ("dc", "dynamic"), ("sc", "static"), ("cc", "const"), ("rc", "reinterpret"),
    ]
    where String(decoding: [peek(), peek(1)], as: UTF8.self) == code {
      _ = try take(2)
      let target = String(decoding: try type().text, as: UTF8.self)
      return Self.call("\(words)_cast<\(target)>", try expression())
    }
    return try operation()
  }

  private mutating func operation() throws(NotUnderstood) -> [UInt8] {
    let code = String(decoding: try take(2), as: UTF8.self)
    guard let sign = MangledOperators.signs[code] else { throw NotUnderstood() }
    if code == "ad", skip("L_Z") {
      // The address of a function is its name alone.
      let name = try encoding(.nameOfWhole)
      try expect("E")
      return Self.call(sign, name)
    }
    switch code {
    case "ps", "ng", "ad", "de", "co", "nt":
      return sign.utf8 + (try operand())
    case "pp", "mm":
      if skip("_") { return sign.utf8 + (try operand()) }
      return try operand() + sign.utf8
    case "qu":
      let parts = [try operand(), try operand(), try operand()]
      return parts[0] + "?".utf8 + parts[1] + " : ".utf8 + parts[2]
    case "ix": return try operand() + "[".utf8 + (try expression()) + "]".utf8
    default:
      let text = try operand() + sign.utf8 + (try operand())
      // A closing bracket of the template would be seen in it.
      return sign == ">" ? Self.call("", text) : text
    }
  }

  /// In brackets, but for names.
  private mutating func operand() throws(NotUnderstood) -> [UInt8] {
    let isName = isNext("sr") || isNext("fp") || isDigitNext
    let text = try expression()
    return isName ? text : Self.call("", text)
  }

  private static func call(_ name: String, _ text: [UInt8]) -> [UInt8] {
    name.utf8 + text.bracketed
  }

  private mutating func expressions(upTo end: StaticString) throws(NotUnderstood) -> [UInt8] {
    var values: [[UInt8]] = []
    while !skip(end) { values.append(try expression()) }
    return Array(values.joined(separator: ", ".utf8))
  }

  private mutating func functionParameter() throws(NotUnderstood) -> [UInt8] {
    if skip("T") { return Array("this".utf8) }
    if isDigitNext {
      _ = try number()
      try expect("p")
    }
    _ = qualifiers()
    return Array("{parm#\(try compactNumber() + 1)}".utf8)
  }

  private mutating func packSize() throws(NotUnderstood) -> [UInt8] {
    guard peek() == UInt8(ascii: "T") else {
      return Self.call("sizeof...", try expression())
    }
    let outer = packIndex
    packIndex = nil
    let argument = try templateParameter()
    packIndex = outer
    guard let pack = argument.pack else { return Self.call("sizeof...", argument.text) }
    return Array("\(pack.count)".utf8)
  }

  private mutating func operatorValue() throws(NotUnderstood) -> [UInt8] {
    var name = QualifiedName()
    let part = try operatorName(&name)
    return peek() == UInt8(ascii: "I") ? withArguments(part.text, try arguments()) : part.text
  }

  /// A name as a value, with its template arguments.
  private mutating func valueName() throws(NotUnderstood) -> [UInt8] {
    if skip("on") { return try operatorValue() }
    guard isDigitNext else {
      return peek() == UInt8(ascii: "S") || peek() == UInt8(ascii: "N")
        ? try type().text : try expression()
    }
    let name = try sourceName()
    return peek() == UInt8(ascii: "I") ? withArguments(name, try arguments()) : name
  }

  /// A member of a type that the template's arguments decide.
  private mutating func unresolvedName() throws(NotUnderstood) -> [UInt8] {
    if skip("N") {
      var text = try type().text
      while !skip("E") { text += "::".utf8 + (try valueName()) }
      return text + "::".utf8 + (try valueName())
    }
    if isDigitNext {
      var text: [UInt8] = []
      while !skip("E") { text += (try valueName()) + "::".utf8 }
      return text + (try valueName())
    }
    return try type().text + "::".utf8 + (try valueName())
  }

  /// A value with its type, or a function.
  mutating func literal() throws(NotUnderstood) -> [UInt8] {
    try expect("L")
    if skip("_Z") || skip("Z") {
      let text = try encoding(.all)
      try expect("E")
      return text
    }
    let kind = peek()
    let isBuiltIn = !"LKNS0123456789PTD".utf8.contains(kind) && peek(1) != UInt8(ascii: "_")
    let type = try type().text
    if skip("E") { return Self.call("", type) }
    let isNegative = skip("n")
    var digits: [UInt8] = []
    while peek() != UInt8(ascii: "E") { digits.append(try next()) }
    try expect("E")
    let value = (isNegative ? "-".utf8 : "".utf8) + digits
    guard isBuiltIn else { return Self.call("", type) + value }
    switch kind {
    case UInt8(ascii: "b") where digits == [0x30]: return Array("false".utf8)
    case UInt8(ascii: "b") where digits == [0x31]: return Array("true".utf8)
    case UInt8(ascii: "i"): return value
    case UInt8(ascii: "j"): return value + "u".utf8
    case UInt8(ascii: "l"): return value + "l".utf8
    case UInt8(ascii: "m"): return value + "ul".utf8
    case UInt8(ascii: "x"): return value + "ll".utf8
    case UInt8(ascii: "y"): return value + "ull".utf8
    case UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "g"):
      return Self.call("", type) + "[".utf8 + value + "]".utf8
    default: return Self.call("", type) + value
    }
  }
}

extension [UInt8] {
  fileprivate var bracketed: [UInt8] { Array("(".utf8) + self + Array(")".utf8) }
}

private func + (left: String.UTF8View, right: some Sequence<UInt8>) -> [UInt8] {
  Array(left) + Array(right)
}
