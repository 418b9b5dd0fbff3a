extension MangledName {
  /// What is shown of a function besides its name.
  enum Showing {
    /// Nothing; what follows the name is not even read.
    case name
    /// Nothing.
    case nameOfWhole
    /// Empty brackets: it only stands around what is named.
    case brackets
    /// The parameters.
    case parameters
    /// The parameters and the result.
    case all
  }

  /// A name with what it is of: a function with its parameters, or something special.
  mutating func encoding(_ showing: Showing) throws(NotUnderstood) -> [UInt8] {
    try nested { (self) throws(NotUnderstood) in
      if self.peek() == UInt8(ascii: "T") || self.peek() == UInt8(ascii: "G") {
        return try self.specialName()
      }
      var name = QualifiedName()
      try self.name(&name)
      let isEnd = self.isAtEnd || "E.".utf8.contains(self.peek())
      if showing == .name || isEnd { return name.text }
      let outer = self.templateArguments
      if let arguments = name.templateArguments { self.templateArguments = arguments }
      let result = name.isTemplate && !name.isSpecial ? try self.type() : DemangledPart([])
      let parameters = try self.parameters()
      self.templateArguments = outer
      switch showing {
      case .name, .nameOfWhole: return name.text
      case .brackets: return name.text + "()".utf8 + name.suffix
      case .parameters: return name.text + parameters + name.suffix
      case .all:
        let text = name.text + parameters + name.suffix
        guard !result.text.isEmpty else { return text }
        return result.left + (result.isWrapped ? "".utf8 : " ".utf8) + text + result.right
      }
    }
  }

  /// The parameters in their brackets, up to an `E` or the end.
  mutating func parameters() throws(NotUnderstood) -> [UInt8] {
    var types: [[UInt8]] = []
    while !isAtEnd, !"E.Q".utf8.contains(peek()) {
      if isNext("RE") || isNext("OE") { break }
      types.append(try type().text)
    }
    let shown = types.filter { !$0.isEmpty }
    if shown == [Array("void".utf8)] { return Array("()".utf8) }
    return Array("(".utf8) + shown.joined(separator: ", ".utf8) + Array(")".utf8)
  }

  /// A name and what is known of it.
  struct QualifiedName {
    var text: [UInt8] = []
    var lastName: [UInt8] = []
    /// The qualifiers of a method, as ` const`.
    var suffix: [UInt8] = []
    var isTemplate = false
    /// Whether it is a constructor, a destructor or a conversion: those have no result.
    var isSpecial = false
    var templateArguments: [DemangledPart]?

    mutating func append(_ part: DemangledPart) {
      text += (text.isEmpty ? "" : "::").utf8
      text += part.text
      lastName = part.lastName
      isTemplate = part.isTemplate
    }

    var part: DemangledPart {
      var part = DemangledPart(text)
      part.lastName = lastName
      part.isTemplate = isTemplate
      return part
    }
  }

  mutating func name(_ name: inout QualifiedName) throws(NotUnderstood) {
    switch peek() {
    case UInt8(ascii: "N"): return try nestedName(&name)
    case UInt8(ascii: "Z"): return try localName(&name)
    case UInt8(ascii: "S") where peek(1) != UInt8(ascii: "t"):
      name.append(try substitution())
      guard peek() == UInt8(ascii: "I") else { return }
    default:
      if skip("St") { name.text = Array("std".utf8) }
      name.append(try unqualifiedName(&name))
      guard peek() == UInt8(ascii: "I") else { return }
      try remember(name.part)
    }
    try appendTemplateArguments(to: &name)
  }

  private mutating func appendTemplateArguments(
    to name: inout QualifiedName
  ) throws(NotUnderstood) {
    let arguments = try self.arguments()
    name.text = withArguments(name.text, arguments)
    name.isTemplate = true
    name.templateArguments = arguments
  }

  /// The name with its template arguments, where they are shown.
  func withArguments(_ name: [UInt8], _ arguments: [DemangledPart]) -> [UInt8] {
    guard detail.showsTemplateArguments else { return name }
    var text = name
    if text.last == UInt8(ascii: "<") { text += " ".utf8 }
    text += "<".utf8
    text += arguments.map(\.text).filter { !$0.isEmpty }.joined(separator: ", ".utf8)
    if text.last == UInt8(ascii: ">") { text += " ".utf8 }
    return text + Array(">".utf8)
  }

  private mutating func nestedName(_ name: inout QualifiedName) throws(NotUnderstood) {
    try expect("N")
    _ = skip("H")
    let qualifiers = qualifiers()
    let reference = skip("R") ? " &" : skip("O") ? " &&" : ""
    try nested { (self) throws(NotUnderstood) in try self.prefix(&name) }
    name.suffix = Array((qualifiers + reference).utf8)
  }

  /// `const` and its like, each after a blank, in the order in which they are written.
  mutating func qualifiers() -> String {
    var marks = ""
    while true {
      if skip("r") {
        marks = " restrict" + marks
      } else if skip("V") {
        marks = " volatile" + marks
      } else if skip("K") {
        marks = " const" + marks
      } else {
        return marks
      }
    }
  }

  /// The parts of a nested name, and its end.
  private mutating func prefix(_ name: inout QualifiedName) throws(NotUnderstood) {
    while true {
      let isSubstitution = peek() == UInt8(ascii: "S")
      switch peek() {
      case UInt8(ascii: "E"):
        guard !name.text.isEmpty else { throw NotUnderstood() }
        _ = skip("E")
        return
      case UInt8(ascii: "I"):
        guard !name.text.isEmpty else { throw NotUnderstood() }
        try appendTemplateArguments(to: &name)
      case UInt8(ascii: "S"):
        if skip("St") {
          var part = DemangledPart("std")
          part.lastName = Array("std".utf8)
          name.append(part)
        } else {
          name.append(try substitution())
        }
      case UInt8(ascii: "T"): name.append(try templateParameter())
      case UInt8(ascii: "D") where peek(1) == UInt8(ascii: "T") || peek(1) == UInt8(ascii: "t"):
        name.append(try type())
        continue
      case UInt8(ascii: "C"), UInt8(ascii: "D"):
        if isNext("DC") {
          name.append(try unqualifiedName(&name))
        } else {
          try structor(&name)
        }
      case UInt8(ascii: "M"):
        // The variable that a lambda initializes.
        guard !name.text.isEmpty else { throw NotUnderstood() }
        _ = skip("M")
        continue
      default:
        name.isSpecial = false
        name.append(try unqualifiedName(&name))
      }
      if !isSubstitution, peek() != UInt8(ascii: "E") { try remember(name.part) }
    }
  }

  /// A constructor or destructor, which is called after its class.
  private mutating func structor(_ name: inout QualifiedName) throws(NotUnderstood) {
    guard !name.lastName.isEmpty else { throw NotUnderstood() }
    let isConstructor = try next() == UInt8(ascii: "C")
    let inherits = isConstructor && skip("I")
    guard (0x30...0x39).contains(try next()) else { throw NotUnderstood() }
    if inherits { _ = try type() }
    var part = DemangledPart((isConstructor ? [] : Array("~".utf8)) + name.lastName)
    part.lastName = name.lastName
    try addTags(to: &part)
    name.append(part)
    name.isSpecial = true
  }

  private mutating func localName(_ name: inout QualifiedName) throws(NotUnderstood) {
    try expect("Z")
    let scope = try encoding(detail.showsArguments ? .parameters : .brackets)
    try expect("E")
    if skip("s") {
      try discriminator()
      name.text = scope + Array("::string literal".utf8)
      return
    }
    var mark: [UInt8] = []
    if skip("d") { mark = Array("{default arg#\(try compactNumber() + 1)}::".utf8) }
    try nested { (self) throws(NotUnderstood) in try self.name(&name) }
    name.text = scope + Array("::".utf8) + mark + name.text
    try discriminator()
  }

  /// What tells apart things of one name in a function; not shown.
  private mutating func discriminator() throws(NotUnderstood) {
    guard skip("_") else { return }
    if skip("_") {
      guard try number() != nil else { throw NotUnderstood() }
      try expect("_")
    } else if isDigitNext {
      _ = try next()
    }
  }

  /// - Parameter name: that it is a part of.
  mutating func unqualifiedName(
    _ name: inout QualifiedName
  ) throws(NotUnderstood) -> DemangledPart {
    let isFriend = skip("F")
    var part: DemangledPart
    if isDigitNext {
      part = DemangledPart(try sourceName())
    } else if isLowerNext {
      part = try operatorName(&name)
    } else if skip("L") {
      part = DemangledPart(try sourceName())
      try discriminator()
    } else if skip("DC") {
      var bindings: [[UInt8]] = []
      while !skip("E") { bindings.append(try sourceName()) }
      part = DemangledPart("[".utf8 + bindings.joined(separator: ", ".utf8) + "]".utf8)
    } else if skip("Ul") {
      part = try closure()
    } else if skip("Ut") {
      part = DemangledPart("{unnamed type#\(try compactNumber() + 1)}")
    } else if skip("Ub") {
      _ = try compactNumber()
      part = DemangledPart("'block-literal'")
    } else {
      throw NotUnderstood()
    }
    part.lastName = part.left
    try addTags(to: &part)
    if isFriend { part.left += "[friend]".utf8 }
    return part
  }

  private mutating func addTags(to part: inout DemangledPart) throws(NotUnderstood) {
    while skip("B") { part.left += "[abi:".utf8 + (try sourceName()) + "]".utf8 }
  }

  mutating func sourceName() throws(NotUnderstood) -> [UInt8] {
    guard let count = try number() else { throw NotUnderstood() }
    let name = try take(count)
    let isAnonymous =
      name.count > 10 && name.starts(with: "_GLOBAL_".utf8) && "._$".utf8.contains(name[8])
      && name[9] == UInt8(ascii: "N")
    return isAnonymous ? Array("(anonymous namespace)".utf8) : name
  }

  private mutating func closure() throws(NotUnderstood) -> DemangledPart {
    let outer = isInLambda
    isInLambda = true
    let parameters = try parameters()
    isInLambda = outer
    try expect("E")
    let number = try compactNumber() + 1
    return DemangledPart("{lambda".utf8 + parameters + "#\(number)}".utf8)
  }

  /// An operator as a function's name, a conversion, or a literal's suffix.
  mutating func operatorName(_ name: inout QualifiedName) throws(NotUnderstood) -> DemangledPart {
    if skip("cv") { return try conversion(&name) }
    if skip("li") { return DemangledPart("operator\"\" ".utf8 + (try sourceName())) }
    if peek() == UInt8(ascii: "v"), (0x30...0x39).contains(peek(1)) {
      _ = try take(2)
      return DemangledPart("operator ".utf8 + (try sourceName()))
    }
    let code = String(decoding: try take(2), as: UTF8.self)
    guard let sign = MangledOperators.signs[code] else { throw NotUnderstood() }
    let isWord = sign.utf8.first.map { (0x61...0x7A).contains($0) } ?? false
    return DemangledPart("operator\(isWord ? " " : "")\(sign)")
  }

  /// The target of a conversion can name template arguments that only follow it.
  private mutating func conversion(
    _ name: inout QualifiedName
  ) throws(NotUnderstood) -> DemangledPart {
    name.isSpecial = true
    let (start, known, outer) = (position, substitutions, templateArguments)
    let wasBefore = isBeforeArguments
    isBeforeArguments = true
    var target = try type()
    let end = position
    let after = substitutions
    if peek() == UInt8(ascii: "I") {
      templateArguments = try arguments()
      goBack(to: start)
      substitutions = known
      target = try type()
      templateArguments = outer
      goBack(to: end)
      substitutions = after
    }
    isBeforeArguments = wasBefore
    return DemangledPart("operator ".utf8 + target.text)
  }

  /// What the compiler makes beside functions.
  private mutating func specialName() throws(NotUnderstood) -> [UInt8] {
    func after(_ words: String, _ text: [UInt8]) -> [UInt8] { Array(words.utf8) + text }
    switch String(decoding: try take(2), as: UTF8.self) {
    case "TV": return after("vtable for ", try type().text)
    case "TT": return after("VTT for ", try type().text)
    case "TI": return after("typeinfo for ", try type().text)
    case "TS": return after("typeinfo name for ", try type().text)
    case "TA": return after("template parameter object for ", try argument().text)
    case "TW": return after("TLS wrapper function for ", try namedText())
    case "TH": return after("TLS init function for ", try namedText())
    case "Th":
      try callOffset(isVirtual: false)
      return after("non-virtual thunk to ", try encoding(.all))
    case "Tv":
      try callOffset(isVirtual: true)
      return after("virtual thunk to ", try encoding(.all))
    case "Tc":
      for _ in 0..<2 { try callOffset(isVirtual: try next() == UInt8(ascii: "v")) }
      return after("covariant return thunk to ", try encoding(.all))
    case "TC":
      let derived = try type()
      _ = try number()
      try expect("_")
      return after("construction vtable for ", try type().text + "-in-".utf8 + derived.text)
    case "GV": return after("guard variable for ", try namedText())
    case "GR":
      let name = try namedText()
      var count = 0
      if peek() == UInt8(ascii: "_") || isDigitNext { count = try compactNumber() }
      return after("reference temporary #\(count) for ", name)
    case "GA": return after("hidden alias for ", try encoding(.all))
    case "GT":
      let isSafe = try next() == UInt8(ascii: "t")
      let words = (isSafe ? "" : "non-") + "transaction clone for "
      return after(words, try encoding(.all))
    default: throw NotUnderstood()
    }
  }

  private mutating func namedText() throws(NotUnderstood) -> [UInt8] {
    var name = QualifiedName()
    try self.name(&name)
    return name.text + name.suffix
  }

  private mutating func callOffset(isVirtual: Bool) throws(NotUnderstood) {
    for _ in 0..<(isVirtual ? 2 : 1) {
      _ = skip("n")
      _ = try number()
      try expect("_")
    }
  }
}

private func + (left: String.UTF8View, right: some Sequence<UInt8>) -> [UInt8] {
  Array(left) + Array(right)
}
