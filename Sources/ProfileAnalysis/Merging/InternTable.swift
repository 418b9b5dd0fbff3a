import ProfileModel

/// Finds the row of a table that equals a value, by hash: rows are numbered as they are inserted.
///
/// Keeps no values; whoever owns the table compares rows. Not copyable, so that its fields cost no
/// exclusivity check.
struct InternTable: ~Copyable {
  /// Hash and row side by side, so that one look into memory mostly finds that a value is new.
  struct Slot: BitwiseCopyable {
    var hash: UInt32 = 0
    /// `UInt32.max` where the slot is free.
    var row = UInt32.max
  }

  /// At most five eighths full. Their number is a power of two.
  private var slots = Self.freeSlots(16)
  private(set) var count = 0

  /// The row with this hash that `isEqual` says yes to; nil where there is none.
  @inline(__always) func row(_ hash: UInt32, where isEqual: (Int) -> Bool) -> Int? {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot].row != .max {
      let known = slots[slot]
      if known.hash == hash, isEqual(Int(known.row)) { return Int(known.row) }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Makes room for `extra` more rows.
  mutating func reserve(_ extra: Int) {
    var size = slots.count
    while Self.isFull(count + extra, of: size) { size *= 2 }
    if size > slots.count { grow(to: size) }
  }

  /// Numbers a new row, which must not equal any other.
  mutating func insert(_ hash: UInt32) -> Int {
    if Self.isFull(count, of: slots.count) { grow(to: slots.count * 2) }
    let row = count
    Self.place(Slot(hash: hash, row: UInt32(row)), in: &slots)
    count += 1
    return row
  }

  private static func isFull(_ rows: Int, of size: Int) -> Bool { rows * 8 >= size * 5 }

  private static func place(_ new: Slot, in slots: inout ColumnBuilder<Slot>) {
    let mask = slots.count - 1
    var slot = Int(new.hash) & mask
    while slots[slot].row != .max { slot = (slot &+ 1) & mask }
    slots[slot] = new
  }

  private mutating func grow(to size: Int) {
    var larger = Self.freeSlots(size)
    for slot in 0..<slots.count where slots[slot].row != .max {
      Self.place(slots[slot], in: &larger)
    }
    slots = larger
  }

  private static func freeSlots(_ count: Int) -> ColumnBuilder<Slot> {
    var slots = ColumnBuilder<Slot>(capacity: count)
    slots.append(repeating: Slot(), count: count)
    return slots
  }
}
