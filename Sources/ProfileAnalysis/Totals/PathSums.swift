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
    /// While the thing is open, less the weight of all stacks before it opened.
    var weight: Int64 = 0
    /// How often it stands on the path.
    var openCount: UInt32 = 0
    /// `wasOpened`, and the flags of the occurrences that were the outermost of their stack.
    var marks: UInt32 = 0
  }

  /// The bit of `Sum.marks` of things that any stack has.
  static let wasOpened: UInt32 = 2
  /// The most items of a location that are written to a `PathTail`.
  static let width = 5

  var sums: ColumnBuilder<Sum>
  /// The things on the path, outermost first: a row of `sums` each, above `flagBits` bits. And by
  /// depth, how many items the path has above it.
  private var items: UnsafeMutableBufferPointer<UInt32>
  private var depthStarts: UnsafeMutableBufferPointer<UInt32>
  private var itemCount = 0
  private var depth = 0
  /// The items that are counted as open.
  private var openedCount = 0
  /// The weight of all stacks so far.
  private var total: Int64 = 0
  private let flagBits: UInt32

  /// - Parameter flagBits: 1 where the lowest bit of items is a flag, else 0.
  init(count: Int, flagBits: UInt32 = 0) {
    self.flagBits = flagBits & 1
    sums = ColumnBuilder(capacity: count)
    sums.append(repeating: Sum(), count: count)
    items = .allocate(capacity: 1024)
    depthStarts = .allocate(capacity: 256)
  }

  deinit {
    items.deallocate()
    depthStarts.deallocate()
  }

  /// Leaves the path but for the first `shared` locations from the root, and makes room for `count`
  /// more.
  ///
  /// - Precondition: the path has as many.
  @inline(__always)
  mutating func makeRoom(after shared: Int, locations count: Int) -> PathTail {
    close(toDepth: shared)
    if depth &+ count > depthStarts.count || itemCount &+ count &* Self.width > items.count {
      grow(locations: count)
    }
    return PathTail(
      items: items.baseAddress.unsafelyUnwrapped, count: itemCount,
      depthStarts: depthStarts.baseAddress.unsafelyUnwrapped, depth: depth)
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
    for item in more where sums[Int(item >> flagBits)].openCount == 0 {
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

  private mutating func close(toDepth shared: Int) {
    guard shared < depth else { return }
    let start = Int(depthStarts[shared])
    let (total, flagBits) = (total, flagBits)
    let closed = UnsafeBufferPointer(rebasing: items[start..<openedCount])
    sums.withMutableSpan { sums in
      for item in closed {
        let row = Int(item &>> flagBits)
        var sum = sums[row]
        sum.openCount &-= 1
        sum.weight &+= sum.openCount == 0 ? total : 0
        sums[row] = sum
      }
    }
    itemCount = start
    openedCount = start
    depth = shared
  }

  /// Opens the items that are not counted yet.
  private mutating func open() {
    let (total, flagBits) = (total, flagBits)
    let opened = UnsafeBufferPointer(rebasing: items[openedCount..<itemCount])
    sums.withMutableSpan { sums in
      for item in opened {
        let row = Int(item &>> flagBits)
        var sum = sums[row]
        let isFirst = sum.openCount == 0
        sum.weight &-= isFirst ? total : 0
        sum.marks |= isFirst ? Self.wasOpened | ~item & 1 : 0
        sum.openCount &+= 1
        sums[row] = sum
      }
    }
    openedCount = itemCount
  }

  @inline(never) private mutating func grow(locations count: Int) {
    func grown(
      _ old: UnsafeMutableBufferPointer<UInt32>, to needed: Int
    ) -> UnsafeMutableBufferPointer<UInt32> {
      guard needed > old.count else { return old }
      let new = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: max(needed, old.count * 2))
      _ = new.update(fromContentsOf: old)
      old.deallocate()
      return new
    }
    items = grown(items, to: itemCount + count * Self.width)
    depthStarts = grown(depthStarts, to: depth + count)
  }

  /// How many locations, counted from the root, stacks of these locations share.
  @inline(__always)
  static func sharedDepth(
    _ locations: Span<LocationID>, _ left: Range<Int>, _ right: Range<Int>
  ) -> Int {
    let most = min(left.count, right.count)
    guard most > 0 else { return 0 }
    // Spans are checked where they are cut, not for each element.
    let a = locations.extracting(left.upperBound &- most..<left.upperBound)
    let b = locations.extracting(right.upperBound &- most..<right.upperBound)
    return a.withUnsafeBytes { a in
      b.withUnsafeBytes { b in
        // Four locations at a time, all within the `4 * most` bytes of both.
        var end = 4 &* most
        while end >= 16 {
          let left = a.loadUnaligned(fromByteOffset: end &- 16, as: SIMD4<UInt32>.self)
          let right = b.loadUnaligned(fromByteOffset: end &- 16, as: SIMD4<UInt32>.self)
          if left != right { break }
          end &-= 16
        }
        while end > 0 {
          let left = a.loadUnaligned(fromByteOffset: end &- 4, as: UInt32.self)
          let right = b.loadUnaligned(fromByteOffset: end &- 4, as: UInt32.self)
          if left != right { break }
          end &-= 4
        }
        return most &- end / 4
      }
    }
  }
}
