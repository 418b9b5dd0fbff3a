/// The samples of a profile, a row each: a stack, labels, and a value for each sample type.
public struct SampleTable: Sendable {
  public let stacks: Column<StackID>
  /// A column for each sample type, in the order of `ProfileHeader.sampleTypes`.
  public let values: [Column<Int64>]
  /// As long as `stacks`, or empty where no sample has a label.
  private let labelSets: Column<LabelSetID>
  /// The rows that the samples had before filters; empty where they are the same.
  public let originColumn: Column<UInt32>

  /// - Parameters:
  ///   - labelSets: as long as `stacks`, or empty where no sample has a label.
  ///   - origins: as long as `stacks`, or empty where the samples are all of a profile's own.
  public init(
    stacks: Column<StackID>, values: [Column<Int64>], labelSets: Column<LabelSetID> = [],
    origins: Column<UInt32> = []
  ) {
    precondition(
      values.allSatisfy { $0.count == stacks.count }, "columns of one table have one length")
    precondition(labelSets.isEmpty || labelSets.count == stacks.count)
    precondition(origins.isEmpty || origins.count == stacks.count)
    self.stacks = stacks
    self.values = values
    self.labelSets = labelSets
    originColumn = origins
  }

  /// The same samples with other stacks, as many.
  func replacing(stacks: Column<StackID>) -> SampleTable {
    SampleTable(stacks: stacks, values: values, labelSets: labelSets, origins: originColumn)
  }

  public var count: Int { stacks.count }
  public var indices: Range<Int> { 0..<count }

  /// Whether any sample may carry labels.
  public var hasLabels: Bool { !labelSets.isEmpty }

  /// The labels of the sample in row `sample`.
  @inlinable public func labelSet(_ sample: Int) -> LabelSetID {
    hasLabels ? labelSetColumn[sample] : .empty
  }

  /// The row that the sample had in the profile as it was loaded or merged, before any filter: what
  /// was found out about that row holds for this one.
  public func origin(of sample: Int) -> Int {
    originColumn.isEmpty ? sample : Int(originColumn[sample])
  }

  /// A label set for each sample; empty where no sample has a label.
  public var labelSetColumn: Column<LabelSetID> { labelSets }
}
