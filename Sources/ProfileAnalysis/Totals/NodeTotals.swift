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
    let weights = StackWeights.compute(profile, values: values)
    var sums = ColumnBuilder<Sum>(capacity: nodes.count)
    sums.append(repeating: Sum(), count: nodes.count)
    var flat = ColumnBuilder<Int64>(capacity: nodes.count)
    flat.append(repeating: 0, count: nodes.count)
    add(profile.stacks, weights, nodes, to: &sums, &flat)
    var cumulative = ColumnBuilder<Int64>(capacity: nodes.count)
    for node in 0..<nodes.count { cumulative.append(sums[node].cumulative) }
    return NodeTotals(
      flat: flat.finish(), cumulative: cumulative.finish(),
      total: SampleTotal.compute(profile, values: values))
  }

  /// A node's sum beside the last stack it was added for: they are touched together.
  private struct Sum: BitwiseCopyable {
    var cumulative: Int64 = 0
    var lastStack: UInt32 = .max
  }

  private static func add(
    _ stacks: StackTable, _ weights: Column<Int64>, _ nodes: NodeTable,
    to sums: inout ColumnBuilder<Sum>, _ flat: inout ColumnBuilder<Int64>
  ) {
    let starts = stacks.starts.span
    let locations = stacks.locations.span
    let nodeStarts = nodes.locationStarts.span
    let locationNodes = nodes.locationNodes.span
    let weights = weights.span
    for stack in weights.indices {
      let weight = weights[stack]
      let (first, end) = (Int(starts[stack]), Int(starts[stack &+ 1]))
      if weight == 0 || first == end { continue }
      for position in first..<end {
        let location = locations[position].index
        for row in Int(nodeStarts[location])..<Int(nodeStarts[location &+ 1]) {
          let node = locationNodes[row].index
          if sums[node].lastStack != UInt32(truncatingIfNeeded: stack) {
            sums[node] = Sum(
              cumulative: sums[node].cumulative &+ weight,
              lastStack: UInt32(truncatingIfNeeded: stack))
          }
        }
      }
      let leaf = locationNodes[Int(nodeStarts[locations[first].index])].index
      flat[leaf] = flat[leaf] &+ weight
    }
  }
}
