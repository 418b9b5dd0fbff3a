/// Reads names as Rust's newer compilers mangle them: they begin with `_R`.
///
/// The spelling is that of `rustfilt` without hashes.
struct RustV0Name {
  private struct NotUnderstood: Error {}

  private let input: [UInt8]
  private let showsArguments: Bool
  private var position = 2
  private var output: [UInt8] = []
  /// Whether what is read is printed; impl paths are not.
  private var isSilent = false
  private var lifetimes = 0
  private var depth = 0
  private var steps = 0

  private static let limit = 1 << 16

  /// The name to show; nil where it is not understood.
  ///
  /// - Parameter showsArguments: whether generic arguments stand in their angle brackets.
  static func demangled(_ name: [UInt8], showsArguments: Bool) -> [UInt8]? {
    // What follows a point was added later.
    let end = name.firstIndex(of: UInt8(ascii: ".")) ?? name.count
    var name = RustV0Name(input: Array(name[..<end]), showsArguments: showsArguments)
    // A digit would be the version of a mangling to come.
    if name.peek.map({ (0x30...0x39).contains($0) }) ?? true { return nil }
    do throws(NotUnderstood) {
      try name.path(inValue: true)
      // The crate that needed the function may follow.
      name.isSilent = true
      if name.peek != nil { try name.path(inValue: false) }
      return name.peek == nil ? name.output : nil
    } catch {
      return nil
    }
  }

  private init(input: [UInt8], showsArguments: Bool) {
    self.input = input
    self.showsArguments = showsArguments
  }

  private var peek: UInt8? { position < input.count ? input[position] : nil }

  private mutating func next() throws(NotUnderstood) -> UInt8 {
    guard let byte = peek else { throw NotUnderstood() }
    position += 1
    return byte
  }

  private mutating func skip(_ byte: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func write(_ text: some Sequence<UInt8>) throws(NotUnderstood) {
    guard !isSilent else { return }
    output += text
    guard output.count < Self.limit else { throw NotUnderstood() }
  }

  private mutating func write(_ text: String) throws(NotUnderstood) { try write(text.utf8) }

  private mutating func nested(
    _ body: (inout RustV0Name) throws(NotUnderstood) -> Void
  ) throws(NotUnderstood) {
    depth += 1
    steps += 1
    guard depth < 128, steps < 1 << 15 else { throw NotUnderstood() }
    try body(&self)
    depth -= 1
  }

  /// Reads at the place that a reference gives, and comes back.
  private mutating func referred(
    _ body: (inout RustV0Name) throws(NotUnderstood) -> Void
  ) throws(NotUnderstood) {
    let start = position - 1
    let target = try base62() &+ 2
    guard target >= 2, target < start else { throw NotUnderstood() }
    // What is not printed was read where it stands.
    guard !isSilent else { return }
    let back = position
    position = target
    try nested(body)
    position = back
  }

  // MARK: Paths

  private mutating func path(inValue: Bool) throws(NotUnderstood) {
    try nested { (self) throws(NotUnderstood) in try self.unboundedPath(inValue: inValue) }
  }

  private mutating func unboundedPath(inValue: Bool) throws(NotUnderstood) {
    switch try next() {
    case UInt8(ascii: "C"):
      _ = try disambiguator()
      try write(try identifier())
    case UInt8(ascii: "M"):
      try implementationPath()
      try write("<")
      try type()
      try write(">")
    case UInt8(ascii: "X"):
      try implementationPath()
      try trait()
    case UInt8(ascii: "Y"): try trait()
    case UInt8(ascii: "N"): try nestedPath(inValue: inValue)
    case UInt8(ascii: "I"):
      try path(inValue: inValue)
      try write(inValue ? "::<" : "<")
      try arguments()
      try write(">")
    case UInt8(ascii: "B"):
      try referred { (self) throws(NotUnderstood) in try self.path(inValue: inValue) }
    default: throw NotUnderstood()
    }
  }

  private mutating func nestedPath(inValue: Bool) throws(NotUnderstood) {
    let kind = try next()
    try path(inValue: inValue)
    let number = try disambiguator()
    let name = try identifier()
    switch kind {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
      let words = [UInt8(ascii: "C"): "closure", UInt8(ascii: "S"): "shim"]
      try write("::{")
      try write(words[kind] ?? String(decoding: [kind], as: UTF8.self))
      if !name.isEmpty { try write(":".utf8 + name) }
      try write("#\(number)}")
    case UInt8(ascii: "a")...UInt8(ascii: "z"):
      if !name.isEmpty { try write("::".utf8 + name) }
    default: throw NotUnderstood()
    }
  }

  private mutating func implementationPath() throws(NotUnderstood) {
    let wasSilent = isSilent
    isSilent = true
    _ = try disambiguator()
    try path(inValue: false)
    isSilent = wasSilent
  }

  private mutating func trait() throws(NotUnderstood) {
    try write("<")
    try type()
    try write(" as ")
    try path(inValue: false)
    try write(">")
  }

  private mutating func arguments() throws(NotUnderstood) {
    let wasSilent = isSilent
    if !showsArguments { isSilent = true }
    var isFirst = true
    while !skip("E") {
      if !isFirst { try write(", ") }
      isFirst = false
      if skip("L") {
        try lifetime(try base62())
      } else if skip("K") {
        try constant()
      } else {
        try type()
      }
    }
    isSilent = wasSilent
  }

  // MARK: Types

  private static let basicTypes: [UInt8: String] = Dictionary(
    uniqueKeysWithValues: [
      ("a", "i8"), ("b", "bool"), ("c", "char"), ("d", "f64"), ("e", "str"), ("f", "f32"),
      ("h", "u8"), ("i", "isize"), ("j", "usize"), ("l", "i32"), ("m", "u32"), ("n", "i128"),
      ("o", "u128"), ("s", "i16"), ("t", "u16"), ("u", "()"), ("v", "..."), ("x", "i64"),
      ("y", "u64"), ("z", "!"), ("p", "_"),
    ].map { (letter: String, name: String) in (letter.utf8.first ?? 0, name) })

  private mutating func type() throws(NotUnderstood) {
    try nested { (self) throws(NotUnderstood) in try self.unboundedType() }
  }

  private mutating func unboundedType() throws(NotUnderstood) {
    let kind = try next()
    if let name = Self.basicTypes[kind] { return try write(name) }
    switch kind {
    case UInt8(ascii: "A"), UInt8(ascii: "S"):
      try write("[")
      try type()
      if kind == UInt8(ascii: "A") {
        try write("; ")
        try constant()
      }
      try write("]")
    case UInt8(ascii: "T"): try tuple()
    case UInt8(ascii: "R"), UInt8(ascii: "Q"):
      try write("&")
      if skip("L") {
        let index = try base62()
        if index > 0 {
          try lifetime(index)
          try write(" ")
        }
      }
      if kind == UInt8(ascii: "Q") { try write("mut ") }
      try type()
    case UInt8(ascii: "P"), UInt8(ascii: "O"):
      try write(kind == UInt8(ascii: "P") ? "*const " : "*mut ")
      try type()
    case UInt8(ascii: "F"): try function()
    case UInt8(ascii: "D"): try dynamicTrait()
    case UInt8(ascii: "B"):
      try referred { (self) throws(NotUnderstood) in try self.type() }
    default:
      position -= 1
      try path(inValue: false)
    }
  }

  private mutating func tuple() throws(NotUnderstood) {
    try write("(")
    var count = 0
    while !skip("E") {
      if count > 0 { try write(", ") }
      count += 1
      try type()
    }
    try write(count == 1 ? ",)" : ")")
  }

  private mutating func function() throws(NotUnderstood) {
    let outer = lifetimes
    try binder()
    if skip("U") { try write("unsafe ") }
    if skip("K") {
      try write("extern \"")
      let convention = skip("C") ? Array("C".utf8) : try identifier()
      try write(convention.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 })
      try write("\" ")
    }
    try write("fn(")
    var isFirst = true
    while !skip("E") {
      if !isFirst { try write(", ") }
      isFirst = false
      try type()
    }
    try write(")")
    if !skip("u") {
      try write(" -> ")
      try type()
    }
    lifetimes = outer
  }

  private mutating func dynamicTrait() throws(NotUnderstood) {
    try write("dyn ")
    let outer = lifetimes
    try binder()
    var isFirst = true
    while !skip("E") {
      if !isFirst { try write(" + ") }
      isFirst = false
      try boundTrait()
    }
    lifetimes = outer
    guard skip("L") else { throw NotUnderstood() }
    let index = try base62()
    if index > 0 {
      try write(" + ")
      try lifetime(index)
    }
  }

  /// A trait with what it is told of its associated types, among its arguments.
  private mutating func boundTrait() throws(NotUnderstood) {
    var isOpen = try openPath()
    while skip("p") {
      try write(isOpen ? ", " : "<")
      isOpen = true
      try write(try identifier())
      try write(" = ")
      try type()
    }
    if isOpen { try write(">") }
  }

  /// A path of which the list of arguments, if it has one, stays open.
  private mutating func openPath() throws(NotUnderstood) -> Bool {
    if skip("B") {
      var isOpen = false
      try referred { (self) throws(NotUnderstood) in isOpen = try self.openPath() }
      return isOpen
    }
    guard skip("I") else {
      try path(inValue: false)
      return false
    }
    try path(inValue: false)
    try write("<")
    try arguments()
    return true
  }

  private mutating func binder() throws(NotUnderstood) {
    guard skip("G") else { return }
    let count = try base62() &+ 1
    guard (0..<64).contains(count) else { throw NotUnderstood() }
    try write("for<")
    for index in 0..<count {
      if index > 0 { try write(", ") }
      lifetimes += 1
      try lifetime(1)
    }
    try write("> ")
  }

  /// - Parameter index: how many binders up, from 1; 0 for one without a name.
  private mutating func lifetime(_ index: Int) throws(NotUnderstood) {
    guard index > 0 else { return try write("'_") }
    let number = lifetimes &- index
    guard number >= 0 else { throw NotUnderstood() }
    try write(
      number < 26
        ? "'" + String(decoding: [UInt8(ascii: "a") + UInt8(number)], as: UTF8.self)
        : "'_\(number)")
  }

  // MARK: Values

  private mutating func constant() throws(NotUnderstood) {
    if skip("B") {
      return try referred { (self) throws(NotUnderstood) in try self.constant() }
    }
    let kind = try next()
    if kind == UInt8(ascii: "p") { return try write("_") }
    let isNegative = skip("n")
    var digits: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "_") {
      guard (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) else {
        throw NotUnderstood()
      }
      digits.append(byte)
      position += 1
    }
    _ = try next()
    let text = String(decoding: digits, as: UTF8.self)
    let value = digits.isEmpty ? 0 : UInt64(text, radix: 16)
    switch kind {
    case UInt8(ascii: "b"):
      guard let value, value < 2 else { throw NotUnderstood() }
      try write(value == 1 ? "true" : "false")
    case UInt8(ascii: "c"):
      guard let value, let code = UInt32(exactly: value), let scalar = Unicode.Scalar(code) else {
        throw NotUnderstood()
      }
      try write("'" + scalar.escaped(asASCII: false) + "'")
    default:
      guard "ahislmnjotxy".utf8.contains(kind) else { throw NotUnderstood() }
      try write((isNegative ? "-" : "") + (value.map { "\($0)" } ?? "0x" + text))
    }
  }

  // MARK: Names and numbers

  private mutating func disambiguator() throws(NotUnderstood) -> Int {
    skip("s") ? try base62() &+ 1 : 0
  }

  /// Digits and letters up to `_`: nothing is 0, `0` is 1.
  private mutating func base62() throws(NotUnderstood) -> Int {
    if skip("_") { return 0 }
    var value = 0
    while !skip("_") {
      let byte = try next()
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x7A: digit = byte - 0x61 + 10
      case 0x41...0x5A: digit = byte - 0x41 + 36
      default: throw NotUnderstood()
      }
      // Hashes fill 64 bits. What is a place or a count is checked where it is used.
      value = value &* 62 &+ Int(digit)
    }
    return value &+ 1
  }

  private mutating func identifier() throws(NotUnderstood) -> [UInt8] {
    let isPunycode = skip("u")
    var count = 0
    guard let first = peek, (0x30...0x39).contains(first) else { throw NotUnderstood() }
    if !skip("0") {
      while let byte = peek, (0x30...0x39).contains(byte) {
        count = count * 10 + Int(byte - 0x30)
        guard count < Self.limit else { throw NotUnderstood() }
        position += 1
      }
    }
    _ = skip("_")
    guard count <= input.count - position else { throw NotUnderstood() }
    let name = Array(input[position..<(position + count)])
    position += count
    guard isPunycode else { return name }
    guard let decoded = Punycode.decoded(name) else { throw NotUnderstood() }
    return decoded
  }
}

/// Letters beyond ASCII in names that may have none.
enum Punycode {
  /// The name in UTF-8; nil where it is not one. `_` stands before what encodes the letters.
  static func decoded(_ name: [UInt8]) -> [UInt8]? {
    let mark = name.lastIndex(of: UInt8(ascii: "_"))
    var scalars = (mark.map { name[..<$0] } ?? []).map { Unicode.Scalar($0) }
    var rest = mark.map { name[($0 + 1)...] } ?? name[...]
    var (code, index, bias, isFirst) = (128, 0, 72, true)
    while !rest.isEmpty {
      let before = index
      var (weight, base) = (1, 36)
      while true {
        guard let byte = rest.popFirst() else { return nil }
        let digit: Int
        switch byte {
        case 0x61...0x7A: digit = Int(byte) - 0x61
        case 0x30...0x39: digit = Int(byte) - 0x30 + 26
        default: return nil
        }
        guard weight < 1 << 30, index < 1 << 30 else { return nil }
        index += digit * weight
        let threshold = min(max(base - bias, 1), 26)
        if digit < threshold { break }
        weight *= 36 - threshold
        base += 36
      }
      let count = scalars.count + 1
      var delta = isFirst ? (index - before) / 700 : (index - before) / 2
      isFirst = false
      delta += delta / count
      bias = 0
      while delta > 455 {
        delta /= 35
        bias += 36
      }
      bias += 36 * delta / (delta + 38)
      code += index / count
      index %= count
      guard let value = UInt32(exactly: code), let scalar = Unicode.Scalar(value) else {
        return nil
      }
      scalars.insert(scalar, at: index)
      index += 1
    }
    return scalars.flatMap { Array(String(Character($0)).utf8) }
  }
}

private func + (left: String.UTF8View, right: [UInt8]) -> [UInt8] { Array(left) + right }
