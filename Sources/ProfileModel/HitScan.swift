/// Tells which stacks have locations of their own that are looked for, where stacks are gone through in
/// order: locations are looked at many at a time, whosever they are.
///
/// Not copyable, so that its fields cost no exclusivity check.
struct HitScan: ~Copyable {
  private let stacks: StackTable
  /// By location, 1 where it is looked for.
  private let flags: Column<UInt8>
  /// Where the first hit is that was not passed yet, or the end: among the locations that are stacks'
  /// own, and among those that were changed since.
  private var next = -1
  private var nextChanged = -1

  /// - Parameter isHit: by location.
  init(_ stacks: StackTable, where isHit: Column<Bool>) {
    self.stacks = stacks
    flags = Column(isHit.lazy.map { $0 ? 1 : 0 })
  }

  /// 1 where the location is looked for.
  @inline(__always) func flag(_ location: LocationID) -> UInt8 { flags[location.index] }

  /// Whether any of the stack's own locations is a hit.
  ///
  /// - Precondition: the stack stands after the one that was asked about last.
  @inline(__always) mutating func hasHit(_ stack: Int) -> Bool {
    let (start, end) = (Int(stacks.starts[stack]), Int(stacks.ends[stack]))
    let ownCount = stacks.ownLocations.count
    if start >= ownCount { return hasChangedHit(from: start &- ownCount, to: end &- ownCount) }
    if next < start { next = Self.find(stacks.ownLocations, from: start, flags) }
    return next < end
  }

  private mutating func hasChangedHit(from start: Int, to end: Int) -> Bool {
    if nextChanged < start {
      nextChanged = Self.find(stacks.changedLocations, from: start, flags)
    }
    return nextChanged < end
  }

  /// The place of the first hit from `start` on, or the end.
  @inline(never) private static func find(
    _ locations: Column<LocationID>, from start: Int, _ flags: Column<UInt8>
  ) -> Int {
    let (locations, flags) = (locations.span, flags.span)
    var position = start
    // Most have none: that is found out without a branch for each location.
    while position &+ 8 <= locations.count {
      var any: UInt8 = 0
      for offset in 0..<8 { any |= flags[locations[position &+ offset].index] }
      if any != 0 { break }
      position &+= 8
    }
    while position < locations.count, flags[locations[position].index] == 0 { position &+= 1 }
    return position
  }
}
