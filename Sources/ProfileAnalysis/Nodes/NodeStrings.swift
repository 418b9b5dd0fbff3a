import ProfileModel

/// The strings of a profile, to which others are added under the ids that follow.
///
/// As long as nothing is added, which is the rule, the profile's own table is what comes out.
struct NodeStrings: ~Copyable {
  private let original: StringTable
  /// The original and what was added; made when first needed, since it hashes every string.
  private var extended: StringTableBuilder?
  private var known: [[UInt8]: StringID] = [:]
  private var searchesLeft = 8

  init(_ original: StringTable) { self.original = original }

  /// The string's id in the profile's table, or a new one.
  mutating func intern(_ string: [UInt8]) -> StringID {
    if string.isEmpty { return .empty }
    if let id = known[string] { return id }
    let id = search(string) ?? add(string)
    known[string] = id
    return id
  }

  consuming func finish() -> StringTable {
    if let extended { return extended.finish() }
    return original
  }

  /// Looks through the profile's strings: for the few that are asked for, names of binaries,
  /// that is less work than hashing them all.
  private mutating func search(_ string: [UInt8]) -> StringID? {
    guard extended == nil, searchesLeft > 0 else { return nil }
    searchesLeft -= 1
    return string.withUnsafeBufferPointer { wanted in
      for index in 0..<original.count where original.byteCount(of: StringID(index)) == wanted.count
      {
        let id = StringID(index)
        if original.withBytes(of: id, { $0.elementsEqual(wanted) }) { return id }
      }
      return nil
    }
  }

  private mutating func add(_ string: [UInt8]) -> StringID {
    if extended == nil { extended = StringTableBuilder(original) }
    return string.withUnsafeBufferPointer { bytes in extended?.intern(bytes) } ?? .empty
  }
}
