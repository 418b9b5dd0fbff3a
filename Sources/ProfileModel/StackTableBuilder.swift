/// A table of stacks while it is written, stack by stack.
///
/// Not copyable, so that its fields cost no exclusivity check.
public struct StackTableBuilder: ~Copyable {
  private var sharedDepths: ColumnBuilder<UInt16>
  private var starts: ColumnBuilder<UInt32>
  private var locations: ColumnBuilder<LocationID>
  /// The stack that was written last.
  private var path = StackPath()
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
  public var lastDepth: Int { path.depth }

  /// How many locations next to the root the next stack may share with the last one.
  public var sharableDepth: Int {
    count % StackTable.restartInterval == 0 ? 0 : min(path.depth, Int(UInt16.max))
  }

  /// Whether there are more frames than can be numbered; such a table must not be finished.
  public var isTooLarge: Bool { frameCount > Int(UInt32.max) }

  /// Appends the stack that `body` writes, leaf first.
  ///
  /// - Parameters:
  ///   - shared: at most `sharableDepth`: the locations next to the root that are those of the last
  ///     stack, which `body` does not write. Where it is 0, what is shared is found out.
  ///   - extra: the locations that `body` is given room for; it returns how many it wrote.
  public mutating func append<Failure: Error>(
    sharing shared: Int = 0, upTo extra: Int,
    _ body: (UnsafeMutablePointer<LocationID>) throws(Failure) -> Int
  ) throws(Failure) {
    precondition(shared <= sharableDepth, "a stack shares no more than it may")
    let start = locations.count
    try locations.append(upTo: extra, body)
    let written = locations.count &- start
    var shared = shared
    if shared == 0, sharableDepth > 0 {
      shared = locations.withElements(from: start, count: written) {
        min(path.sharedDepth(with: $0), sharableDepth)
      }
      // The shared ones are the last.
      locations.truncate(to: locations.count &- shared)
    }
    endStack(from: start, sharing: shared)
  }

  /// Appends a stack, leaf first.
  public mutating func append(_ stack: UnsafeBufferPointer<LocationID>) {
    append(upTo: stack.count) { room in
      if let base = stack.baseAddress { room.update(from: base, count: stack.count) }
      return stack.count
    }
  }

  /// Appends a stack that no sample has, whatever it is: it takes no room.
  public mutating func appendUnused() { endStack(from: locations.count, sharing: sharableDepth) }

  /// The table.
  public consuming func finish() -> StackTable {
    precondition(!isTooLarge, "too many frames")
    return StackTable(
      sharedDepths: sharedDepths.finish(), starts: starts.finish(),
      ownLocations: locations.finish(), frameCount: frameCount)
  }

  @inline(__always) private mutating func endStack(from start: Int, sharing shared: Int) {
    locations.withElements(from: start, count: locations.count &- start) {
      path.replace(below: shared, with: $0)
    }
    sharedDepths.append(UInt16(truncatingIfNeeded: shared))
    // Where there are too many to fit, the table is never finished.
    starts.append(UInt32(truncatingIfNeeded: locations.count))
    frameCount &+= path.depth
  }
}
