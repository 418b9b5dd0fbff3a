import ProfileModel

/// Finds the row of a table by the id that the file gave it.
///
/// Writers number rows from 1 on: as far as they do, the row is the id less one, without a lookup.
/// All other ids are hashed.
struct IDMap: ~Copyable {
  /// The rows from the start whose ids are 1, 2, 3 and so on.
  let denseCount: UInt64
  /// Rows by hash of their id, open addressing; `UInt32.max` is a free slot. Its size is a power of two.
  private var slots: [UInt32] = []
  /// The ids of the rows after the dense ones.
  private let ids: Column<UInt64>
  /// Differs from process to process, so that no file can be made of ids that collide.
  private let seed: UInt64

  /// A row that cannot be found by its id.
  enum Fault: Error {
    case zero(row: Int)
    case duplicate(row: Int)
  }

  /// The map of rows that are numbered from 1 on without a gap, as far as 32 bits count: until it is
  /// known how many there are.
  init() {
    ids = []
    seed = 0
    denseCount = UInt64(UInt32.max) - 1
  }

  init(_ ids: Column<UInt64>) throws(Fault) {
    self.ids = ids
    seed = UInt64(truncatingIfNeeded: Hasher().finalize())
    let span = ids.span
    var dense = 0
    while dense < span.count, span[dense] == UInt64(dense) &+ 1 { dense &+= 1 }
    denseCount = UInt64(dense)
    guard dense < span.count else { return }

    var size = 16
    while size < (span.count &- dense) &* 2 { size &*= 2 }
    slots = Array(repeating: .max, count: size)
    for row in dense..<span.count {
      let id = span[row]
      if id == 0 { throw .zero(row: row) }
      if id <= denseCount { throw .duplicate(row: row) }
      var slot = hash(id) & (size &- 1)
      while slots[slot] != .max {
        if span[Int(slots[slot])] == id { throw .duplicate(row: row) }
        slot = (slot &+ 1) & (size &- 1)
      }
      slots[slot] = UInt32(row)
    }
  }

  /// The row with the id, `UInt32.max` where there is none.
  @inline(__always)
  func row(of id: UInt64) -> UInt32 {
    if id &- 1 < denseCount { return UInt32(truncatingIfNeeded: id &- 1) }
    return hashedRow(of: id)
  }

  @inline(never)
  private func hashedRow(of id: UInt64) -> UInt32 {
    guard !slots.isEmpty else { return .max }
    let mask = slots.count &- 1
    var slot = hash(id) & mask
    while slots[slot] != .max {
      if ids[Int(slots[slot])] == id { return slots[slot] }
      slot = (slot &+ 1) & mask
    }
    return .max
  }

  private func hash(_ id: UInt64) -> Int {
    let product = (id ^ seed).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }
}
