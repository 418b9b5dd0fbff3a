extension StackTable {
  /// The stacks without the locations that are hidden, in the same rows: one of which nothing is left
  /// is empty. Nil where no stack has such a location.
  ///
  /// - Parameter isHidden: by location.
  /// - Complexity: O(*n*) in what neighbouring stacks do not share, most of which is copied in long
  ///   pieces.
  package func leavingOut(where isHidden: Column<Bool>) -> StackTable? {
    var rest = RestOfStacks(self)
    // Many are looked at without a branch for each.
    rest.leaveOut(of: self, where: Column(isHidden.lazy.map { $0 ? 1 : 0 }))
    return rest.finish()
  }
}

/// What is left of a table's stacks while it is written.
private struct RestOfStacks: ~Copyable {
  private var sharedDepths: ColumnBuilder<UInt16>
  private var starts: ColumnBuilder<UInt32>
  private var locations: ColumnBuilder<LocationID>
  /// The depths of the hidden locations of the stack, the outermost first.
  private var hidden = ColumnBuilder<UInt32>(capacity: 64)
  /// Where the own locations start that are yet to be copied.
  private var copied = 0
  private var frameCount = 0
  private var isUnchanged = true

  init(_ stacks: StackTable) {
    sharedDepths = ColumnBuilder(capacity: stacks.count)
    starts = ColumnBuilder(capacity: stacks.count + 1)
    locations = ColumnBuilder(capacity: stacks.ownLocations.count)
    starts.append(0)
  }

  mutating func leaveOut(of stacks: StackTable, where isHidden: Column<UInt8>) {
    let (oldShared, oldStarts) = (stacks.sharedDepths.span, stacks.starts.span)
    let (own, flags) = (stacks.ownLocations.span, isHidden.span)
    for stack in oldShared.indices {
      let (start, end) = (Int(oldStarts[stack]), Int(oldStarts[stack &+ 1]))
      let shared = UInt32(oldShared[stack])
      var kept = hidden.count
      while kept > 0, hidden[kept &- 1] >= shared { kept &-= 1 }
      hidden.truncate(to: kept)
      var flag: UInt8 = 0
      for position in start..<end { flag |= flags[own[position].index] }
      if flag != 0 {
        copy(stacks.ownLocations, upTo: start)
        copyShown(of: stacks.ownLocations, in: start..<end, below: shared, where: isHidden)
      }
      let count = locations.count &+ (end &- copied)
      let rest = Int(shared) &- kept
      frameCount &+= rest &+ count &- Int(starts[stack])
      sharedDepths.append(UInt16(truncatingIfNeeded: rest))
      starts.append(UInt32(truncatingIfNeeded: count))
    }
    copy(stacks.ownLocations, upTo: own.count)
  }

  /// Copies all that stands before `end` and was not copied yet.
  private mutating func copy(_ own: Column<LocationID>, upTo end: Int) {
    let piece = copied..<end
    copied = end
    own.withContiguousStorageIfAvailable {
      locations.append(contentsOf: UnsafeBufferPointer(rebasing: $0[piece]))
    }
  }

  /// Copies what is not hidden of a stack's own locations, and notes what is.
  private mutating func copyShown(
    of own: Column<LocationID>, in range: Range<Int>, below shared: UInt32,
    where isHidden: Column<UInt8>
  ) {
    isUnchanged = false
    copied = range.upperBound
    let (own, flags) = (own.span, isHidden.span)
    hidden.append(upTo: range.count) { depths in
      var count = 0
      for position in range.reversed() {
        depths[count] = shared &+ UInt32(truncatingIfNeeded: range.upperBound &- 1 &- position)
        count &+= Int(flags[own[position].index])
      }
      return count
    }
    locations.append(upTo: range.count) { room in
      var count = 0
      for position in range {
        let location = own[position]
        room[count] = location
        count &+= 1 &- Int(flags[location.index])
      }
      return count
    }
  }

  consuming func finish() -> StackTable? {
    guard !isUnchanged else { return nil }
    return StackTable(
      sharedDepths: sharedDepths.finish(), starts: starts.finish(),
      ownLocations: locations.finish(), frameCount: frameCount)
  }
}
