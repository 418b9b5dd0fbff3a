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
    var calls = CallWeights(nodeCount: isKept.reduce(0) { $0 + ($1 ? 1 : 0) })
    var kept = KeptLocations(nodes, isKept: isKept, calls: &calls)
    guard kept.hasInlined else { return Column(repeating: .none, count: nodes.count) }
    let counted = CountedStacks(profile, values: values, divisors: divisors)
    add(profile.stacks, counted, &kept, to: &calls)
    var marks = ColumnBuilder<InlineMark>(capacity: nodes.count)
    marks.append(repeating: .none, count: nodes.count)
    let found = calls.marks(nodeCount: kept.keptNodes.count, minimumWeight: minimumWeight)
    for (number, mark) in found.enumerated() { marks[kept.keptNodes[number].index] = mark }
    return marks.finish()
  }

  private static func add(
    _ stacks: StackTable, _ counted: CountedStacks, _ kept: inout KeptLocations,
    to calls: inout CallWeights
  ) {
    var steps = StackSteps(stacks)
    let weights = counted.weights.span
    let isCounted = counted.isCounted.span
    let rowNumbers = kept.rowNumbers
    let rows = rowNumbers.span
    for stack in isCounted.indices where isCounted[stack] {
      steps.move(to: stack)
      let shared = steps.shared
      let own = steps.own
      for index in own.indices { kept.rows.fetchAhead(Int(rows[own[index].index])) }
      var left = own.count
      var tail = calls.path.makeRoom(after: shared, locations: left)
      // Of each location of the path is noted which node calls what is below.
      var caller = shared == 0 ? UInt32.max : calls.path.note(ofDepth: shared &- 1)
      while left > 0 {
        left &-= 1
        let row = Int(rows[own[left].index])
        let location = kept.rows[row]
        var entryCall = location.lastCall
        if (location.lastCaller ^ caller) &* UInt32(location.entryCount) != 0 {
          entryCall = kept.findEntryCall(from: caller, to: row, in: &calls)
        }
        caller = location.exit == .max ? caller : location.exit
        tail.enterLocation(noting: caller)
        tail.append(entryCall, count: Int(location.entryCount))
        tail.append(location.innerCalls, count: Int(location.innerCount))
        if location.hasMoreInnerCalls {
          tail = calls.path.extend(
            to: tail, appending: kept.moreInnerCalls(ofRow: row), locations: left)
        }
      }
      calls.path.extend(to: tail)
      calls.path.add(weights[stack])
    }
    calls.path.closeAll()
  }
}
