/// Finds the row of a table that equals a value, by hash: rows are numbered as they are inserted.
///
/// Keeps no values; whoever owns the table compares rows.
struct InternTable {
  /// `UInt32.max` is a free slot. The number of slots is a power of two.
  private var slots = [UInt32](repeating: .max, count: 16)
  private var hashes: [UInt32] = []

  var count: Int { hashes.count }

  /// The row with this hash that `isEqual` says yes to; nil where there is none.
  func row(_ hash: UInt32, where isEqual: (Int) -> Bool) -> Int? {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != .max {
      let row = Int(slots[slot])
      if hashes[row] == hash, isEqual(row) { return row }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Makes room for `extra` more rows.
  mutating func reserve(_ extra: Int) {
    hashes.reserveCapacity(count + extra)
    var size = slots.count
    while size < (count + extra) * 2 { size *= 2 }
    if size > slots.count { setSlots(size) }
  }

  /// Numbers a new row, which must not equal any other.
  mutating func insert(_ hash: UInt32) -> Int {
    if hashes.count &* 2 >= slots.count { setSlots(slots.count * 2) }
    let row = hashes.count
    hashes.append(hash)
    place(row)
    return row
  }

  private mutating func place(_ row: Int) {
    let mask = slots.count - 1
    var slot = Int(hashes[row]) & mask
    while slots[slot] != .max { slot = (slot &+ 1) & mask }
    slots[slot] = UInt32(row)
  }

  private mutating func setSlots(_ count: Int) {
    slots = [UInt32](repeating: .max, count: count)
    for row in hashes.indices { place(row) }
  }
}

/// Mixes integers into a hash that differs from process to process, so that no file can be made of
/// rows that collide.
struct RowHash {
  private static let seed = UInt64(truncatingIfNeeded: Hasher().finalize())
  /// At hand: whether a static is made yet would be asked at each use.
  private let seed: UInt64
  private(set) var state: UInt64

  init() {
    seed = RowHash.seed
    state = seed
  }

  /// The hash that goes on from `state` of this one.
  func continued(from state: UInt64) -> RowHash {
    var hash = self
    hash.state = state
    return hash
  }

  @inline(__always) mutating func combine(_ value: UInt64) {
    let product = (state ^ value).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    state = product.high ^ product.low &+ seed
  }

  var value: UInt32 { UInt32(truncatingIfNeeded: state ^ state >> 32) }
}
