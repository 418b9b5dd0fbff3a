/// Stacks one after the other that have the same locations next to the root, down to one.
public struct StackRun: BitwiseCopyable, Sendable {
  public let first: StackID
  public let count: UInt32
  /// The last of the locations that all of them have.
  public let location: LocationID
  /// How many locations there are between it and the root.
  public let depth: UInt32

  public init(first: StackID, count: UInt32, location: LocationID, depth: UInt32) {
    self.first = first
    self.count = count
    self.location = location
    self.depth = depth
  }

  /// The rows of the stacks.
  public var rows: Range<Int> { first.index..<first.index + Int(count) }
}

extension StackTable {
  /// Splits stacks by the location that they have below those that they have in common.
  ///
  /// Stacks of no weight do not count: none begins or ends a run, and runs of no other are left out.
  /// - Parameters:
  ///   - rows: stacks that have the first `depth` locations from the root in common.
  ///   - weights: by stack.
  ///   - body: is given each run.
  /// - Returns: the weight of the stacks that have no location there.
  /// - Complexity: O(*n*) in stacks, with a small factor for those that share the location with the
  ///   one before.
  public func split(
    _ rows: Range<Int>, atDepth depth: UInt32, weights: Column<Int64>, _ body: (StackRun) -> Void
  ) -> Int64 {
    if rows.count == 1 { return goOn(rows.lowerBound, atDepth: depth, weights: weights, body) }
    let sharedDepths = sharedDepths.span
    let weights = weights.span
    var ended: Int64 = 0
    var first = StackID.none
    var last = 0
    var location = LocationID.none
    // Whether a stack since the last one that counts does not share the location.
    var hasParted = true
    func flush() {
      guard !first.isNone else { return }
      let count = UInt32(truncatingIfNeeded: last &- first.index &+ 1)
      body(StackRun(first: first, count: count, location: location, depth: depth))
      first = .none
    }
    for stack in rows {
      if UInt32(sharedDepths[stack]) <= depth { hasParted = true }
      if weights[stack] == 0 { continue }
      if !hasParted {
        last = stack
        continue
      }
      guard self.depth(of: StackID(stack)) > Int(depth) else {
        flush()
        ended &+= weights[stack]
        continue
      }
      hasParted = false
      let here = self.location(of: StackID(stack), atDepth: depth)
      if first.isNone || here != location {
        flush()
        first = StackID(stack)
        location = here
      }
      last = stack
    }
    flush()
    return ended
  }

  /// The same for one stack, as most are where stacks have parted.
  private func goOn(
    _ stack: Int, atDepth depth: UInt32, weights: Column<Int64>, _ body: (StackRun) -> Void
  ) -> Int64 {
    let id = StackID(stack)
    guard self.depth(of: id) > Int(depth) else { return weights[stack] }
    guard weights[stack] != 0 else { return 0 }
    let location = self.location(of: id, atDepth: depth)
    body(StackRun(first: id, count: 1, location: location, depth: depth))
    return 0
  }
}
