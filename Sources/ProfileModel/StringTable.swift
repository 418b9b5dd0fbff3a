/// The strings of a profile, kept as the bytes that were in the file: distinct, the empty one first.
///
/// Nothing promises valid UTF-8; `subscript` repairs it, `bytes(of:)` gives what was there.
public struct StringTable: Sendable {
  @usableFromInline let bytes: Column<UInt8>
  @usableFromInline let ends: Column<UInt32>

  init(bytes: Column<UInt8>, ends: Column<UInt32>) {
    self.bytes = bytes
    self.ends = ends
  }

  public var count: Int { ends.count }

  /// The string; bytes that are not UTF-8 read as U+FFFD. Costs an allocation unless short.
  public subscript(id: StringID) -> String {
    withBytes(of: id) { String(decoding: $0, as: UTF8.self) }
  }

  /// The number of bytes of the string.
  public func byteCount(of id: StringID) -> Int { range(of: id).count }

  /// The bytes of all strings one after the other, in which `range(of:)` finds each.
  public var allBytes: Column<UInt8> { bytes }

  /// Where the string lies in `allBytes`.
  @inlinable public func range(of id: StringID) -> Range<Int> {
    let start = id.index == 0 ? 0 : Int(ends[id.index - 1])
    return start..<Int(ends[id.index])
  }

  /// Calls `body` with the string's bytes.
  @inlinable public func withBytes<R>(
    of id: StringID, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
  ) rethrows -> R {
    let range = range(of: id)
    return try bytes.withContiguousStorageIfAvailable {
      try body(UnsafeBufferPointer(rebasing: $0[range]))
    }.unsafelyUnwrapped  // a column always has contiguous storage
  }

  /// Whether the first string stands before the second in order of bytes.
  public func isOrdered(_ left: StringID, before right: StringID) -> Bool {
    compare(left, right) < 0
  }

  /// Below 0, 0 or above 0 as the first string stands before, is, or stands after the second, by bytes.
  public func compare(_ left: StringID, _ right: StringID) -> Int {
    guard left != right else { return 0 }
    let (a, b) = (range(of: left), range(of: right))
    let bytes = self.bytes.span
    for offset in 0..<min(a.count, b.count) {
      let (first, second) = (bytes[a.lowerBound &+ offset], bytes[b.lowerBound &+ offset])
      if first != second { return first < second ? -1 : 1 }
    }
    return a.count - b.count
  }

  /// The table with `string` in it, and its id there; the ids of the others stay.
  ///
  /// - Precondition: all strings together have less than 4 GiB.
  /// - Complexity: O(*n*) in the table, with a small factor.
  public func adding(_ string: String) -> (table: StringTable, id: StringID) {
    if let known = id(of: string) { return (self, known) }
    var bytes = ColumnBuilder<UInt8>(capacity: self.bytes.count + string.utf8.count)
    bytes.append(contentsOf: self.bytes)
    for byte in string.utf8 { bytes.append(byte) }
    var ends = ColumnBuilder<UInt32>(capacity: count + 1)
    ends.append(contentsOf: self.ends)
    ends.append(UInt32(bytes.count))
    return (StringTable(bytes: bytes.finish(), ends: ends.finish()), StringID(count))
  }

  /// The id of a string of the table, nil where it has none. Linear in the size of the table.
  public func id(of string: String) -> StringID? {
    var string = string
    return string.withUTF8 { wanted in
      for index in 0..<count {
        let id = StringID(index)
        if withBytes(of: id, { $0.hasSameBytes(as: wanted) }) { return id }
      }
      return nil
    }
  }
}

/// A string table while it is written: gives equal strings the same id.
public struct StringTableBuilder: ~Copyable {
  private var bytes: ColumnBuilder<UInt8>
  private var ends: ColumnBuilder<UInt32>
  /// The hash of each string, so that neither growing nor most mismatches touch the bytes.
  private var hashes: ColumnBuilder<UInt32>
  /// Ids by hash, open addressing; `UInt32.max` is a free slot. Its size is a power of two.
  private var slots: [UInt32]
  /// Differs from process to process, so that no file can be made of strings that collide.
  private let seed: UInt64

  /// A table that holds the empty string.
  ///
  /// - Parameter capacity: the number of strings to make room for.
  public init(capacity: Int = 64) {
    bytes = ColumnBuilder(capacity: capacity &* 32)
    ends = ColumnBuilder(capacity: capacity)
    hashes = ColumnBuilder(capacity: capacity)
    var size = 16
    while size < capacity &* 2 { size &*= 2 }
    slots = Array(repeating: .max, count: size)
    seed = UInt64(truncatingIfNeeded: Hasher().finalize())
    _ = intern(UnsafeBufferPointer(start: nil, count: 0))
  }

  /// A table that goes on from `table`, whose ids stay as they are.
  public init(_ table: StringTable) {
    self.init(capacity: table.count + 16)
    for index in 1..<max(table.count, 1) {
      _ = table.withBytes(of: StringID(index)) { intern($0) }
    }
  }

  public var count: Int { ends.count }
  /// The bytes of all strings together.
  public var byteCount: Int { bytes.count }

  public mutating func intern(_ string: String) -> StringID {
    var string = string
    return string.withUTF8 { intern($0) }
  }

  /// - Precondition: all strings together have less than 4 GiB.
  public mutating func intern(_ string: UnsafeBufferPointer<UInt8>) -> StringID {
    if ends.count &* 2 >= slots.count { slots = HashSlots.doubled(slots, hashes: hashes) }
    let mask = slots.count - 1
    let hash = hash(of: string)
    var slot = Int(hash) & mask
    while slots[slot] != .max {
      let id = StringID(rawValue: slots[slot])
      if hashes[id.index] == hash, isEqual(id, string) { return id }
      slot = (slot &+ 1) & mask
    }
    let id = StringID(ends.count)
    slots[slot] = id.rawValue
    bytes.append(contentsOf: string)
    ends.append(UInt32(bytes.count))
    hashes.append(hash)
    return id
  }

  public consuming func finish() -> StringTable {
    StringTable(bytes: bytes.finish(), ends: ends.finish())
  }

  private func isEqual(_ id: StringID, _ string: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = id.index == 0 ? 0 : Int(ends[id.index - 1])
    guard Int(ends[id.index]) - start == string.count else { return false }
    return bytes.withElements(from: start, count: string.count) { $0.hasSameBytes(as: string) }
  }

  private func hash(of string: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash = seed ^ UInt64(string.count)
    let bytes = UnsafeRawBufferPointer(string)
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
