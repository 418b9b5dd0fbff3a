/// The locations of one stack in one piece, leaf first, as they come out of those of another stack
/// with the same root.
package struct StackPath: ~Copyable {
  // The path lies at the end of its memory: what stacks share is near the root and stays in place,
  // and the rest grows towards the start. `depth` is at most `capacity`.
  private(set) var memory: UnsafeMutablePointer<LocationID>
  private(set) var capacity = 256
  package private(set) var depth = 0

  package init() { memory = .allocate(capacity: capacity) }

  deinit { memory.deallocate() }

  /// The locations, until the path changes.
  package var start: UnsafeMutablePointer<LocationID> { memory + (capacity &- depth) }

  /// Leaves the `shared` locations next to the root and puts `own` below them.
  mutating func replace(below shared: Int, with own: UnsafeBufferPointer<LocationID>) {
    makeRoom(below: shared, for: own.count)
    if let base = own.baseAddress { start.update(from: base, count: own.count) }
  }

  /// Leaves the `shared` locations next to the root and makes room for `count` below them, from
  /// `start` on, which are to be written before anything else is done.
  package mutating func makeRoom(below shared: Int, for count: Int) {
    precondition(shared >= 0 && shared <= depth, "a path shares no more than there is")
    let newDepth = shared &+ count
    if newDepth > capacity { grow(to: newDepth) }
    depth = newDepth
  }

  /// How many locations, counted from the root, the path shares with `stack`.
  func sharedDepth(with stack: UnsafeBufferPointer<LocationID>) -> Int {
    let most = min(depth, stack.count)
    guard most > 0, let base = stack.baseAddress else { return 0 }
    let left = UnsafeRawPointer(memory + (capacity &- most))
    let right = UnsafeRawPointer(base + (stack.count &- most))
    // Four locations at a time, all within the `4 * most` bytes of both.
    var end = 4 &* most
    while end >= 16 {
      let a = left.loadUnaligned(fromByteOffset: end &- 16, as: SIMD4<UInt32>.self)
      let b = right.loadUnaligned(fromByteOffset: end &- 16, as: SIMD4<UInt32>.self)
      if a != b { break }
      end &-= 16
    }
    while end > 0 {
      let a = left.loadUnaligned(fromByteOffset: end &- 4, as: UInt32.self)
      let b = right.loadUnaligned(fromByteOffset: end &- 4, as: UInt32.self)
      if a != b { break }
      end &-= 4
    }
    return most &- end / 4
  }

  @inline(never) private mutating func grow(to needed: Int) {
    let larger = max(needed, capacity &* 2)
    let grown = UnsafeMutablePointer<LocationID>.allocate(capacity: larger)
    (grown + (larger &- depth)).update(from: start, count: depth)
    memory.deallocate()
    memory = grown
    capacity = larger
  }
}
