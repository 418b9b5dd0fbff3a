import ProfileModel

/// The value that each node of a report has itself, and with all that it called.
public struct NodeTotals: Sendable {
  /// By node, the sum of the samples whose innermost frame is the node.
  public let flat: Column<Int64>
  /// By node, the sum of the samples that have the node anywhere in their stack.
  ///
  /// A node that recurs within a stack is counted once.
  public let cumulative: Column<Int64>
  /// What percentages are of: see `SampleTotal`.
  public let total: Int64

  public init(flat: Column<Int64>, cumulative: Column<Int64>, total: Int64) {
    precondition(flat.count == cumulative.count, "columns of one table have one length")
    self.flat = flat
    self.cumulative = cumulative
    self.total = total
  }

  /// Adds up `values`, one for each sample of the profile. Sums wrap around at 64 bits.
  ///
  /// Samples without frames count in the total only.
  /// - Parameter nodes: the table of this profile, or of one with the same locations.
  /// - Complexity: O(*n*) in the frames of distinct stacks.
  public static func compute(
    _ profile: Profile, nodes: NodeTable, values: Column<Int64>
  ) -> NodeTotals {
    var summation = NodeSummation(nodeCount: nodes.count)
    summation.add(
      profile.stacks, weights: StackWeights.compute(profile, values: values), nodes,
      LocationLanes(nodes))
    return summation.finish(total: SampleTotal.compute(profile, values: values))
  }
}
