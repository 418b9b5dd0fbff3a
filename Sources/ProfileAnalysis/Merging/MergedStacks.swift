import ProfileModel

/// The distinct stacks of merged profiles, each kept as what it does not share with the one before.
///
/// Stacks come by the path of the one before: what they share with that is neither compared nor
/// hashed again. What is asked for each stack is `mutating`, or all of this were copied to be asked.
struct MergedStacks: ~Copyable {
  private var index = InternTable()
  // The columns of a `StackTable`.
  private var sharedDepths = ColumnBuilder<UInt16>()
  private var starts = ColumnBuilder<UInt32>()
  private var ownLocations = ColumnBuilder<LocationID>()
  private var frameCount = 0

  /// The stack that came last, and by depth the hash of its locations down to there, as far as they
  /// were needed.
  private var path = StackPath()
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

  /// A stack, added where it is new; nil where a location is not known.
  ///
  /// - Parameters:
  ///   - shared: how many locations next to the root it shares with the stack that came last, be
  ///     that known or not.
  ///   - own: the others, leaf first, as their profile numbers them.
  ///   - known: what each location of that profile is here.
  mutating func intern(
    _ own: Span<LocationID>, below shared: Int, by known: Span<LocationID>
  ) throws(MergeError) -> StackID? {
    guard let kept = setPath(own, below: shared, by: known) else { return nil }
    sharedWithLast = min(sharedWithLast, kept)
    // Profiles of one program mostly go on alike.
    let next = current + 1
    if next < index.count, isPath(next, exceptFor: kept) { return found(next) }
    let hash = pathHash()
    var row = index.lastRow(hash)
    while let known = row {
      if isPath(known, exceptFor: 0) { return found(known) }
      row = index.row(before: known)
    }
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
    if stack == index.count - 1 { sharedWithLast = path.depth }
    return StackID(stack)
  }

  /// Puts `own` below the first `shared` locations of the path.
  ///
  /// - Returns: how many locations of the path stay, which may be more than `shared`; nil where a
  ///   location is not known: of the path those are left then.
  private mutating func setPath(
    _ own: Span<LocationID>, below shared: Int, by known: Span<LocationID>
  ) -> Int? {
    let kept = shared == 0 ? sharedDepth(own, by: known) : shared
    let count = shared &+ own.count &- kept
    path.makeRoom(below: kept, for: count)
    if hashes.count > kept { hashes.truncate(to: kept) }
    let room = path.start
    var largest: UInt32 = 0
    for position in 0..<count {
      let location = known[own[position].index]
      largest = max(largest, location.rawValue)
      room[position] = location  // there is room for `count`
    }
    guard largest == .max, count > 0 else { return kept }
    path.makeRoom(below: kept, for: 0)
    return nil
  }

  /// How many locations next to the root a stack has in common with the path.
  private mutating func sharedDepth(_ stack: Span<LocationID>, by known: Span<LocationID>) -> Int {
    let most = min(path.depth, stack.count)
    // The root stands last in both; `most` are in the path.
    let root = path.start + (path.depth &- 1)
    var depth = 0
    while depth < most, (root - depth).pointee == known[stack[stack.count &- 1 &- depth].index] {
      depth &+= 1
    }
    return depth
  }

  private mutating func pathHash() -> UInt32 {
    let depth = path.depth
    let known = hashes.count
    if depth > multipliers.count { addMultipliers(to: depth) }
    var hash = known == 0 ? 0 : hashes[known - 1]
    let count = depth - known
    let outermost = path.start + (count &- 1)
    multipliers.withElements(from: known, count: count) { multipliers in
      hashes.append(upTo: count) { hashes in
        for position in 0..<count {
          // The path has `count` locations from the outermost of them down to its start.
          let location = (outermost - position).pointee
          hash &+= (UInt64(location.rawValue) &+ 1) &* multipliers[position]
          hashes[position] = hash
        }
        return count
      }
    }
    return UInt32(truncatingIfNeeded: hash >> 32)
  }

  @inline(never) private mutating func addMultipliers(to depth: Int) {
    while multipliers.count < depth {
      multiplierSource.combine(UInt64(multipliers.count))
      multipliers.append(multiplierSource.state)
    }
  }

  /// Whether the stack is the path, of which the first `known` locations are known to be those of the
  /// stack before it.
  private mutating func isPath(_ stack: Int, exceptFor known: Int) -> Bool {
    let depth = path.depth
    guard Int(sharedDepths[stack]) + Int(starts[stack + 1] - starts[stack]) == depth else {
      return false
    }
    // How many locations next to the root are still to be compared: a row has those that the next
    // one shares with it.
    var open = depth
    var row = stack
    repeat {
      let shared = Int(sharedDepths[row])
      if shared < open {
        let count = open &- shared
        // The path has as many locations above those that were compared.
        let part = UnsafeBufferPointer(start: path.start + (depth &- open), count: count)
        let first = Int(starts[row + 1]) - count
        guard ownLocations.withElements(from: first, count: count, part.hasSameBytes) else {
          return false
        }
        open = shared
      }
      row &-= 1
    } while open > known
    return true
  }

  private mutating func appendPath() throws(MergeError) {
    let isRestart = index.count % StackTable.restartInterval == 0
    let shared = isRestart ? 0 : min(sharedWithLast, Int(UInt16.max))
    ownLocations.append(
      contentsOf: UnsafeBufferPointer(start: path.start, count: path.depth - shared))
    frameCount += path.depth
    _ = try MergedTables.offset(frameCount)
    starts.append(try MergedTables.offset(ownLocations.count))
    sharedDepths.append(UInt16(shared))
  }
}
