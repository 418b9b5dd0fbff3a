import ProfileModel

/// The weights of things that stand on stacks, each counted once for a stack that has it, while
/// stacks are gone through one after the other.
///
/// Neighbouring stacks mostly share their frames near the root. What they share stays open: only
/// where a stack parts from the one before are things closed and others opened. What a thing weighs
/// is what was added while it was open, as the difference of the weights of all stacks before it
/// opened and before it closed, so that stacks in between cost nothing.
struct PathSums: ~Copyable {
  /// What is known of one thing.
  struct Sum: BitwiseCopyable {
    /// The weight of the stacks that had it on the path before it was closed last.
    var weight: Int64 = 0
    /// `wasOpened`, and the flags of the occurrences that were the outermost of their stack.
    var marks: UInt32 = 0
    /// 1 while it is on the path.
    fileprivate var isOpen: UInt32 = 0
  }

  /// The bit of `Sum.marks` of things that any stack has.
  static let wasOpened: UInt32 = 2
  /// The most items of a location that are written to a `PathTail`.
  static let width = 5

  var sums: ColumnBuilder<Sum>
  /// The things on the path, outermost first: a row of `sums` each, above `flagBits` bits. Things
  /// that are on the path further out count as `spareRow`.
  private var items: UnsafeMutableBufferPointer<UInt32>
  /// For each item, the weight of all stacks before it was opened.
  private var totals: UnsafeMutableBufferPointer<Int64>
  /// By depth, where the items of the path's location begin.
  private var places: UnsafeMutableBufferPointer<PathTail.Place>
  private var itemCount = 0
  private var depth = 0
  /// The items that are counted as open.
  private var openedCount = 0
  /// The weight of all stacks so far.
  private var total: Int64 = 0
  private let flagBits: UInt32
  private let spareItem: UInt32

  /// - Parameters:
  ///   - spareRow: a row that is no thing.
  ///   - flagBits: 1 where the lowest bit of items is a flag, else 0.
  init(count: Int, spareRow: UInt32, flagBits: UInt32 = 0) {
    self.flagBits = flagBits & 1
    spareItem = spareRow << self.flagBits
    sums = ColumnBuilder(capacity: count)
    sums.append(repeating: Sum(), count: count)
    items = .allocate(capacity: 1024)
    totals = .allocate(capacity: 1024)
    places = .allocate(capacity: 256)
  }

  deinit {
    items.deallocate()
    totals.deallocate()
    places.deallocate()
  }

  /// Leaves the path but for the first `shared` locations from the root, and makes room for `count`
  /// more.
  ///
  /// - Precondition: the path has as many.
  @inline(__always)
  mutating func makeRoom(after shared: Int, locations count: Int) -> PathTail {
    close(toDepth: shared)
    if depth &+ count > places.count || itemCount &+ count &* Self.width > items.count {
      grow(locations: count)
    }
    return PathTail(
      items: items.baseAddress.unsafelyUnwrapped, count: itemCount,
      places: places.baseAddress.unsafelyUnwrapped, depth: depth)
  }

  /// What was noted of the location that has `depth` others between it and the root.
  @inline(__always) func note(ofDepth depth: Int) -> UInt32 {
    precondition(depth >= 0 && depth < self.depth, "no location of the path")
    return places[depth].note
  }

  /// Takes over what was written to the tail, and counts it as open.
  @inline(__always) mutating func extend(to tail: PathTail) {
    itemCount = tail.itemCount
    depth = tail.depth
    open()
  }

  /// Extends the path to the tail and by the items that are not open; for locations with more than
  /// `width`, of which the path must not hold all over and over.
  ///
  /// - Parameter count: how many locations there are yet to go.
  mutating func extend(
    to tail: PathTail, appending more: some Sequence<UInt32>, locations count: Int
  ) -> PathTail {
    extend(to: tail)
    for item in more where !isOpen(item) {
      if itemCount == items.count { grow(locations: 1) }
      items[itemCount] = item
      itemCount += 1
      open()
    }
    return makeRoom(after: depth, locations: count)
  }

  /// Adds the weight of the stack that the path is.
  @inline(__always) mutating func add(_ weight: Int64) { total &+= weight }

  /// Leaves the whole path, after which the weights are whole.
  mutating func closeAll() { close(toDepth: 0) }

  private func isOpen(_ item: UInt32) -> Bool { sums[Int(item >> flagBits)].isOpen == 1 }

  private mutating func close(toDepth shared: Int) {
    guard shared < depth else { return }
    // Depths and items below those of the path were written when it went there.
    let start = Int(places[shared].start)
    let (total, flagBits) = (total, flagBits)
    let closed = start..<openedCount
    let (items, totals) = (items, totals)
    sums.withMutableSpan { sums in
      for position in closed {
        let item = items[position]
        let row = Int(item &>> flagBits)
        sums[row].weight &+= total &- totals[position]
        sums[row].marks |= Self.wasOpened | ~item & 1
        sums[row].isOpen = 0
      }
    }
    itemCount = start
    openedCount = start
    depth = shared
  }

  /// Opens the items that are not counted yet.
  private mutating func open() {
    let (total, flagBits, spareItem) = (total, flagBits, spareItem)
    let opened = openedCount..<itemCount
    let (items, totals) = (items, totals)
    sums.withMutableSpan { sums in
      for position in opened {
        let item = items[position]
        let row = Int(item &>> flagBits)
        items[position] = sums[row].isOpen == 1 ? spareItem : item
        sums[row].isOpen = 1
        totals[position] = total
      }
    }
    openedCount = itemCount
  }

  @inline(never) private mutating func grow(locations count: Int) {
    func grown<Element>(
      _ old: UnsafeMutableBufferPointer<Element>, to needed: Int
    ) -> UnsafeMutableBufferPointer<Element> {
      guard needed > old.count else { return old }
      let new = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(needed, old.count * 2))
      _ = new.update(fromContentsOf: old)
      old.deallocate()
      return new
    }
    items = grown(items, to: itemCount + count * Self.width)
    totals = grown(totals, to: items.count)
    places = grown(places, to: depth + count)
  }
}
