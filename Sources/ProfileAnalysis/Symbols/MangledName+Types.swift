extension MangledName {
  /// A type; all but those of one letter can be referred to from here on.
  mutating func type() throws(NotUnderstood) -> DemangledPart {
    try nested { (self) throws(NotUnderstood) in try self.unboundedType() }
  }

  private mutating func unboundedType() throws(NotUnderstood) -> DemangledPart {
    switch peek() {
    case UInt8(ascii: "r"), UInt8(ascii: "V"), UInt8(ascii: "K"):
      let qualifiers = qualifiers()
      return try remembering(try type().adding(qualifiers, wraps: false))
    case UInt8(ascii: "U"):
      guard peek(1) != UInt8(ascii: "l"), peek(1) != UInt8(ascii: "t") else {
        return try remembering(try namedType())
      }
      _ = try next()
      let qualifier = String(decoding: try sourceName(), as: UTF8.self)
      return try remembering(try type().adding(" " + qualifier, wraps: false))
    case UInt8(ascii: "P"):
      _ = try next()
      return try remembering(try type().adding("*", wraps: true))
    case UInt8(ascii: "R"):
      _ = try next()
      return try remembering(try type().reference("&"))
    case UInt8(ascii: "O"):
      _ = try next()
      return try remembering(try type().reference("&&"))
    case UInt8(ascii: "C"):
      _ = try next()
      return try remembering(try type().adding(" _Complex", wraps: false))
    case UInt8(ascii: "G"):
      _ = try next()
      return try remembering(try type().adding(" _Imaginary", wraps: false))
    case UInt8(ascii: "F"): return try remembering(try function())
    case UInt8(ascii: "A"): return try remembering(try array())
    case UInt8(ascii: "M"): return try remembering(try pointerToMember())
    case UInt8(ascii: "T"):
      if "sue".utf8.contains(peek(1)) {
        _ = try take(2)
        return try remembering(try namedType())
      }
      let parameter = try remembering(try templateParameter())
      guard peek() == UInt8(ascii: "I"), !isBeforeArguments else { return parameter }
      return try remembering(try applied(parameter))
    case UInt8(ascii: "S") where peek(1) != UInt8(ascii: "t"):
      let known = try substitution()
      guard peek() == UInt8(ascii: "I") else { return known }
      return try remembering(try applied(known))
    case UInt8(ascii: "D"): return try longType()
    case UInt8(ascii: "u"):
      _ = try next()
      var part = DemangledPart(try sourceName())
      if peek() == UInt8(ascii: "I") { part = try applied(part) }
      return try remembering(part)
    case UInt8(ascii: "a")...UInt8(ascii: "z"):
      guard let name = MangledOperators.types[try next()] else { throw NotUnderstood() }
      return DemangledPart(name)
    default: return try remembering(try namedType())
    }
  }

  private mutating func remembering(
    _ part: DemangledPart
  ) throws(NotUnderstood) -> DemangledPart {
    try remember(part)
    return part
  }

  private mutating func namedType() throws(NotUnderstood) -> DemangledPart {
    var name = QualifiedName()
    try self.name(&name)
    return name.part
  }

  /// The template with the arguments that follow.
  private mutating func applied(_ template: DemangledPart) throws(NotUnderstood) -> DemangledPart {
    var part = DemangledPart(withArguments(template.text, try arguments()))
    part.lastName = template.lastName
    part.isTemplate = true
    return part
  }

  private mutating func function() throws(NotUnderstood) -> DemangledPart {
    try expect("F")
    _ = skip("Y")
    let result = try type()
    let parameters = try parameters()
    let reference = skip("R") ? " &" : skip("O") ? " &&" : ""
    try expect("E")
    var part = DemangledPart(result.left)
    part.right = parameters + reference.utf8 + result.right
    part.kind = .function
    part.isWrapped = result.isWrapped
    return part
  }

  private mutating func array() throws(NotUnderstood) -> DemangledPart {
    try expect("A")
    var bound: [UInt8] = []
    if let number = try number() {
      bound = Array("\(number)".utf8)
    } else if peek() != UInt8(ascii: "_") {
      bound = try expression()
    }
    try expect("_")
    let element = try type()
    var part = DemangledPart(element.left)
    let inner = element.kind == .array ? Array(element.right.dropFirst()) : element.right
    part.right = Array(" [".utf8) + bound + "]".utf8 + inner
    part.kind = .array
    return part
  }

  private mutating func pointerToMember() throws(NotUnderstood) -> DemangledPart {
    try expect("M")
    let scope = String(decoding: try type().text, as: UTF8.self)
    let member = try type()
    return member.kind == .plain
      ? member.adding(" \(scope)::*", wraps: true) : member.adding("\(scope)::*", wraps: true)
  }

  /// The types that begin with `D`.
  private mutating func longType() throws(NotUnderstood) -> DemangledPart {
    try expect("D")
    let kind = try next()
    switch kind {
    case UInt8(ascii: "t"), UInt8(ascii: "T"):
      let expression = try expression()
      try expect("E")
      return try remembering(
        DemangledPart("decltype (\(String(decoding: expression, as: UTF8.self)))"))
    case UInt8(ascii: "p"): return try remembering(try expansion())
    case UInt8(ascii: "o"), UInt8(ascii: "O"), UInt8(ascii: "w"):
      // What a function may throw is not shown.
      if kind == UInt8(ascii: "O") {
        _ = try expression()
        try expect("E")
      } else if kind == UInt8(ascii: "w") {
        while !skip("E") { _ = try type() }
      }
      return try remembering(try function())
    case UInt8(ascii: "v"):
      let size: [UInt8]
      if let number = try number() {
        size = Array("\(number)".utf8)
      } else {
        _ = skip("_")
        size = try expression()
      }
      try expect("_")
      let element = try type()
      let words = " __vector(\(String(decoding: size, as: UTF8.self)))"
      return try remembering(element.adding(words, wraps: false))
    case UInt8(ascii: "F"):
      guard let bits = try number() else { throw NotUnderstood() }
      let extended = skip("x") ? "x" : ""
      if extended.isEmpty { try expect("_") }
      return DemangledPart("_Float\(bits)\(extended)")
    default:
      guard let name = MangledOperators.longTypes[kind] else { throw NotUnderstood() }
      return DemangledPart(name)
    }
  }

  /// A pattern, once for each element of the pack in it.
  private mutating func expansion() throws(NotUnderstood) -> DemangledPart {
    let (start, outerIndex, outerLength) = (position, packIndex, packLength)
    (packIndex, packLength) = (0, nil)
    let first = try type()
    let (end, known, length) = (position, substitutions, packLength)
    var result = DemangledPart([])
    result.pack = []
    guard let length else {
      // Nothing is known of the pack.
      (packIndex, packLength) = (outerIndex, outerLength)
      var part = first
      part.left += "...".utf8
      return part
    }
    for index in 0..<length {
      packIndex = index
      goBack(to: start)
      result.pack?.append(index == 0 ? first : try type())
      goBack(to: end)
      substitutions = known
    }
    (packIndex, packLength) = (outerIndex, outerLength)
    return result
  }

  /// `T_`, `T0_` and so on: an argument of the template that the name is in.
  mutating func templateParameter() throws(NotUnderstood) -> DemangledPart {
    try expect("T")
    if skip("L") {
      _ = try compactNumber()
    }
    let index = try compactNumber()
    if isInLambda { return DemangledPart("auto:\(index + 1)") }
    guard index < templateArguments.count else {
      guard isBeforeArguments else { throw NotUnderstood() }
      return DemangledPart("auto")
    }
    let argument = templateArguments[index]
    guard let pack = argument.pack, let packIndex else { return argument }
    packLength = max(packLength ?? 0, pack.count)
    return packIndex < pack.count ? pack[packIndex] : DemangledPart([])
  }

  /// `S_`, `S0_` and so on, or one of the best-known names, which have letters of their own.
  mutating func substitution() throws(NotUnderstood) -> DemangledPart {
    try expect("S")
    if peek() == UInt8(ascii: "_") || isDigitNext || (0x41...0x5A).contains(peek()) {
      var index: Int?
      while !skip("_") {
        let byte = try next()
        let digit = byte < 0x3A ? Int(byte) - 0x30 : Int(byte) - 0x41 + 10
        guard (0..<36).contains(digit), index ?? 0 < 1 << 20 else { throw NotUnderstood() }
        index = (index ?? 0) * 36 + digit
      }
      let number = index.map { $0 + 1 } ?? 0
      guard number < substitutions.count else { throw NotUnderstood() }
      return substitutions[number]
    }
    guard let known = MangledOperators.standardNames[try next()] else { throw NotUnderstood() }
    let isSpecial = peek() == UInt8(ascii: "C") || peek() == UInt8(ascii: "D")
    var part = DemangledPart("std::" + known.name)
    part.lastName = Array(known.name.utf8)
    // Constructors of these are named after what they are aliases of.
    if isSpecial, let template = known.template {
      let arguments = detail.showsTemplateArguments ? known.arguments : ""
      part = DemangledPart("std::" + template + arguments)
      part.lastName = Array(template.utf8)
    }
    while skip("B") { part.left += Array("[abi:".utf8) + (try sourceName()) + "]".utf8 }
    return part
  }

  /// The arguments between `I` and `E`.
  mutating func arguments() throws(NotUnderstood) -> [DemangledPart] {
    try expect("I")
    var arguments: [DemangledPart] = []
    while !skip("E") { arguments.append(try argument()) }
    return arguments
  }

  mutating func argument() throws(NotUnderstood) -> DemangledPart {
    try nested { (self) throws(NotUnderstood) in
      switch self.peek() {
      case UInt8(ascii: "L"): return DemangledPart(try self.literal())
      case UInt8(ascii: "X"):
        _ = try self.next()
        let expression = try self.expression()
        try self.expect("E")
        return DemangledPart(expression)
      case UInt8(ascii: "J"):
        _ = try self.next()
        var pack = DemangledPart([])
        pack.pack = []
        while !self.skip("E") { pack.pack?.append(try self.argument()) }
        return pack
      default: return try self.type()
      }
    }
  }
}
