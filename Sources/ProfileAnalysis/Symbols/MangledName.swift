/// Reads the names that C++ and older Rust compilers give to the linker.
///
/// Only as far as a name is shown: qualified, without arguments. What is rare is not understood, and
/// such names stay as the linker knows them: local names, lambdas, conversions, special symbols.
struct MangledName {
  private var rest: ArraySlice<UInt8>

  /// The name to show; nil where `name` is not mangled, or not understood.
  static func demangled(_ name: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard name.count <= limit, name.first == UInt8(ascii: "_") else { return nil }
    var bytes = Array(name)
    // Some platforms put another `_` before every name.
    if bytes.starts(with: "__Z".utf8) { bytes.removeFirst() }
    guard bytes.starts(with: "_Z".utf8) else { return nil }
    if let rust = RustName.demangled(bytes) { return rust }
    var mangled = MangledName(rest: bytes.dropFirst(2))
    return mangled.readName()
  }

  /// Names longer than this are not worth the reading.
  private static let limit = 1 << 16
  private static let depthLimit = 64

  private mutating func readName() -> [UInt8]? {
    if skip("N") { return readNestedName() }
    let isStandard = skip("St")
    guard let name = readUnqualifiedName(after: nil) else { return nil }
    return isStandard ? Array("std::".utf8) + name : name
  }

  private mutating func readNestedName() -> [UInt8]? {
    while skip("r") || skip("V") || skip("K") {}
    _ = skip("R") || skip("O")
    var parts: [[UInt8]] = []
    while !skip("E") {
      if skip("I") {
        guard !parts.isEmpty, skipTemplateArguments(depth: 0) else { return nil }
      } else if peek() == UInt8(ascii: "S") {
        guard parts.isEmpty, let name = readStandardName() else { return nil }
        parts.append(name)
      } else {
        guard let name = readUnqualifiedName(after: parts.last) else { return nil }
        parts.append(name)
      }
    }
    return parts.isEmpty ? nil : Array(parts.joined(separator: "::".utf8))
  }

  /// `std` and its best-known members, which have letters of their own.
  private mutating func readStandardName() -> [UInt8]? {
    let names = [
      "St": "std", "Sa": "std::allocator", "Sb": "std::basic_string", "Ss": "std::string",
      "Si": "std::istream", "So": "std::ostream", "Sd": "std::iostream",
    ]
    guard let name = names[String(decoding: rest.prefix(2), as: UTF8.self)] else { return nil }
    let isAlias = ["Ss", "Si", "So", "Sd"].contains { rest.starts(with: $0.utf8) }
    rest = rest.dropFirst(2)
    // Constructors of these are named after what they are aliases of.
    let isSpecial = peek() == UInt8(ascii: "C") || peek() == UInt8(ascii: "D")
    return isAlias && isSpecial ? nil : Array(name.utf8)
  }

  /// - Parameter scope: the class that a constructor or destructor is of.
  private mutating func readUnqualifiedName(after scope: [UInt8]?) -> [UInt8]? {
    _ = skip("L")
    guard let first = rest.first else { return nil }
    var name: [UInt8]?
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): name = readSourceName()
    case UInt8(ascii: "C"), UInt8(ascii: "D"):
      guard let scope, let kind = rest.dropFirst().first, (0x30...0x35).contains(kind) else {
        return nil
      }
      rest = rest.dropFirst(2)
      let base = scope.split(separator: UInt8(ascii: "[")).first.map { Array($0) } ?? []
      name = first == UInt8(ascii: "C") ? base : [UInt8(ascii: "~")] + base
    default:
      let code = String(decoding: rest.prefix(2), as: UTF8.self)
      guard let sign = Self.operators[code] else { return nil }
      rest = rest.dropFirst(2)
      let isWord = sign.utf8.first.map { (0x61...0x7a).contains($0) } ?? false
      name = Array("operator\(isWord ? " " : "")\(sign)".utf8)
    }
    while skip("B") {
      guard let tag = readSourceName() else { return nil }
      name = name.map { $0 + Array("[abi:".utf8) + tag + [UInt8(ascii: "]")] }
    }
    return name
  }

  private mutating func readSourceName() -> [UInt8]? {
    guard let count = readNumber(), count > 0, count <= rest.count else { return nil }
    let name = Array(rest.prefix(count))
    rest = rest.dropFirst(count)
    let isAnonymous = name.starts(with: "_GLOBAL_".utf8) && name.count > 9 && name[9] == 0x4e
    return isAnonymous ? Array("(anonymous namespace)".utf8) : name
  }

  private mutating func readNumber() -> Int? {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest[digits.endIndex...]
    return Int(String(decoding: digits, as: UTF8.self))
  }

  // Template arguments are not shown; they are read to find their end.

  private mutating func skipTemplateArguments(depth: Int) -> Bool {
    while !skip("E") {
      guard skipTemplateArgument(depth: depth + 1) else { return false }
    }
    return true
  }

  private mutating func skipTemplateArgument(depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return false }
    if skip("J") { return skipTemplateArguments(depth: depth) }
    guard skip("L") else { return skipType(depth: depth) }
    // A literal: its type, and its value up to the end.
    guard skipType(depth: depth) else { return false }
    rest = rest.drop { $0 == UInt8(ascii: "n") || (0x30...0x39).contains($0) }
    return skip("E")
  }

  private mutating func skipType(depth: Int) -> Bool {
    guard depth < Self.depthLimit, let first = rest.first else { return false }
    if (0x30...0x39).contains(first) {
      return readSourceName() != nil && skipArguments(depth: depth)
    }
    rest = rest.dropFirst()
    switch first {
    case UInt8(ascii: "r"), UInt8(ascii: "V"), UInt8(ascii: "K"), UInt8(ascii: "P"),
      UInt8(ascii: "R"), UInt8(ascii: "O"), UInt8(ascii: "C"), UInt8(ascii: "G"):
      return skipType(depth: depth + 1)
    case UInt8(ascii: "u"): return readSourceName() != nil
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return true
    case UInt8(ascii: "S"): return skipSubstitution() && skipArguments(depth: depth)
    case UInt8(ascii: "T"):
      _ = readNumber()
      return skip("_") && skipArguments(depth: depth)
    case UInt8(ascii: "N"): return skipNestedType(depth: depth)
    case UInt8(ascii: "F"):
      _ = skip("Y")
      return skipTemplateArguments(depth: depth)
    case UInt8(ascii: "A"):
      _ = readNumber()
      return skip("_") && skipType(depth: depth + 1)
    case UInt8(ascii: "M"): return skipType(depth: depth + 1) && skipType(depth: depth + 1)
    case UInt8(ascii: "D"):
      guard let kind = rest.popFirst() else { return false }
      return kind == UInt8(ascii: "p")
        ? skipType(depth: depth + 1) : "nasciuhde".utf8.contains(kind)
    default: return false
    }
  }

  private mutating func skipNestedType(depth: Int) -> Bool {
    while skip("r") || skip("V") || skip("K") {}
    while !skip("E") {
      if skip("I") {
        guard skipTemplateArguments(depth: depth) else { return false }
      } else if skip("S") {
        guard skipSubstitution() else { return false }
      } else if skip("T") {
        _ = readNumber()
        guard skip("_") else { return false }
      } else {
        guard readUnqualifiedName(after: []) != nil else { return false }
      }
    }
    return true
  }

  private mutating func skipArguments(depth: Int) -> Bool {
    !skip("I") || skipTemplateArguments(depth: depth)
  }

  /// What follows `S`: a letter, or a number in digits and capitals up to `_`.
  private mutating func skipSubstitution() -> Bool {
    guard let kind = rest.first else { return false }
    if kind == UInt8(ascii: "t") {
      rest = rest.dropFirst()
      return peek().map { (0x30...0x39).contains($0) } != true || readSourceName() != nil
    }
    if (0x61...0x7a).contains(kind) {
      rest = rest.dropFirst()
      return true
    }
    rest = rest.drop { (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) }
    return skip("_")
  }

  private func peek() -> UInt8? { rest.first }

  private mutating func skip(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  private static let operators = [
    "nw": "new", "na": "new[]", "dl": "delete", "da": "delete[]", "ps": "+", "ng": "-",
    "ad": "&", "de": "*", "co": "~", "pl": "+", "mi": "-", "ml": "*", "dv": "/", "rm": "%",
    "an": "&", "or": "|", "eo": "^", "aS": "=", "pL": "+=", "mI": "-=", "mL": "*=", "dV": "/=",
    "rM": "%=", "aN": "&=", "oR": "|=", "eO": "^=", "ls": "<<", "rs": ">>", "lS": "<<=",
    "rS": ">>=", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=",
    "ss": "<=>", "nt": "!", "aa": "&&", "oo": "||", "pp": "++", "mm": "--", "cm": ",",
    "pm": "->*", "pt": "->", "cl": "()", "ix": "[]", "qu": "?", "aw": "co_await",
  ]
}
