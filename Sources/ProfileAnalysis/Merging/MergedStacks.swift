import ProfileModel

/// The distinct stacks of merged profiles, each known by the path of its locations.
///
/// The path is that of the stack at hand: a stack that shares locations with the one before keeps
/// that much of it, with what is known of the hash.
struct MergedStacks: ~Copyable {
  private var index = InternTable()
  /// Where each stack starts in `locations`, and the end of the last.
  private var starts = ColumnBuilder<UInt32>()
  /// The stacks one after the other, the root of each first.
  private var locations = ColumnBuilder<LocationID>()
  /// By stack, the locations next to the root that are known to be those of the one before.
  private var sharedDepths = ColumnBuilder<UInt16>()
  /// The same of the path and the stack that was added last.
  private var sharedWithLast = 0

  /// The path, root first, and by depth the hash of the locations down to there, as far as needed.
  private var path = ColumnBuilder<LocationID>(capacity: 256)
  private var hashes = ColumnBuilder<UInt64>(capacity: 256)
  private let emptyHash = RowHash()
  /// The stack after the one that was found last: profiles of one program mostly go on alike.
  private var expected = 0

  init() { starts.append(0) }

  /// Makes room for the stacks of a profile, of which all may be new.
  mutating func reserve(_ stacks: StackTable) {
    guard index.count == 0 else { return }
    index.reserve(stacks.count)
    starts.reserve(stacks.count)
    sharedDepths.reserve(stacks.count)
    locations.reserve(stacks.frameCount)
  }

  /// Leaves the path but for the `depth` locations next to the root.
  mutating func cutPath(to depth: Int) {
    path.truncate(to: depth)
    if hashes.count > depth { hashes.truncate(to: depth) }
    sharedWithLast = min(sharedWithLast, depth)
  }

  /// Adds what the last location of the path calls: what `known` has for locations, leaf first.
  ///
  /// - Returns: whether all are known; else the path stays as it is.
  mutating func extendPath(_ locations: Span<LocationID>, by known: Span<LocationID>) -> Bool {
    let depth = path.count
    let count = locations.count
    var areKnown = true
    path.append(upTo: count) { room in
      for position in 0..<count {
        let location = known[locations[count &- 1 &- position].index]
        areKnown = areKnown && !location.isNone
        room[position] = location
      }
      return count
    }
    if !areKnown { path.truncate(to: depth) }
    return areKnown
  }

  /// The stack that the path is, added where it is new.
  mutating func internPath() throws(MergeError) -> StackID {
    if expected < index.count, isPath(expected) { return found(expected) }
    let hash = pathHash()
    if let known = index.row(hash, where: { isPath($0) }) { return found(known) }
    let (start, count) = (locations.count, path.count)
    locations.append(upTo: count) { room in
      path.withElements(from: 0, count: count) { path in
        if let base = path.baseAddress { room.update(from: base, count: count) }
      }
      return count
    }
    starts.append(try MergedTables.offset(start + count))
    sharedDepths.append(UInt16(clamping: sharedWithLast))
    sharedWithLast = count
    return found(index.insert(hash))
  }

  consuming func finish() -> StackTable {
    let count = index.count
    var result = StackTableBuilder(stacks: count)
    for stack in 0..<count {
      let (start, end) = (Int(starts[stack]), Int(starts[stack + 1]))
      let shared = min(Int(sharedDepths[stack]), result.sharableDepth)
      let own = end - start - shared
      result.append(sharing: shared, upTo: own) { room in
        locations.withElements(from: start + shared, count: own) { locations in
          for position in 0..<own { room[own &- 1 &- position] = locations[position] }
        }
        return own
      }
    }
    return result.finish()
  }

  private mutating func found(_ stack: Int) -> StackID {
    expected = stack + 1
    return StackID(stack)
  }

  private func isPath(_ stack: Int) -> Bool {
    let start = Int(starts[stack])
    let count = Int(starts[stack + 1]) - start
    guard count == path.count else { return false }
    return locations.withElements(from: start, count: count) { known in
      path.withElements(from: 0, count: count) { path in
        for index in 0..<count where known[index] != path[index] { return false }
        return true
      }
    }
  }

  private mutating func pathHash() -> UInt32 {
    let known = hashes.count
    let count = path.count
    var hash = known == 0 ? emptyHash : emptyHash.continued(from: hashes[known - 1])
    path.withElements(from: known, count: count - known) { path in
      hashes.append(upTo: count - known) { room in
        for position in 0..<count &- known {
          hash.combine(UInt64(path[position].rawValue))
          room[position] = hash.state
        }
        return count - known
      }
    }
    return hash.value
  }
}
