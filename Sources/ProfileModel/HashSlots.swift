/// The slots of a hash table with open addressing, which finds rows of columns by their hashes.
package enum HashSlots {
  /// What stands in a slot without a row.
  package static let free = UInt32.max

  /// Twice as many slots, with all rows in them.
  ///
  /// - Parameters:
  ///   - slots: a power of two of them.
  ///   - hashes: of each row.
  package static func doubled(
    _ slots: [UInt32], hashes: borrowing ColumnBuilder<UInt32>
  ) -> [UInt32] {
    var larger = [UInt32](repeating: free, count: slots.count * 2)
    let mask = larger.count - 1
    for index in 0..<hashes.count {
      var slot = Int(hashes[index]) & mask
      while larger[slot] != free { slot = (slot &+ 1) & mask }
      larger[slot] = UInt32(index)
    }
    return larger
  }
}
