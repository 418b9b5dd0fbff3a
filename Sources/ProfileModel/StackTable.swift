/// The call stacks of a profile, leaf first, a row each.
///
/// Samples name stacks by id; equal stacks may share one id, but need not. Neighbouring stacks
/// mostly share their frames near the root: a stack is kept as what it has of its own, and how much
/// it shares with the one before. Whoever goes through many takes a `StackCursor`, which tells what
/// they share as well; made by a `StackTableBuilder`.
public struct StackTable: Sendable {
  // By stack: the locations next to the root that it shares with the stack before, and where its
  // own start; one more than there are stacks, for the end. The builder sees to it that no stack
  // shares more than the one before has.
  let sharedDepths: Column<UInt16>
  let starts: Column<UInt32>
  /// The locations that are stacks' own, one stack after the other, the leaf of each first.
  let ownLocations: Column<LocationID>
  /// The frames of all stacks, as locations; fits into 32 bits.
  public let frameCount: Int

  /// Every so many stacks, one is kept whole: as many have to be gone through to find one.
  package static let restartInterval = 64

  /// Takes over columns that keep to what is said of them above, and to `restartInterval`.
  package init(
    sharedDepths: Column<UInt16>, starts: Column<UInt32>, ownLocations: Column<LocationID>,
    frameCount: Int
  ) {
    self.sharedDepths = sharedDepths
    self.starts = starts
    self.ownLocations = ownLocations
    self.frameCount = frameCount
  }

  /// Stacks one after the other, the leaf of each first.
  ///
  /// - Parameter starts: where each stack starts, and the end.
  public init(starts: some RandomAccessCollection<UInt32>, locations: Column<LocationID>) {
    precondition(starts.last.map { Int($0) } == locations.count, "stacks are all of the locations")
    var builder = StackTableBuilder(stacks: starts.count - 1)
    for (start, end) in zip(starts, starts.dropFirst()) {
      builder.append(upTo: Int(end - start)) { room in
        for index in start..<end { room[Int(index - start)] = locations[Int(index)] }
        return Int(end - start)
      }
    }
    self = builder.finish()
  }

  public var count: Int { sharedDepths.count }
  public var indices: Range<Int> { 0..<count }
  /// How many locations are kept, those of all stacks that are not shared with the one before.
  public var ownLocationCount: Int { ownLocations.count }

  /// The locations of the stack, leaf first.
  ///
  /// - Complexity: O(*n*) in the own locations of up to 64 stacks.
  public subscript(stack: StackID) -> [LocationID] {
    var cursor = StackCursor(self)
    return cursor.locations(of: stack)
  }

  /// How many locations the stack has.
  public func depth(of stack: StackID) -> Int {
    Int(sharedDepths[stack.index]) + Int(starts[stack.index + 1] - starts[stack.index])
  }

  /// Whether any stack has no location.
  package var hasEmpty: Bool {
    let (sharedDepths, starts) = (sharedDepths.span, starts.span)
    return sharedDepths.indices.contains {
      sharedDepths[$0] == 0 && starts[$0] == starts[$0 &+ 1]
    }
  }

  /// The location of the stack that has `depth` others between it and the root.
  ///
  /// - Precondition: `depth` is less than that of the stack.
  /// - Complexity: O(1) for locations that are the stack's own; else up to 64 stacks are looked at.
  public func location(of stack: StackID, atDepth depth: UInt32) -> LocationID {
    var owner = stack.index
    // No stack shares anything with the one before where it is kept whole.
    while UInt32(sharedDepths[owner]) > depth { owner &-= 1 }
    let index = Int(starts[owner + 1]) &- 1 &- (Int(depth) &- Int(sharedDepths[owner]))
    precondition(index >= Int(starts[owner]), "a stack is not as deep")
    return ownLocations[index]
  }

  /// The stacks written out, for those who go back and forth on many at once.
  ///
  /// - Complexity: O(*n*) in all frames, in time and in memory.
  public func writtenOut() -> (starts: Column<UInt32>, locations: Column<LocationID>) {
    var starts = ColumnBuilder<UInt32>(capacity: count + 1)
    var locations = ColumnBuilder<LocationID>(capacity: frameCount)
    var cursor = StackCursor(self)
    starts.append(0)
    for stack in indices {
      cursor.move(to: stack)
      cursor.locations.withUnsafeBufferPointer { locations.append(contentsOf: $0) }
      starts.append(UInt32(truncatingIfNeeded: locations.count))
    }
    return (starts.finish(), locations.finish())
  }
}
