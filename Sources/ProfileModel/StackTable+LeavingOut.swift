extension StackTable {
  /// The stacks without the locations that are hidden, in the same rows: one of which nothing is left
  /// is empty. Nil where no stack has such a location.
  ///
  /// What stacks have of their own is shared with this table where it stays the same.
  ///
  /// - Parameter isHidden: by location.
  /// - Complexity: O(*n*) in what neighbouring stacks do not share; memory only for those of which
  ///   something is left out.
  package func leavingOut(where isHidden: Column<Bool>) -> StackTable? {
    var rest = RestOfStacks(self)
    rest.leaveOut(of: self, where: isHidden)
    return rest.finish()
  }
}

/// What is left of a table's stacks while it is written.
private struct RestOfStacks: ~Copyable {
  private var sharedDepths: ColumnBuilder<UInt16>
  private var starts: ColumnBuilder<UInt32>
  private var ends: ColumnBuilder<UInt32>
  /// The locations that stay where they are.
  private let ownLocations: Column<LocationID>
  private var changedLocations = ColumnBuilder<LocationID>()
  /// The depths of the hidden locations of the stack, the outermost first.
  private var hidden = ColumnBuilder<UInt32>(capacity: 64)
  private var frameCount = 0
  private var isUnchanged = true

  init(_ stacks: StackTable) {
    sharedDepths = ColumnBuilder(capacity: stacks.count)
    starts = ColumnBuilder(capacity: stacks.count)
    ends = ColumnBuilder(capacity: stacks.count)
    // All that are changed have to be numbered after them.
    let isShared = stacks.ownLocationCount <= Int(UInt32.max) / 2
    ownLocations = isShared ? stacks.ownLocations : []
  }

  mutating func leaveOut(of stacks: StackTable, where isHidden: Column<Bool>) {
    let (oldShared, oldStarts, oldEnds) = (
      stacks.sharedDepths.span, stacks.starts.span, stacks.ends.span
    )
    var scan = HitScan(stacks, where: isHidden)
    let sharedCount = ownLocations.count
    for stack in oldShared.indices {
      let shared = UInt32(oldShared[stack])
      var kept = hidden.count
      while kept > 0, hidden[kept &- 1] >= shared { kept &-= 1 }
      hidden.truncate(to: kept)
      let isChanged = scan.hasHit(stack)
      var (start, end) = (oldStarts[stack], oldEnds[stack])
      if isChanged || Int(start) >= sharedCount {
        start = UInt32(truncatingIfNeeded: sharedCount &+ changedLocations.count)
        let own = stacks.own(of: stack)
        if isChanged { note(own, below: shared, scan) }
        copy(own, scan)
        end = UInt32(truncatingIfNeeded: sharedCount &+ changedLocations.count)
      }
      starts.append(start)
      ends.append(end)
      let rest = Int(shared) &- kept
      sharedDepths.append(UInt16(truncatingIfNeeded: rest))
      frameCount &+= rest &+ Int(end &- start)
    }
  }

  /// Notes which of a stack's own locations are hidden.
  private mutating func note(
    _ own: UnsafeBufferPointer<LocationID>, below shared: UInt32, _ scan: borrowing HitScan
  ) {
    isUnchanged = false
    hidden.append(upTo: own.count) { depths in
      var count = 0
      for position in own.indices.reversed() {
        depths[count] = shared &+ UInt32(truncatingIfNeeded: own.count &- 1 &- position)
        count &+= Int(scan.flag(own[position]))
      }
      return count
    }
  }

  /// Copies what is not hidden of a stack's own locations.
  private mutating func copy(
    _ own: UnsafeBufferPointer<LocationID>, _ scan: borrowing HitScan
  ) {
    changedLocations.append(upTo: own.count) { room in
      var count = 0
      for position in own.indices {
        let location = own[position]
        room[count] = location
        count &+= 1 &- Int(scan.flag(location))
      }
      return count
    }
  }

  consuming func finish() -> StackTable? {
    guard !isUnchanged else { return nil }
    return StackTable(
      sharedDepths: sharedDepths.finish(), starts: starts.finish(), ends: ends.finish(),
      ownLocations: ownLocations, changedLocations: changedLocations.finish(),
      frameCount: frameCount)
  }
}
