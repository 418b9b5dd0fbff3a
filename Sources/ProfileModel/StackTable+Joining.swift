extension StackTable {
  /// Two tables as one.
  package struct Joined {
    package let table: StackTable
    /// By block of `restartInterval` stacks of the second table, how far its ids move.
    fileprivate let shifts: [Int]

    /// What a stack of the second table is here.
    @inline(__always) package func id(ofSecond stack: StackID) -> StackID {
      StackID(stack.index &+ shifts[stack.index / StackTable.restartInterval])
    }
  }

  /// This table with the stacks of another after its own, which keep their ids.
  ///
  /// Nothing is looked for: a stack of both is there twice, unless all of the block that it is in
  /// stands in the same place in both.
  /// - Parameters:
  ///   - locations: what each location of `other` is here.
  /// - Returns: nil where one of them is made of another table, or there are too many frames.
  package func joined(with other: StackTable, locations: Span<LocationID>) -> Joined? {
    guard changedLocations.isEmpty, other.changedLocations.isEmpty,
      ownLocations.count + other.ownLocations.count < UInt32.max
    else { return nil }
    var joining = JoiningStacks(self, extra: other.count)
    var shifts: [Int] = []
    for first in stride(from: 0, to: other.count, by: Self.restartInterval) {
      let block = first..<min(first + Self.restartInterval, other.count)
      if isSame(block, in: other, locations) {
        shifts.append(0)
      } else {
        shifts.append(joining.count - first)
        joining.append(block, of: other, locations)
      }
    }
    return joining.finish().map { Joined(table: $0, shifts: shifts) }
  }

  /// Whether the stacks of a block, which begins whole, are the same in both tables.
  private func isSame(
    _ block: Range<Int>, in other: StackTable, _ locations: Span<LocationID>
  ) -> Bool {
    guard block.upperBound <= count else { return false }
    for stack in block {
      guard sharedDepths[stack] == other.sharedDepths[stack],
        own(of: stack).count == other.own(of: stack).count
      else { return false }
    }
    for stack in block {
      let (mine, others) = (own(of: stack).span, other.own(of: stack).span)
      for index in mine.indices where mine[index] != locations[others[index].index] { return false }
    }
    return true
  }
}

/// A table of stacks while those of another are put after its own.
private struct JoiningStacks: ~Copyable {
  private let first: StackTable
  private var sharedDepths: ColumnBuilder<UInt16>
  private var starts: ColumnBuilder<UInt32>
  private var ends: ColumnBuilder<UInt32>
  /// The locations of the second table, numbered after those of the first.
  private var locations = ColumnBuilder<LocationID>()
  private var frameCount: Int

  /// The stacks so far: those of the second table begin with a whole one.
  var count: Int { sharedDepths.count }

  /// - Parameter extra: how many stacks there may be more.
  init(_ first: StackTable, extra: Int) {
    self.first = first
    frameCount = first.frameCount
    let room = first.count + StackTable.restartInterval + extra
    sharedDepths = ColumnBuilder(capacity: room)
    starts = ColumnBuilder(capacity: room)
    ends = ColumnBuilder(capacity: room)
    sharedDepths.append(contentsOf: first.sharedDepths)
    ends.append(contentsOf: first.ends)
    first.starts.withContiguousStorageIfAvailable { all in
      starts.append(contentsOf: UnsafeBufferPointer(rebasing: all.prefix(first.count)))
    }
    pad()
  }

  /// Fills up the last block with stacks that no sample has.
  private mutating func pad() {
    while count % StackTable.restartInterval != 0 {
      let depth = Int(sharedDepths[count - 1]) + Int(ends[count - 1] - starts[count - 1])
      let shared = UInt16(clamping: depth)
      append(sharing: shared, start: ends[count - 1], count: 0)
    }
  }

  mutating func append(
    _ block: Range<Int>, of other: StackTable, _ known: Span<LocationID>
  ) {
    for stack in block {
      let own = other.own(of: stack).span
      let start = first.ownLocations.count + locations.count
      locations.append(upTo: own.count) { room in
        for index in own.indices { room[index] = known[own[index].index] }
        return own.count
      }
      append(
        sharing: other.sharedDepths[stack], start: UInt32(truncatingIfNeeded: start),
        count: own.count)
    }
  }

  @inline(__always)
  private mutating func append(sharing shared: UInt16, start: UInt32, count: Int) {
    sharedDepths.append(shared)
    starts.append(start)
    ends.append(start &+ UInt32(truncatingIfNeeded: count))
    frameCount &+= Int(shared) &+ count
  }

  /// The table; nil where it has too many frames to number.
  consuming func finish() -> StackTable? {
    guard frameCount < UInt32.max else { return nil }
    return StackTable(
      sharedDepths: sharedDepths.finish(), starts: starts.finish(), ends: ends.finish(),
      ownLocations: first.ownLocations, changedLocations: locations.finish(),
      frameCount: frameCount)
  }
}
