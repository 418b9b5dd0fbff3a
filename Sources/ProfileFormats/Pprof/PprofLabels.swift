import ProfileModel

/// The sets of labels that samples carry, known again by their bytes.
///
/// Samples of one request or goroutine carry the very same bytes: those are decoded once, and found
/// by hash from then on.
struct PprofLabels: ~Copyable {
  /// The string of each index that the file uses; nil where that is known only at the end.
  private var stringIDs: Column<StringID>?
  private var table = LabelTableBuilder()
  /// The distinct bytes seen so far, one after the other.
  private var seen = ColumnBuilder<UInt8>()
  private var entries = ColumnBuilder<Entry>()
  /// Entries by hash, open addressing; `UInt32.max` is a free slot. Its size is a power of two.
  private var slots = [UInt32](repeating: .max, count: 16)
  /// Differs from process to process, so that no file can be made of labels that collide.
  private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())
  /// The labels of the set at hand; kept to be used again.
  private var labels: [Label] = []

  struct Entry: BitwiseCopyable, Sendable {
    var start: Int
    var count: UInt32
    var hash: UInt32
    var set: LabelSetID
  }

  init(stringIDs: Column<StringID>?) { self.stringIDs = stringIDs }

  /// The set of the label fields in `fields`; other fields are skipped. Without strings,
  /// different fields are numbered from 1 on, until `resolve` makes sets of them.
  mutating func set(_ fields: WireReader) throws(ProfileDecodingError) -> LabelSetID {
    let bytes = fields.bytes
    let hash = hash(of: bytes)
    let mask = slots.count &- 1
    var slot = Int(hash) & mask
    while slots[slot] != .max {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, Int(entry.count) == bytes.count,
        seen.withElements(from: entry.start, count: bytes.count, bytes.hasSameBytes)
      {
        return entry.set
      }
      slot = (slot &+ 1) & mask
    }
    let set = stringIDs == nil ? LabelSetID(entries.count + 1) : try decode(fields)
    guard bytes.count < UInt32.max, entries.count < UInt32.max - 1 else { throw .tooMany("labels") }
    slots[slot] = UInt32(entries.count)
    entries.append(Entry(start: seen.count, count: UInt32(bytes.count), hash: hash, set: set))
    seen.append(contentsOf: bytes)
    if entries.count &* 2 >= slots.count { growSlots() }
    return set
  }

  consuming func finish() -> LabelTable { table.finish() }

  /// The sets of the fields that were given before the strings were known, in their order.
  mutating func resolve(_ stringIDs: Column<StringID>) throws(ProfileDecodingError) -> [LabelSetID]
  {
    self.stringIDs = stringIDs
    var sets: [LabelSetID] = []
    sets.reserveCapacity(entries.count)
    var builder = ColumnBuilder<UInt8>()
    swap(&builder, &seen)
    let bytes = builder.finish()
    let result = bytes.withContiguousStorageIfAvailable { bytes in
      Result { () throws(ProfileDecodingError) in
        let reader = WireReader(UnsafeRawBufferPointer(bytes))
        for index in 0..<entries.count {
          let entry = entries[index]
          sets.append(try decode(reader.slice(entry.start..<entry.start + Int(entry.count))))
        }
      }
    }
    try result?.get()
    return sets
  }

  private mutating func decode(_ fields: WireReader) throws(ProfileDecodingError) -> LabelSetID {
    var reader = fields
    labels.removeAll(keepingCapacity: true)
    while !reader.isAtEnd {
      let tag = try reader.tag("sample")
      guard tag.field == 3 else {
        try reader.skip(tag, "sample")
        continue
      }
      if let label = try decodeLabel(reader.message(tag, "sample.label")) { labels.append(label) }
    }
    return table.intern(labels)
  }

  /// The label, nil for a number that is 0 and has no unit: that is how writers say "no label".
  private func decodeLabel(_ message: WireReader) throws(ProfileDecodingError) -> Label? {
    var reader = message
    var key: UInt64 = 0
    var string: UInt64 = 0
    var number: UInt64 = 0
    var unit: UInt64 = 0
    while !reader.isAtEnd {
      let tag = try reader.tag("label")
      switch tag.field {
      case 1: key = try reader.number(tag, "label.key")
      case 2: string = try reader.number(tag, "label.str")
      case 3: number = try reader.number(tag, "label.num")
      case 4: unit = try reader.number(tag, "label.num_unit")
      default: try reader.skip(tag, "label")
      }
    }
    try reader.finish("label")
    let keyID = try self.string(key, "label.key", message)
    if string != 0 {
      return Label(key: keyID, string: try self.string(string, "label.str", message))
    }
    guard number != 0 || unit != 0 else { return nil }
    return Label(
      key: keyID, number: Int64(bitPattern: number),
      unit: try self.string(unit, "label.num_unit", message))
  }

  private func string(
    _ index: UInt64, _ field: StaticString, _ message: WireReader
  ) throws(ProfileDecodingError) -> StringID {
    let count = stringIDs?.count ?? 0
    guard index < UInt64(count), let stringIDs else {
      throw .stringOutOfRange(offset: message.offset, field: field.description, count: count)
    }
    return stringIDs[Int(index)]
  }

  private mutating func growSlots() {
    var larger = [UInt32](repeating: .max, count: slots.count * 2)
    let mask = larger.count - 1
    for index in 0..<entries.count {
      var slot = Int(entries[index].hash) & mask
      while larger[slot] != .max { slot = (slot &+ 1) & mask }
      larger[slot] = UInt32(index)
    }
    slots = larger
  }

  private func hash(of buffer: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let bytes = UnsafeRawBufferPointer(buffer)
    var hash = seed ^ UInt64(bytes.count)
    var index = 0
    while index &+ 8 <= bytes.count {
      hash = Self.mix(hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    var rest: UInt64 = 0
    while index < bytes.count {
      rest = rest << 8 | UInt64(bytes[index])
      index &+= 1
    }
    return UInt32(truncatingIfNeeded: Self.mix(hash ^ rest))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return product.high ^ product.low
  }
}
