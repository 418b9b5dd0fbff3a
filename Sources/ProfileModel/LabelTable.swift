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
  private var ids: [[Label]: LabelSetID] = [[]: .empty]

  public init() {
    starts.append(0)
    starts.append(0)
  }

  /// A table that goes on from `table`, whose ids stay as they are.
  public init(_ table: LabelTable) {
    self.init()
    for index in 1..<max(table.count, 1) { _ = intern(Array(table[LabelSetID(index)])) }
  }

  public mutating func intern(_ set: [Label]) -> LabelSetID {
    if let id = ids[set] { return id }
    let id = LabelSetID(starts.count - 1)
    for label in set { labels.append(label) }
    starts.append(UInt32(labels.count))
    ids[set] = id
    return id
  }

  public consuming func finish() -> LabelTable {
    LabelTable(starts: starts.finish(), labels: labels.finish())
  }
}
