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
  private var scan: HitScan
  /// 1 where what a hit calls counts as well.
  private let reach: Int
  /// Those of the stack, the outermost first.
  private var hits = ColumnBuilder<Hit>(capacity: 64)
  private var current: Int
  /// How many of the outermost hits the stack is known to have in common with the one where this
  /// stood before.
  public private(set) var shared = 0
  /// Whether the stack has other hits, or at other places, than the one where this stood before.
  public private(set) var hasChanged = false
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
    scan = HitScan(stacks, where: isHit)
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
    let count = hits.count
    shared = count
    while current < stack {
      current &+= 1
      step()
    }
    hasChanged = shared != count || hits.count != count
  }

  @inline(__always) private mutating func step() {
    let sharedDepth = Int(stacks.sharedDepths[current])
    var kept = hits.count
    while kept > 0, Int(hits[kept &- 1].depth) >= sharedDepth { kept &-= 1 }
    hits.truncate(to: kept)
    shared = min(shared, kept)
    let isCalled = kept > 0 && isCallee(atDepth: sharedDepth)
    if scan.hasHit(current) || isCalled { find(below: sharedDepth, isCalled: isCalled) }
    depth = sharedDepth &+ Int(stacks.ends[current] &- stacks.starts[current])
  }

  /// Whether what is at that depth counts because it is called by the last hit.
  @inline(__always) private func isCallee(atDepth depth: Int) -> Bool {
    guard reach > 0 else { return false }
    let last = hits[hits.count &- 1]
    return Int(last.depth) == depth &- 1 && scan.flag(last.location) != 0
  }

  /// Appends what is hit of the stack's own locations.
  private mutating func find(below sharedDepth: Int, isCalled: Bool) {
    let own = stacks.own(of: current)
    var isCalled = isCalled
    var position = own.count
    while position > 0 {
      position &-= 1
      let location = own[position]
      let isThis = scan.flag(location) != 0
      if isThis || isCalled {
        let depth = sharedDepth &+ (own.count &- 1 &- position)
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
    var scan = HitScan(self, where: isHit)
    let sharedDepths = sharedDepths.span
    // The number of locations between the root and the outermost hit; as many as can be without one.
    let none = Int.max
    var outermost = none
    for stack in range {
      let shared = Int(sharedDepths[stack])
      // What is shared with the stack before is known.
      if outermost >= shared {
        outermost = scan.hasHit(stack) ? shared &+ outermostHit(of: stack, scan) : none
      }
      result.append(outermost != none)
    }
    return result.finish()
  }

  /// How many of the stack's own locations there are between those that it shares and the first that
  /// is hit, of which there is one.
  private func outermostHit(of stack: Int, _ scan: borrowing HitScan) -> Int {
    let own = own(of: stack)
    return own.count &- 1 &- (own.lastIndex { scan.flag($0) != 0 } ?? 0)
  }

  /// By stack, its innermost location; `.none` for stacks without any.
  ///
  /// - Complexity: O(*n*) in stacks.
  public func leaves() -> Column<LocationID> {
    var leaves = ColumnBuilder<LocationID>(capacity: count)
    let (sharedDepths, starts, ends) = (sharedDepths.span, starts.span, ends.span)
    for stack in sharedDepths.indices {
      if starts[stack] < ends[stack] {
        leaves.append(location(at: Int(starts[stack])))
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
