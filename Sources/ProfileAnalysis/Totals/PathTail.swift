/// Where a path goes on, for the loop that walks along a stack: all in registers.
///
/// Unsafe: `PathSums.makeRoom` made room for as many locations as the loop enters, and in each for
/// `PathSums.width` items, however many of them count.
struct PathTail {
  /// The memory of the path's items and where each location's begin, both from the root on.
  let items: UnsafeMutablePointer<UInt32>
  let depthStarts: UnsafeMutablePointer<UInt32>
  private(set) var itemCount: Int
  private(set) var depth: Int

  init(
    items: UnsafeMutablePointer<UInt32>, count: Int,
    depthStarts: UnsafeMutablePointer<UInt32>, depth: Int
  ) {
    self.items = items
    self.depthStarts = depthStarts
    itemCount = count
    self.depth = depth
  }

  /// Goes on to the next location, whose items follow.
  @inline(__always) mutating func enterLocation() {
    depthStarts[depth] = UInt32(truncatingIfNeeded: itemCount)
    depth &+= 1
  }

  /// Appends `item` if `count` is 1, nothing if it is 0.
  @inline(__always) mutating func append(_ item: UInt32, count: Int) {
    items[itemCount] = item
    itemCount &+= count
  }

  /// Appends the first `count` lanes; those beyond are overwritten by what comes next.
  @inline(__always) mutating func append(_ lanes: SIMD4<UInt32>, count: Int) {
    UnsafeMutableRawPointer(items + itemCount).storeBytes(of: lanes, as: SIMD4<UInt32>.self)
    itemCount &+= count
  }
}
