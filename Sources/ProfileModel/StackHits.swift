/// Goes through stacks in order and keeps of each only the locations that are looked for, which
/// costs a look at what neighbouring stacks do not share, and nothing is copied.
///
/// Not copyable, so that its fields cost no exclusivity check.
public struct StackHits: ~Copyable {
  /// A location of the stack that is looked for.
  public struct Hit: BitwiseCopyable, Sendable {
    public let location: LocationID
    /// How many locations there are between it and the root.
    public let depth: UInt32
  }

  private let stacks: StackTable
  /// By location, 1 where it is looked for: many are looked at without a branch for each.
  private let isHit: Column<UInt8>
  /// 1 where what a hit calls counts as well.
  private let reach: Int
  /// Those of the stack, the outermost first.
  private var hits = ColumnBuilder<Hit>(capacity: 64)
  private var current: Int
  /// How many of the outermost hits the stack is known to have in common with the one where this
  /// stood before.
  public private(set) var shared = 0
  /// How many locations the stack has.
  public private(set) var depth = 0

  /// - Parameters:
  ///   - isHit: by location, whether it is looked for.
  ///   - first: the first stack to go to, or one before it.
  ///   - includesCallees: whether locations that are called by such a one are looked for too.
  public init(
    _ stacks: StackTable, where isHit: Column<Bool>, from first: Int = 0,
    includesCallees: Bool = false
  ) {
    self.stacks = stacks
    var flags = ColumnBuilder<UInt8>(capacity: isHit.count)
    let isHit = isHit.span
    for location in isHit.indices { flags.append(isHit[location] ? 1 : 0) }
    self.isHit = flags.finish()
    current = first - first % StackTable.restartInterval - 1
    reach = includesCallees ? 1 : 0
  }

  /// How many hits the stack has.
  public var count: Int { hits.count }

  /// The hits of the stack, the outermost first.
  public subscript(position: Int) -> Hit { hits[position] }

  /// Whether the innermost location is a hit.
  public var isLeafHit: Bool {
    hits.count > 0 && Int(hits[hits.count &- 1].depth) == depth &- 1
  }

  /// The location that calls a hit; nil where it is the root.
  public func caller(ofHit position: Int) -> LocationID? {
    let depth = hits[position].depth
    guard depth > 0 else { return nil }
    if position > 0, hits[position - 1].depth == depth - 1 { return hits[position - 1].location }
    return stacks.location(of: StackID(current), atDepth: depth - 1)
  }

  /// Goes to the stack in row `stack`.
  ///
  /// - Precondition: it stands after the one where this stood before.
  public mutating func move(to stack: Int) {
    precondition(stack > current && stack < stacks.count, "hits are found in order")
    shared = hits.count
    while current < stack {
      current &+= 1
      step()
    }
  }

  @inline(__always) private mutating func step() {
    let sharedDepth = Int(stacks.sharedDepths[current])
    var kept = hits.count
    while kept > 0, Int(hits[kept &- 1].depth) >= sharedDepth { kept &-= 1 }
    hits.truncate(to: kept)
    shared = min(shared, kept)
    let own = Int(stacks.starts[current])..<Int(stacks.starts[current &+ 1])
    Self.find(in: own, of: stacks, below: sharedDepth, where: isHit, reach: reach, &hits)
    depth = sharedDepth &+ own.count
  }

  /// Appends what is hit of a stack's own locations.
  @inline(__always)
  private static func find(
    in own: Range<Int>, of stacks: StackTable, below sharedDepth: Int, where isHit: Column<UInt8>,
    reach: Int, _ hits: inout ColumnBuilder<Hit>
  ) {
    let locations = stacks.ownLocations.span
    let isHit = isHit.span
    var isCalled = false
    if reach > 0, hits.count > 0 {
      let last = hits[hits.count &- 1]
      isCalled = Int(last.depth) == sharedDepth &- 1 && isHit[last.location.index] != 0
    }
    if !isCalled {
      // Most stacks have none: that is found out without a branch for each location.
      var flags: UInt8 = 0
      for position in own { flags |= isHit[locations[position].index] }
      if flags == 0 { return }
    }
    var position = own.upperBound
    while position > own.lowerBound {
      position &-= 1
      let location = locations[position]
      let isThis = isHit[location.index] != 0
      if isThis || isCalled {
        let depth = sharedDepth &+ (own.upperBound &- 1 &- position)
        hits.append(Hit(location: location, depth: UInt32(truncatingIfNeeded: depth)))
      }
      isCalled = isThis && reach > 0
    }
  }
}

extension StackTable {
  /// By stack, whether it has a location that is hit.
  ///
  /// - Parameter isHit: by location.
  /// - Complexity: O(*n*) in what neighbouring stacks do not share, up to the first hit.
  public func stacks(where isHit: Column<Bool>) -> Column<Bool> {
    let halves = inHalves { stacks(in: $0, where: isHit) }
    guard halves.count > 1 else { return halves[0] }
    var result = ColumnBuilder<Bool>(capacity: count)
    for half in halves { result.append(contentsOf: half) }
    return result.finish()
  }

  private func stacks(in range: Range<Int>, where isHit: Column<Bool>) -> Column<Bool> {
    var result = ColumnBuilder<Bool>(capacity: range.count)
    let (sharedDepths, starts) = (sharedDepths.span, starts.span)
    let (locations, isHit) = (ownLocations.span, isHit.span)
    // The number of locations between the root and the outermost hit; as many as can be without one.
    let none = Int.max
    var outermost = none
    for stack in range {
      let shared = Int(sharedDepths[stack])
      // What is shared with the stack before is known.
      if outermost >= shared {
        let (start, end) = (Int(starts[stack]), Int(starts[stack &+ 1]))
        var position = end
        outermost = none
        while position > start {
          position &-= 1
          if isHit[locations[position].index] {
            outermost = shared &+ (end &- 1 &- position)
            break
          }
        }
      }
      result.append(outermost != none)
    }
    return result.finish()
  }

  /// By stack, its innermost location; `.none` for stacks without any.
  ///
  /// - Complexity: O(*n*) in stacks.
  public func leaves() -> Column<LocationID> {
    var leaves = ColumnBuilder<LocationID>(capacity: count)
    let (sharedDepths, starts) = (sharedDepths.span, starts.span)
    let locations = ownLocations.span
    for stack in sharedDepths.indices {
      if starts[stack] < starts[stack &+ 1] {
        leaves.append(locations[Int(starts[stack])])
      } else if sharedDepths[stack] == 0 {
        leaves.append(.none)
      } else {
        let depth = UInt32(sharedDepths[stack]) - 1
        leaves.append(location(of: StackID(stack), atDepth: depth))
      }
    }
    return leaves.finish()
  }
}
