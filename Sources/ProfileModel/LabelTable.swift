/// What a sample was tagged with: a key and a string, or a key and a number with a unit.
@frozen public struct Label: BitwiseCopyable, Hashable, Sendable {
  public var key: StringID
  public var isNumeric: Bool
  /// The value of a label that is not numeric.
  public var string: StringID
  /// The value of a numeric label.
  public var number: Int64
  /// The unit of a numeric label; the empty string where the profile gives none.
  public var unit: StringID

  @inlinable public init(key: StringID, string: StringID) {
    self.key = key
    self.isNumeric = false
    self.string = string
    self.number = 0
    self.unit = .empty
  }

  @inlinable public init(key: StringID, number: Int64, unit: StringID) {
    self.key = key
    self.isNumeric = true
    self.string = .empty
    self.number = number
    self.unit = unit
  }
}

/// The distinct lists of labels that samples carry; row 0 is the empty list.
public struct LabelTable: Sendable {
  /// Where in `labels` each set starts; one more than there are sets, for the end.
  public let starts: Column<UInt32>
  /// The labels of all sets one after the other, each set in the order of the file.
  public let labels: Column<Label>

  /// The table that holds only the empty set.
  public init() { self.init(starts: [0, 0], labels: []) }

  public init(starts: Column<UInt32>, labels: Column<Label>) {
    precondition(starts.count > 1 && starts[1] == 0, "label set 0 is empty")
    precondition(Int(starts[starts.count - 1]) == labels.count)
    self.starts = starts
    self.labels = labels
  }

  public var count: Int { starts.count - 1 }

  /// The labels of the set, in the order of the file.
  public subscript(set: LabelSetID) -> Slice<Column<Label>> {
    labels[Int(starts[set.index])..<Int(starts[set.index + 1])]
  }
}

/// A label table while it is written: gives equal lists the same id.
public struct LabelTableBuilder: ~Copyable {
  private var starts = ColumnBuilder<UInt32>()
  private var labels = ColumnBuilder<Label>()
  /// The hash of each set, so that growing touches no label.
  private var hashes = ColumnBuilder<UInt32>()
  /// Ids by hash, open addressing; `UInt32.max` is a free slot. Its size is a power of two.
  private var slots = [UInt32](repeating: .max, count: 16)

  public init() {
    starts.append(0)
    _ = intern(UnsafeBufferPointer(start: nil, count: 0))
  }

  /// A table that goes on from `table`, whose ids stay as they are.
  public init(_ table: LabelTable) {
    self.init()
    for index in 1..<max(table.count, 1) { _ = intern(Array(table[LabelSetID(index)])) }
  }

  public var count: Int { starts.count - 1 }

  public mutating func intern(_ set: [Label]) -> LabelSetID {
    set.withUnsafeBufferPointer { intern($0) }
  }

  /// - Precondition: all sets together have less than 2^32 labels.
  public mutating func intern(_ set: UnsafeBufferPointer<Label>) -> LabelSetID {
    if hashes.count &* 2 >= slots.count { slots = HashSlots.doubled(slots, hashes: hashes) }
    let mask = slots.count - 1
    let hash = Self.hash(of: set)
    var slot = Int(hash) & mask
    while slots[slot] != .max {
      let id = LabelSetID(rawValue: slots[slot])
      if hashes[id.index] == hash, isEqual(id, set) { return id }
      slot = (slot &+ 1) & mask
    }
    let id = LabelSetID(hashes.count)
    slots[slot] = id.rawValue
    labels.append(contentsOf: set)
    starts.append(UInt32(labels.count))
    hashes.append(hash)
    return id
  }

  public consuming func finish() -> LabelTable {
    LabelTable(starts: starts.finish(), labels: labels.finish())
  }

  private func isEqual(_ id: LabelSetID, _ set: UnsafeBufferPointer<Label>) -> Bool {
    let start = Int(starts[id.index])
    guard Int(starts[id.index + 1]) - start == set.count else { return false }
    return labels.withElements(from: start, count: set.count) { $0.elementsEqual(set) }
  }

  /// Differs from process to process, so that no file can be made of sets that collide.
  private static func hash(of set: UnsafeBufferPointer<Label>) -> UInt32 {
    var hasher = Hasher()
    for label in set { hasher.combine(label) }
    return UInt32(truncatingIfNeeded: hasher.finalize())
  }
}
