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
  /// - Parameters:
  ///   - nodes: the table of this profile, or of one with the same locations.
  ///   - usesTwoThreads: whether a second thread may help where stacks are many: that is sooner
  ///     done, and costs a little more in all.
  /// - Complexity: O(*n*) in the frames of distinct stacks.
  public static func compute(
    _ profile: Profile, nodes: NodeTable, values: Column<Int64>, usesTwoThreads: Bool = false
  ) -> NodeTotals {
    let weights = StackWeights.compute(profile, values: values)
    return compute(
      profile.stacks, weights, nodes, total: SampleTotal.compute(profile, values: values),
      usesTwoThreads: usesTwoThreads)
  }

  /// The same for what is left of a profile with the same stacks and locations, of which the totals
  /// are known: whatever has fewer stacks, what is left or what is not, is added up.
  public static func compute(
    _ profile: Profile, nodes: NodeTable, values: Column<Int64>,
    of whole: Profile, wholeValues: Column<Int64>, wholeTotals: () -> NodeTotals
  ) -> NodeTotals {
    precondition(profile.hasStacks(of: whole), "stacks of the same table")
    let left = StackWeights.compute(profile, values: values)
    let all = StackWeights.compute(whole, values: wholeValues)
    let gone = sums(all, left) { $0 &- $1 }
    let total = SampleTotal.compute(profile, values: values)
    func count(_ weights: Column<Int64>) -> Int { weights.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } }
    guard count(gone) < count(left) else {
      return compute(profile.stacks, left, nodes, total: total, usesTwoThreads: true)
    }
    let others = compute(profile.stacks, gone, nodes, total: total, usesTwoThreads: true)
    let known = wholeTotals()
    return NodeTotals(
      flat: sums(known.flat, others.flat) { $0 &- $1 },
      cumulative: sums(known.cumulative, others.cumulative) { $0 &- $1 }, total: total)
  }

  private static func compute(
    _ stacks: StackTable, _ weights: Column<Int64>, _ nodes: NodeTable, total: Int64,
    usesTwoThreads: Bool
  ) -> NodeTotals {
    let lanes = LocationLanes(nodes)
    @Sendable func sum(_ range: Range<Int>) -> NodeTotals {
      var summation = NodeSummation(nodeCount: nodes.count)
      summation.add(stacks, in: range, weights: weights, nodes, lanes)
      return summation.finish(total: total)
    }
    guard usesTwoThreads else { return sum(stacks.indices) }
    let halves = stacks.inHalves(sum)
    return halves.dropFirst().reduce(halves[0]) { left, right in
      NodeTotals(
        flat: sums(left.flat, right.flat) { $0 &+ $1 },
        cumulative: sums(left.cumulative, right.cumulative) { $0 &+ $1 }, total: total)
    }
  }

  @inline(__always)
  private static func sums(
    _ left: Column<Int64>, _ right: Column<Int64>, _ sum: (Int64, Int64) -> Int64
  ) -> Column<Int64> {
    var sums = ColumnBuilder<Int64>(capacity: left.count)
    let (left, right) = (left.span, right.span)
    for row in left.indices { sums.append(sum(left[row], right[row])) }
    return sums.finish()
  }
}
