import ProfileModel

/// The distinct stacks of merged profiles, each kept as what it does not share with the one before.
///
/// Stacks come by the path of the one before: what they share with that is neither compared nor
/// hashed again.
struct MergedStacks: ~Copyable {
  private var index = InternTable()
  // The columns of a `StackTable`.
  private var sharedDepths = ColumnBuilder<UInt16>()
  private var starts = ColumnBuilder<UInt32>()
  private var ownLocations = ColumnBuilder<LocationID>()
  private var frameCount = 0

  /// The locations of the stack that came last, root first, and by depth the hash of those down to
  /// there.
  private var path = ColumnBuilder<LocationID>(capacity: 256)
  private var hashes = ColumnBuilder<UInt64>(capacity: 256)
  /// The stack that came last.
  private var current = -1
  /// The locations next to the root that the path is known to share with the stack added last.
  private var sharedWithLast = 0
  /// What the location at each depth is multiplied by in a hash: the sum of such products collides by
  /// chance alone, and unlike a chain of them leaves a processor free to work on several at once.
  private var multipliers = ColumnBuilder<UInt64>(capacity: 256)
  private var multiplierSource = RowHash()

  init() { starts.append(0) }

  /// Makes room for the stacks of the first profile, of which all may be new.
  mutating func reserve(_ stacks: StackTable) {
    index.reserve(stacks.count)
    starts.reserve(stacks.count)
    sharedDepths.reserve(stacks.count)
    ownLocations.reserve(stacks.ownLocationCount)
  }

  /// A stack, added where it is new.
  ///
  /// - Parameters:
  ///   - shared: how many locations next to the root it shares with the stack that came last.
  ///   - own: the others, leaf first, as their profile numbers them.
  ///   - known: what each location of that profile is here.
  mutating func intern(
    _ own: Span<LocationID>, below shared: Int, by known: Span<LocationID>
  ) throws(MergeError) -> StackID {
    let kept = setPath(own, below: shared, by: known)
    sharedWithLast = min(sharedWithLast, kept)
    // Profiles of one program mostly go on alike.
    let next = current + 1
    if next < index.count, isPath(next, exceptFor: kept) { return found(next) }
    let hash = path.count == 0 ? 0 : UInt32(truncatingIfNeeded: hashes[path.count - 1] >> 32)
    if let known = index.row(hash, where: { isPath($0, exceptFor: 0) }) { return found(known) }
    try appendPath()
    return found(index.insert(hash))
  }

  consuming func finish() -> StackTable {
    StackTable(
      sharedDepths: sharedDepths.finish(), starts: starts.finish(),
      ownLocations: ownLocations.finish(), frameCount: frameCount)
  }

  private mutating func found(_ stack: Int) -> StackID {
    current = stack
    if stack == index.count - 1 { sharedWithLast = path.count }
    return StackID(stack)
  }

  /// Puts `own` below the first `shared` locations of the path.
  ///
  /// - Returns: how many locations of the path stay; they may be more than `shared`.
  private mutating func setPath(
    _ own: Span<LocationID>, below shared: Int, by known: Span<LocationID>
  ) -> Int {
    let depth = shared + own.count
    let most = min(path.count, depth)
    var kept = shared
    while kept < most, path[kept] == known[own[depth &- 1 &- kept].index] { kept &+= 1 }
    path.truncate(to: kept)
    hashes.truncate(to: kept)
    if depth > multipliers.count { addMultipliers(to: depth) }
    let count = depth - kept
    var hash = kept == 0 ? 0 : hashes[kept - 1]
    path.append(upTo: count) { path in
      hashes.append(upTo: count) { hashes in
        // Both have room for `count`.
        for position in 0..<count {
          let location = known[own[count &- 1 &- position].index]
          let product = (UInt64(location.rawValue) &+ 1) &* multipliers[kept &+ position]
          hash &+= product
          path[position] = location
          hashes[position] = hash
        }
        return count
      }
      return count
    }
    return kept
  }

  @inline(never) private mutating func addMultipliers(to depth: Int) {
    while multipliers.count < depth {
      multiplierSource.combine(UInt64(multipliers.count))
      multipliers.append(multiplierSource.state)
    }
  }

  /// Whether the stack is the path, of which the first `known` locations are known to be those of the
  /// stack before it.
  private func isPath(_ stack: Int, exceptFor known: Int) -> Bool {
    let ownCount = Int(starts[stack + 1] - starts[stack])
    guard Int(sharedDepths[stack]) + ownCount == path.count else { return false }
    // How many locations next to the root are still to be compared: a row has those that the next
    // one shares with it.
    var open = path.count
    var row = stack
    repeat {
      let shared = Int(sharedDepths[row])
      let outermost = Int(starts[row + 1]) &- 1
      var depth = shared
      while depth < open {
        if ownLocations[outermost &- (depth &- shared)] != path[depth] { return false }
        depth &+= 1
      }
      open = min(open, shared)
      row &-= 1
    } while open > known
    return true
  }

  private mutating func appendPath() throws(MergeError) {
    let isRestart = index.count % StackTable.restartInterval == 0
    let shared = isRestart ? 0 : min(sharedWithLast, Int(UInt16.max))
    let count = path.count - shared
    ownLocations.append(upTo: count) { room in
      for position in 0..<count { room[count &- 1 &- position] = path[shared &+ position] }
      return count
    }
    frameCount += path.count
    _ = try MergedTables.offset(frameCount)
    starts.append(try MergedTables.offset(ownLocations.count))
    sharedDepths.append(UInt16(shared))
  }
}
