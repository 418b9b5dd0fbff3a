import ProfileModel

/// Finds the row of a table that equals a value, by hash: rows are numbered as they are inserted.
///
/// Keeps no values; whoever owns the table compares rows. Not copyable, so that its fields cost no
/// exclusivity check.
struct InternTable: ~Copyable {
  struct Entry: BitwiseCopyable {
    var hash: UInt32
    /// The row before with a hash of the same slot; `UInt32.max` where there is none.
    var next: UInt32
  }

  /// By slot, the last row whose hash belongs there; `UInt32.max` where there is none. At least as
  /// many as there are rows; a power of two.
  private var slots = ColumnBuilder<UInt32>()
  private var entries = ColumnBuilder<Entry>()
  /// Some bits for each slot, of which a hash has one: most values are new, which is found out here,
  /// in memory that stays near, without waiting for a slot or guessing what is in it.
  private var marks = ColumnBuilder<UInt8>()

  init() { setSlots(16) }

  var count: Int { entries.count }

  /// The row with this hash that `isEqual` says yes to; nil where there is none.
  @inline(__always) func row(_ hash: UInt32, where isEqual: (Int) -> Bool) -> Int? {
    var row = lastRow(hash)
    while let known = row {
      if isEqual(known) { return known }
      row = self.row(before: known)
    }
    return nil
  }

  /// The last row with this hash; nil where there is none.
  @inline(__always) func lastRow(_ hash: UInt32) -> Int? {
    let slot = slot(hash)
    return marks[slot] & Self.mark(hash) == 0 ? nil : row(from: slots[slot], hash)
  }

  /// The row before `row` with the same hash; nil where there is none.
  func row(before row: Int) -> Int? {
    let entry = entries[row]
    return self.row(from: entry.next, entry.hash)
  }

  private func row(from first: UInt32, _ hash: UInt32) -> Int? {
    var row = first
    while row != .max {
      let entry = entries[Int(row)]
      if entry.hash == hash { return Int(row) }
      row = entry.next
    }
    return nil
  }

  /// Makes room for `extra` more rows.
  mutating func reserve(_ extra: Int) {
    entries.reserve(extra)
    var size = slots.count
    while size < count + extra { size *= 2 }
    if size > slots.count { setSlots(size) }
  }

  /// Numbers a new row, which must not equal any other.
  mutating func insert(_ hash: UInt32) -> Int {
    if count == slots.count { setSlots(slots.count * 2) }
    let slot = slot(hash)
    entries.append(Entry(hash: hash, next: slots[slot]))
    slots[slot] = UInt32(count - 1)
    marks[slot] |= Self.mark(hash)
    return count - 1
  }

  /// The mark of a hash among those of its slot.
  private static func mark(_ hash: UInt32) -> UInt8 { 1 << UInt8(truncatingIfNeeded: hash & 7) }

  private func slot(_ hash: UInt32) -> Int { Int(hash >> 3) & (slots.count &- 1) }

  private mutating func setSlots(_ size: Int) {
    slots = ColumnBuilder(capacity: size)
    slots.append(repeating: .max, count: size)
    marks = ColumnBuilder(capacity: size)
    marks.append(repeating: 0, count: size)
    for row in 0..<count {
      let hash = entries[row].hash
      let slot = slot(hash)
      entries[row].next = slots[slot]
      slots[slot] = UInt32(row)
      marks[slot] |= Self.mark(hash)
    }
  }
}
