/// Names and types that were met: all sites share them, and together they take only so many bytes.
struct SharedNames {
  private var names: [Int: String] = [:]
  private var types: [UInt64: GoType] = [:]
  /// The bytes that new names may still take: more than all the names of a real program.
  private var remaining = 1 << 28

  /// The function's name; empty where names have taken too much already.
  mutating func name(of function: FunctionTable.Function, in functions: FunctionTable) -> String {
    if let known = names[function.index] { return known }
    let name = functions.name(of: function)
    remaining -= name.utf8.count
    guard remaining > 0 else { return "" }
    names[function.index] = name
    return name
  }

  /// The type that is described at `address`.
  mutating func type(at address: UInt64, in table: TypeTable) -> GoType? {
    types[address] ?? table.type(at: address).flatMap { shared($0) }
  }

  /// The same type as it was met first; nil where names have taken too much already.
  mutating func shared(_ type: GoType) -> GoType? {
    if let known = types[type.address] { return known }
    remaining -= type.name.utf8.count
    guard remaining > 0 else { return nil }
    types[type.address] = type
    return type
  }
}
