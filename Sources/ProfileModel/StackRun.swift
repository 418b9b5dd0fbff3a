/// Stacks one after the other that have the same locations next to the root, down to one.
public struct StackRun: BitwiseCopyable, Sendable {
  public let first: StackID
  public let count: UInt32
  /// The last of the locations that all of them have.
  public let location: LocationID
  /// How many locations there are between it and the root.
  public let depth: UInt32
  /// The number of the location among those that stacks have of their own, where it is the first
  /// stack's; else `.max`.
  let place: UInt32

  /// No stacks at all.
  public static let none = StackRun(
    first: .none, count: 0, location: .none, depth: 0, place: .max)

  init(first: StackID, count: UInt32, location: LocationID, depth: UInt32, place: UInt32) {
    self.first = first
    self.count = count
    self.location = location
    self.depth = depth
    self.place = place
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
    var place = UInt32.max
    func flush() {
      guard !first.isNone else { return }
      let count = UInt32(truncatingIfNeeded: last &- first.index &+ 1)
      body(StackRun(first: first, count: count, location: location, depth: depth, place: place))
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
      guard let (here, herePlace) = self.place(in: start, atDepth: depth) else {
        flush()
        ended &+= sums.weight(of: start..<next)
        continue
      }
      if first.isNone || here != location {
        flush()
        first = StackID(low)
        location = here
        place = low == start ? herePlace : .max
      }
      last = high &- 1
    }
    flush()
    return ended
  }

  /// Has the processor fetch what `next(of:)` looks at, mostly.
  @inline(__always) public func fetchAhead(_ run: StackRun) {
    starts.fetchAhead(run.first.index)
    ownLocations.fetchAhead(Int(run.place) &- 1)
  }

  /// The run of a single stack at its next location; nil where it has no more.
  @inline(__always) public func next(of run: StackRun) -> StackRun? {
    let stack = run.first.index
    var found: (location: LocationID, place: UInt32)?
    if run.place == .max {
      found = place(in: stack, atDepth: run.depth &+ 1)
    } else if run.place > starts[stack] {
      found = (location(at: Int(run.place) &- 1), run.place &- 1)
    }
    return found.map {
      StackRun(
        first: run.first, count: 1, location: $0.location, depth: run.depth &+ 1, place: $0.place)
    }
  }

  /// One stack at the location that has `depth` others between it and the root.
  ///
  /// - Precondition: `depth` is less than that of the stack.
  public func run(of stack: StackID, atDepth depth: UInt32) -> StackRun {
    let location = location(of: stack, atDepth: depth)
    return StackRun(first: stack, count: 1, location: location, depth: depth, place: .max)
  }

  /// The location of the stack that has `depth` others between it and the root, mostly its own, and
  /// its number if it is; nil where the stack is not as deep.
  @inline(__always) private func place(
    in stack: Int, atDepth depth: UInt32
  ) -> (location: LocationID, place: UInt32)? {
    let shared = UInt32(sharedDepths[stack])
    guard shared <= depth else { return (location(of: StackID(stack), atDepth: depth), .max) }
    let (start, end) = (Int(starts[stack]), Int(ends[stack]))
    let index = end &- 1 &- Int(depth &- shared)
    return index < start ? nil : (location(at: index), UInt32(truncatingIfNeeded: index))
  }
}
