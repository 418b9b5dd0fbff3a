/// The call stacks of a profile, leaf first, a row each.
///
/// Samples name stacks by id; equal stacks may share one id, but need not. Neighbouring stacks
/// mostly share their frames near the root: a stack is kept as what it has of its own, and how much
/// it shares with the one before. Whoever goes through many takes a `StackCursor`, which tells what
/// they share as well; made by a `StackTableBuilder`.
public struct StackTable: Sendable {
  // By stack: the locations next to the root that it shares with the stack before, and where its
  // own start and end. The builder sees to it that no stack shares more than the one before has.
  let sharedDepths: Column<UInt16>
  let starts: Column<UInt32>
  let ends: Column<UInt32>
  /// The locations that are stacks' own, one stack after the other, the leaf of each first.
  let ownLocations: Column<LocationID>
  /// Those of stacks that were changed since, numbered after `ownLocations`: a table made of another
  /// shares those of the stacks that are the same.
  let changedLocations: Column<LocationID>
  /// The frames of all stacks, as locations; fits into 32 bits.
  public let frameCount: Int

  /// Every so many stacks, one is kept whole: as many have to be gone through to find one.
  package static let restartInterval = 64

  /// Takes over columns that keep to what is said of them above, and to `restartInterval`.
  package init(
    sharedDepths: Column<UInt16>, starts: Column<UInt32>, ownLocations: Column<LocationID>,
    frameCount: Int
  ) {
    self.init(
      sharedDepths: sharedDepths, starts: starts, ends: starts.withoutFirst(),
      ownLocations: ownLocations, changedLocations: [], frameCount: frameCount)
  }

  init(
    sharedDepths: Column<UInt16>, starts: Column<UInt32>, ends: Column<UInt32>,
    ownLocations: Column<LocationID>, changedLocations: Column<LocationID>, frameCount: Int
  ) {
    self.sharedDepths = sharedDepths
    self.starts = starts
    self.ends = ends
    self.ownLocations = ownLocations
    self.changedLocations = changedLocations
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
  /// How many locations are kept at most, those of all stacks that are not shared with the one before.
  public var ownLocationCount: Int { ownLocations.count + changedLocations.count }

  /// The locations that are the stack's own, leaf first, for as long as there is the table.
  @inline(__always) func own(of stack: Int) -> UnsafeBufferPointer<LocationID> {
    let (start, end) = (Int(starts[stack]), Int(ends[stack]))
    let ownCount = ownLocations.count
    let isChanged = start >= ownCount
    precondition(
      start <= end && end <= (isChanged ? ownCount &+ changedLocations.count : ownCount),
      "a stack ends before it starts")
    // In bounds by the line above; nil where there are none.
    let first =
      isChanged
      ? changedLocations.base.map { $0 + (start &- ownCount) }
      : ownLocations.base.map { $0 + start }
    return UnsafeBufferPointer(start: first, count: end &- start)
  }

  /// The locations of the stack, leaf first.
  ///
  /// - Complexity: O(*n*) in the own locations of up to 64 stacks.
  public subscript(stack: StackID) -> [LocationID] {
    var cursor = StackCursor(self)
    return cursor.locations(of: stack)
  }

  /// How many locations the stack has.
  public func depth(of stack: StackID) -> Int {
    Int(sharedDepths[stack.index]) + Int(ends[stack.index] - starts[stack.index])
  }

  /// Whether any stack has no location.
  package var hasEmpty: Bool {
    indices.contains { sharedDepths[$0] == 0 && starts[$0] == ends[$0] }
  }

  /// The location of the stack that has `depth` others between it and the root.
  ///
  /// - Precondition: `depth` is less than that of the stack.
  /// - Complexity: O(1) for locations that are the stack's own; else up to 64 stacks are looked at.
  public func location(of stack: StackID, atDepth depth: UInt32) -> LocationID {
    var owner = stack.index
    // No stack shares anything with the one before where it is kept whole.
    while UInt32(sharedDepths[owner]) > depth { owner &-= 1 }
    let index = Int(ends[owner]) &- 1 &- (Int(depth) &- Int(sharedDepths[owner]))
    precondition(index >= Int(starts[owner]), "a stack is not as deep")
    return location(at: index)
  }

  /// The location with this number among those that stacks have of their own.
  @inline(__always) func location(at index: Int) -> LocationID {
    index < ownLocations.count
      ? ownLocations[index] : changedLocations[index &- ownLocations.count]
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
