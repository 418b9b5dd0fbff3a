/// What a name or an expression is, as far as the text of one file tells.
indirect enum GoValueKind: Hashable {
  case string, number, boolean
  case map(value: GoValueKind)
  case slice(element: GoValueKind)
  case array(element: GoValueKind)
  case channel, pointer, function, interface, structure
  /// A type of that name, which the file does not declare as one of the above.
  case named(String)
  case unknown

  /// Whether putting a value of a concrete type into it may allocate.
  var mayBox: Bool {
    switch self {
    // A named type may be an interface.
    case .interface, .named, .unknown: true
    case .string, .number, .boolean, .map, .slice, .array, .channel, .pointer, .function,
      .structure:
      false
    }
  }
}

extension GoValueKind {
  /// The kind of a type by its tokens.
  ///
  /// - Parameter named: what the file declares a type of a name to be.
  init(type tokens: ArraySlice<GoToken>, named: (String) -> GoValueKind?) {
    guard let first = tokens.first else {
      self = .unknown
      return
    }
    switch first.text {
    case "...": self = .slice(element: Self(type: tokens.dropFirst(), named: named))
    case "*": self = .pointer
    case "chan", "<-": self = .channel
    case "func": self = .function
    case "interface", "any", "error": self = .interface
    case "struct": self = .structure
    case "string": self = .string
    case "bool": self = .boolean
    case "map":
      let open = tokens.startIndex + 1
      let close = open < tokens.endIndex ? tokens.closing(of: open) : nil
      self = .map(
        value: close.map { Self(type: tokens[($0 + 1)...], named: named) } ?? .unknown)
    case "[":
      guard let close = tokens.closing(of: tokens.startIndex) else {
        self = .unknown
        return
      }
      let element = Self(type: tokens[(close + 1)...], named: named)
      self = close == tokens.startIndex + 1 ? .slice(element: element) : .array(element: element)
    case let name where Self.numbers.contains(name): self = .number
    default:
      guard first.kind == .name else {
        self = .unknown
        return
      }
      if tokens.peek(1)?.is(".") == true, let member = tokens.peek(2) {
        let name = "\(first.text).\(member.text)"
        self = name == "time.Duration" ? .number : .named(name)
      } else {
        self = named(first.text) ?? .named(first.text)
      }
    }
  }

  static let numbers: Set<String> = [
    "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64",
    "uintptr", "byte", "rune", "float32", "float64", "complex64", "complex128",
  ]
}
