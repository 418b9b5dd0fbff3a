extension ArraySlice<GoToken> {
  /// The tokens between the braces of a function literal's body that begins in this line.
  ///
  /// - Parameter index: where `func` may stand.
  func body(ofLiteralAt index: Int) -> Range<Int>? {
    guard index < endIndex, self[index].is("func"), index + 1 < endIndex, self[index + 1].is("("),
      let close = closing(of: index + 1), let open = openingOfBody(after: close)
    else { return nil }
    return (open + 1)..<(closing(of: open) ?? endIndex)
  }

  /// What stands in the body of the function that this line declares; nil where that is in other lines.
  func body(ofHeader: Void) -> ArraySlice<GoToken>? {
    var index = startIndex + 1
    while index < endIndex, self[index].kind == .name || self[index].is("(") || self[index].is("[")
    {
      guard self[index].kind == .symbol else {
        index += 1
        continue
      }
      guard let close = closing(of: index) else { return nil }
      index = close + 1
      guard index < endIndex, self[close].is(")"), index > startIndex + 2,
        let open = openingOfBody(after: close), open == index || isResult(index..<open)
      else { continue }
      let end = closing(of: open)
      return end.map { self[(open + 1)..<$0] }
    }
    return nil
  }

  /// Whether what stands before a body is a function's results, and not its name.
  private func isResult(_ range: Range<Int>) -> Bool {
    !self[range].contains { $0.is("(") } || self[range.lowerBound].is("(")
  }

  /// The brace that opens a body after the parameters that close at `close`.
  private func openingOfBody(after close: Int) -> Int? {
    var index = close + 1
    while index < endIndex {
      let token = self[index]
      if token.is("{") { return index }
      if token.is("("), let end = closing(of: index) {
        index = end + 1
      } else if token.is("struct") || token.is("interface"), index + 1 < endIndex,
        self[index + 1].is("{"), let end = closing(of: index + 1)
      {
        index = end + 1
      } else if token.kind == .name || ["*", "[", "]", ".", "<-"].contains(token.text) {
        index += 1
      } else {
        return nil
      }
    }
    return nil
  }

  /// The brace that opens a composite literal whose type begins at `start`; nil where that is no
  /// literal.
  func literalType(at start: Int) -> Int? {
    var index = start
    while index < endIndex {
      let token = self[index]
      if token.is("{") { return index > start ? index : nil }
      if token.is("["), let close = closing(of: index) {
        index = close + 1
      } else if token.is("struct") || token.is("interface"), index + 1 < endIndex,
        self[index + 1].is("{"), let end = closing(of: index + 1)
      {
        index = end + 1
      } else if token.kind == .name || token.is("*") || token.is(".") {
        index += 1
      } else {
        return nil
      }
    }
    return nil
  }

  /// The operands of the sum whose operator stands at `index`, and whether they stand in an index.
  func operands(around index: Int) -> (range: Range<Int>, isIndex: Bool) {
    let ends: Set<String> = [
      "=", ":=", ",", ";", "==", "!=", "<", ">", "<=", ">=", "&&", "||", "<-", ":", "return",
    ]
    var (lower, upper, depth) = (index, index + 1, 0)
    if self[index].is("+=") {
      lower = startIndex
    } else {
      scan: while lower > startIndex {
        let token = self[lower - 1]
        if [")", "]", "}"].contains(token.text), token.kind == .symbol { depth += 1 }
        if ["(", "[", "{"].contains(token.text), token.kind == .symbol { depth -= 1 }
        if depth < 0 || depth == 0 && (ends.contains(token.text) || token.is("+=")) { break scan }
        lower -= 1
      }
    }
    depth = 0
    while upper < endIndex {
      let token = self[upper]
      if ["(", "[", "{"].contains(token.text), token.kind == .symbol { depth += 1 }
      if [")", "]", "}"].contains(token.text), token.kind == .symbol { depth -= 1 }
      if depth < 0 || depth == 0 && ends.contains(token.text) && !token.is(":") { break }
      upper += 1
    }
    return (lower..<upper, lower > startIndex && self[lower - 1].is("["))
  }

  /// Whether the token stands among the arguments of a call, but for those of functions that are known
  /// not to box them.
  func isArgument(_ index: Int, except boxless: (String) -> Bool) -> Bool {
    var depth = 0
    var at = index - 1
    while at >= startIndex {
      let token = self[at]
      if token.kind == .symbol {
        if [")", "]", "}"].contains(token.text) { depth += 1 }
        if ["(", "[", "{"].contains(token.text) {
          depth -= 1
          if depth < 0 {
            depth = 0
            if token.is("("), at > startIndex, self[at - 1].kind == .name, self[at - 1].endsOperand,
              !boxless(self[at - 1].text)
            {
              return true
            }
          }
        }
      }
      at -= 1
    }
    return false
  }
}
