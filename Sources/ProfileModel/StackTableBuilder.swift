/// A table of stacks while it is written, stack by stack.
///
/// Not copyable, so that its fields cost no exclusivity check.
public struct StackTableBuilder: ~Copyable {
  private var sharedDepths: ColumnBuilder<UInt16>
  private var starts: ColumnBuilder<UInt32>
  private var locations: ColumnBuilder<LocationID>
  /// The stack that was written last, unless it was told what that shares: who tells once mostly
  /// tells always, and nothing is looked up then.
  private var path = StackPath()
  private var pathIsLast = true
  private var frameCount = 0

  /// - Parameters:
  ///   - stacks: how many to make room for; more are accepted.
  ///   - locations: how many to make room for, all stacks together; more are accepted.
  public init(stacks: Int = 0, locations: Int = 0) {
    sharedDepths = ColumnBuilder(capacity: stacks)
    starts = ColumnBuilder(capacity: stacks + 1)
    starts.append(0)
    self.locations = ColumnBuilder(capacity: locations)
  }

  /// The stacks so far.
  public var count: Int { sharedDepths.count }

  /// How many locations the stack has that was written last.
  public private(set) var lastDepth = 0

  /// How many locations next to the root the next stack may share with the last one.
  public var sharableDepth: Int {
    count % StackTable.restartInterval == 0 ? 0 : min(lastDepth, Int(UInt16.max))
  }

  /// Whether there are more frames than can be numbered; such a table must not be finished.
  public var isTooLarge: Bool { frameCount > Int(UInt32.max) }

  /// Appends the stack that `body` writes, leaf first.
  ///
  /// - Parameters:
  ///   - shared: at most `sharableDepth`: the locations next to the root that are those of the last
  ///     stack, which `body` does not write. Where it is 0, what is shared is found out, unless
  ///     the last stack was told.
  ///   - extra: the locations that `body` is given room for; it returns how many it wrote.
  public mutating func append<Failure: Error>(
    sharing shared: Int = 0, upTo extra: Int,
    _ body: (UnsafeMutablePointer<LocationID>) throws(Failure) -> Int
  ) throws(Failure) {
    precondition(shared <= sharableDepth, "a stack shares no more than it may")
    let start = locations.count
    try locations.append(upTo: extra, body)
    let written = locations.count &- start
    guard shared == 0 else {
      pathIsLast = false
      endStack(from: start, sharing: shared)
      return
    }
    var found = 0
    if pathIsLast, sharableDepth > 0 {
      found = locations.withElements(from: start, count: written) {
        min(path.sharedDepth(with: $0), sharableDepth)
      }
      // The shared ones are the last.
      locations.truncate(to: locations.count &- found)
    }
    // What is known of the last stack, or nothing of it, is below what is found.
    locations.withElements(from: start, count: written &- found) {
      path.replace(below: found, with: $0)
    }
    pathIsLast = true
    endStack(from: start, sharing: found)
  }

  /// Appends a stack, leaf first.
  public mutating func append(_ stack: UnsafeBufferPointer<LocationID>) {
    append(upTo: stack.count) { room in
      if let base = stack.baseAddress { room.update(from: base, count: stack.count) }
      return stack.count
    }
  }

  /// Appends a stack that no sample has, whatever it is: it takes no room.
  public mutating func appendUnused() {
    let shared = sharableDepth
    // The same as the last one, unless that is not to be shared: then it is empty.
    if shared != lastDepth { pathIsLast = false }
    endStack(from: locations.count, sharing: shared)
  }

  /// Puts another location in the place of each; whether stacks are the same is as before.
  ///
  /// - Parameter replacement: gives different locations for different ones.
  public mutating func mapLocations<Failure: Error>(
    _ replacement: (LocationID) throws(Failure) -> LocationID
  ) throws(Failure) {
    pathIsLast = false
    for index in 0..<locations.count { locations[index] = try replacement(locations[index]) }
  }

  /// The table.
  public consuming func finish() -> StackTable {
    precondition(!isTooLarge, "too many frames")
    return StackTable(
      sharedDepths: sharedDepths.finish(), starts: starts.finish(),
      ownLocations: locations.finish(), frameCount: frameCount)
  }

  @inline(__always) private mutating func endStack(from start: Int, sharing shared: Int) {
    sharedDepths.append(UInt16(truncatingIfNeeded: shared))
    // Where there are too many to fit, the table is never finished.
    starts.append(UInt32(truncatingIfNeeded: locations.count))
    lastDepth = shared &+ (locations.count &- start)
    frameCount &+= lastDepth
  }
}
