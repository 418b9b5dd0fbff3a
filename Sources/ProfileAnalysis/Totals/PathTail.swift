/// Where a path goes on, for the loop that walks along a stack: all in registers.
///
/// Unsafe: `PathSums.makeRoom` made room for as many locations as the loop enters, and in each for
/// `PathSums.width` items, however many of them count.
struct PathTail {
  /// What is known of a location on the path.
  struct Place: BitwiseCopyable {
    /// How many items the path has above it.
    var start: UInt32
    /// What whoever walks noted of it.
    var note: UInt32
  }

  /// The memory of the path's items and of its locations, both from the root on.
  let items: UnsafeMutablePointer<UInt32>
  let places: UnsafeMutablePointer<Place>
  private(set) var itemCount: Int
  private(set) var depth: Int

  init(
    items: UnsafeMutablePointer<UInt32>, count: Int,
    places: UnsafeMutablePointer<Place>, depth: Int
  ) {
    self.items = items
    self.places = places
    itemCount = count
    self.depth = depth
  }

  /// Goes on to the next location, whose items follow.
  ///
  /// - Parameter note: what `PathSums.note(ofDepth:)` will answer.
  @inline(__always) mutating func enterLocation(noting note: UInt32 = 0) {
    places[depth] = Place(start: UInt32(truncatingIfNeeded: itemCount), note: note)
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
