import ProfileModel

/// Whether a node was inlined into its callers.
public enum InlineMark: UInt8, BitwiseCopyable, Sendable {
  /// Into none of them, or it has no callers.
  case none
  /// Into some of its callers.
  case partial
  /// Into all of them.
  case whole
}

/// Finds the nodes that reports mark as inlined, without building the call graph.
///
/// As in `pprof`, a mark tells of the calls that are left when a report was trimmed: calls from a
/// node that is not kept count as calls from the nearest caller that is.
public enum InlineMarks {
  /// The mark of each node.
  ///
  /// - Parameters:
  ///   - values: one for each sample; samples of value 0 do not count.
  ///   - divisors: where given, samples of value 0 count if their divisor is not 0.
  ///   - isKept: for each node whether it was left when the report was trimmed.
  ///   - minimumWeight: calls that weigh less, by magnitude, do not count.
  /// - Complexity: O(*n*) in the frames of distinct stacks; frames of kept nodes cost the most.
  public static func compute(
    _ profile: Profile, nodes: NodeTable, values: Column<Int64>, divisors: Column<Int64>? = nil,
    isKept: [Bool], minimumWeight: Int64 = 0
  ) -> Column<InlineMark> {
    precondition(isKept.count == nodes.count, "a flag for each node")
    let table = KeptFrames(nodes, isKept: isKept)
    guard table.hasInlined else { return Column(repeating: .none, count: nodes.count) }
    let counted = CountedStacks(profile, values: values, divisors: divisors)
    var calls = CallWeights(nodeCount: table.keptNodes.count)
    add(profile.stacks, counted, nodes, table, to: &calls)
    var marks = ColumnBuilder<InlineMark>(capacity: nodes.count)
    marks.append(repeating: .none, count: nodes.count)
    for (number, mark) in calls.marks(minimumWeight: minimumWeight).enumerated() {
      marks[table.keptNodes[number].index] = mark
    }
    return marks.finish()
  }

  private static func add(
    _ stacks: StackTable, _ counted: CountedStacks, _ nodes: NodeTable, _ table: KeptFrames,
    to calls: inout CallWeights
  ) {
    let starts = stacks.starts.span
    let locations = stacks.locations.span
    let weights = counted.weights.span
    let isCounted = counted.isCounted.span
    let lanes = table.lanes.span
    let counts = table.counts.span
    // The kept frames of one stack, outermost first.
    var frames = ColumnBuilder<UInt32>(capacity: 256)
    for stack in isCounted.indices where isCounted[stack] {
      frames.truncate(to: 0)
      for position in (Int(starts[stack])..<Int(starts[stack &+ 1])).reversed() {
        let location = locations[position].index
        let count = Int(counts[location])
        if count > KeptFrames.width {
          let range = nodes.range(of: LocationID(location))
          table.append(range, of: nodes.locationNodes, to: &frames)
          continue
        }
        let lane = lanes[location]
        frames.append(upTo: KeptFrames.width) { room in
          // All lanes fit the room made for them; those beyond `count` are overwritten by the next.
          UnsafeMutableRawPointer(room).storeBytes(of: lane, as: SIMD4<UInt32>.self)
          return count
        }
      }
      calls.add(weights[stack], of: frames, stack: UInt32(truncatingIfNeeded: stack))
    }
  }
}
