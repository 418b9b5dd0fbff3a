import ProfileModel

/// The nodes of functions that are told apart by name, file and line, found without hashing: by
/// function, of which few have many lines.
struct FunctionLineNodes: ~Copyable {
  /// By function, the first one that has its name; `.max` where that one has another file.
  private var originals: [UInt32] = []
  /// By function, the node found last.
  private var heads: [NodeID] = []
  /// By function, how many nodes are kept.
  private var counts: [UInt8] = []
  /// By node, what it is found by.
  private var entries: [Entry] = []

  private struct Entry {
    var line: Int64 = 0
    var column: Int64 = 0
    /// The node of the same function that was found before.
    var previous = NodeID.none
  }

  /// So many nodes of a function are looked through; others are found by their properties.
  private static let limit: UInt8 = 24

  /// Functions whose nodes are all found by their properties.
  init() {}

  /// - Parameters:
  ///   - names: by function.
  ///   - files: by function.
  init(names: [StringID], files: [StringID], stringCount: Int) {
    var firsts = [UInt32](repeating: .max, count: stringCount)
    originals = names.indices.map { function in
      let name = names[function].index
      guard name < stringCount else { return .max }
      if firsts[name] == .max { firsts[name] = UInt32(truncatingIfNeeded: function) }
      let first = firsts[name]
      return files[Int(first)] == files[function] ? first : .max
    }
    heads = Array(repeating: .none, count: names.count)
    counts = Array(repeating: 0, count: names.count)
  }

  /// The node of a row that is named after the function, added where it is new.
  mutating func node(of row: NodeRow, _ function: Int, in rows: inout NodeRows) -> NodeID {
    guard !originals.isEmpty, originals[function] != .max else { return rows.intern(row) }
    let original = Int(originals[function])
    var node = heads[original]
    while !node.isNone {
      let entry = entries[node.index]
      if entry.line == row.line, entry.column == row.column { return node }
      node = entry.previous
    }
    guard counts[original] < Self.limit else { return rows.intern(row) }
    counts[original] += 1
    let new = rows.append(row)
    while entries.count <= new.index { entries.append(Entry()) }
    entries[new.index] = Entry(line: row.line, column: row.column, previous: heads[original])
    heads[original] = new
    return new
  }
}
