/// Reads flags as Go programs take them, wherever they stand; `--` ends them.
struct FlagParser {
  private let flags: [String: CommandFlag]

  /// - Parameter flags: of several with one name, the last counts.
  init(_ flags: [CommandFlag]) {
    self.flags = Dictionary(flags.map { ($0.name, $0) }) { $1 }
  }

  /// Applies the flags among `arguments` to `invocation`; the rest is added to its positionals.
  func parse(_ arguments: some Sequence<String>, into invocation: inout Invocation)
    throws(UsageError)
  {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      guard argument.utf8.first == Self.dash, argument.utf8.count > 1 else {
        invocation.positionals.append(argument)
        continue
      }
      if argument == "--" { break }
      let (name, given) = try split(argument)
      guard let flag = flags[Self.canonical(name)] else { throw .unknownFlag(name) }
      let value: String
      if let given {
        value = given
      } else if flag.isSwitch {
        value = "true"
      } else if let next = rest.popFirst() {
        value = next
      } else {
        throw .missingValue(flag: flag.name)
      }
      try flag.apply(&invocation, value)
    }
    invocation.positionals += rest
  }

  /// The name as it stands in tables: with underscores.
  static func canonical(_ name: String) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }

  private func split(_ argument: String) throws(UsageError) -> (name: String, value: String?) {
    // Scalar by scalar: one that combines may follow the sign.
    let scalars = argument.unicodeScalars
    let body = scalars.dropFirst(argument.utf8.dropFirst().first == Self.dash ? 2 : 1)
    guard let first = body.first, first != "-", first != "=" else {
      throw .malformedFlag(argument)
    }
    guard let equals = body.firstIndex(of: "=") else { return (String(body), nil) }
    return (String(body[..<equals]), String(body[body.index(after: equals)...]))
  }

  private static let dash = UInt8(ascii: "-")
}
