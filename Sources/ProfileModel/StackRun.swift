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
  ///   - sums: of the weights by stack.
  ///   - body: is given each run.
  /// - Returns: the weight of the stacks that have no location there.
  /// - Complexity: O(*n*) in stacks, with a very small factor for those that share the location with
  ///   the one before.
  public func split(
    _ rows: Range<Int>, atDepth depth: UInt32, _ sums: StackSums, _ body: (StackRun) -> Void
  ) -> Int64 {
    var ended: Int64 = 0
    var first = StackID.none
    var last = 0
    var location = LocationID.none
    func flush() {
      guard !first.isNone else { return }
      let count = UInt32(truncatingIfNeeded: last &- first.index &+ 1)
      body(StackRun(first: first, count: count, location: location, depth: depth))
      first = .none
    }
    let sharedDepths = sharedDepths.span
    var next = rows.lowerBound
    while next < rows.upperBound {
      // All up to the next one that parts have the location that the first has there, or it has none.
      let start = next
      next &+= 1
      while next < rows.upperBound, UInt32(sharedDepths[next]) > depth { next &+= 1 }
      var (low, high) = (start, next)
      while low < high, sums.weight(of: low) == 0 { low &+= 1 }
      if low == high { continue }
      while sums.weight(of: high &- 1) == 0 { high &-= 1 }
      guard let here = self.own(of: start, atDepth: depth) else {
        flush()
        ended &+= sums.weight(of: start..<next)
        continue
      }
      if first.isNone || here != location {
        flush()
        first = StackID(low)
        location = here
      }
      last = high &- 1
    }
    flush()
    return ended
  }

  /// The location of the stack that has `depth` others between it and the root, mostly its own; nil
  /// where the stack is not as deep.
  @inline(__always) private func own(of stack: Int, atDepth depth: UInt32) -> LocationID? {
    let shared = UInt32(sharedDepths[stack])
    guard shared <= depth else { return location(of: StackID(stack), atDepth: depth) }
    let (start, end) = (Int(starts[stack]), Int(ends[stack]))
    let index = end &- 1 &- Int(depth &- shared)
    return index < start ? nil : location(at: index)
  }
}
