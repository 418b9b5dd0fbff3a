import ProfileModel

/// The sizes of all objects that the lines of a profile's leaves allocate.
struct LineSizes {
  private var sizes: [Key: Set<UInt64>] = [:]

  private struct Key: Hashable {
    var function: FunctionID
    var line: Int64
  }

  /// - Parameter size: that of a sample's objects; 0 where it is not known.
  /// - Complexity: O(*n*) in samples.
  init(_ profile: Profile, size: (_ sample: Int) -> UInt64) {
    let leaves = profile.stacks.leaves()
    for sample in profile.samples.indices {
      let leaf = leaves[profile.samples.stacks[sample].index]
      guard !leaf.isNone, let line = profile.locations.lines(of: leaf).first else { continue }
      sizes[Key(function: line.function, line: line.line), default: []].insert(size(sample))
    }
  }

  subscript(function: FunctionID, line: Int64) -> Set<UInt64> {
    sizes[Key(function: function, line: line)] ?? []
  }
}
