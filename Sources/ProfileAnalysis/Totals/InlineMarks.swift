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
    var calls = CallWeights()
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
    var cursor = StackCursor(stacks)
    let weights = counted.weights.span
    let isCounted = counted.isCounted.span
    let hasNodes = kept.hasNodes
    let hasKept = hasNodes.span
    var counts = ColumnBuilder<UInt32>(capacity: 256)
    var found = ColumnBuilder<UInt32>(capacity: 256)
    /// By location of the path that has kept nodes, the one that calls what is below.
    var exits = ColumnBuilder<UInt32>(capacity: 256)
    for stack in isCounted.indices where isCounted[stack] {
      cursor.move(to: stack)
      let locations = cursor.locations
      let outer = follow(
        locations, after: cursor.shared, where: hasKept, counts: &counts, found: &found)
      exits.truncate(to: outer)
      var caller = outer == 0 ? UInt32.max : exits[outer &- 1]
      var left = found.count
      var tail = calls.path.makeRoom(after: outer, locations: left)
      for next in 0..<found.count {
        left &-= 1
        let index = Int(found[next])
        let location = kept.locations[index]
        var entryCall = location.lastCall
        if location.lastCaller != caller, location.mayEntryBeMarked == 1 {
          entryCall = kept.findEntryCall(from: caller, to: index, in: &calls)
        }
        caller = location.exit == .max ? caller : location.exit
        exits.append(caller)
        tail.enterLocation()
        tail.append(entryCall, count: Int(location.mayEntryBeMarked))
        tail.append(location.innerCalls, count: Int(location.innerCount))
        if location.hasMoreInnerCalls {
          tail = calls.path.extend(
            to: tail, appending: kept.moreInnerCalls(of: index), locations: left)
        }
      }
      calls.path.extend(to: tail)
      calls.path.add(weights[stack])
    }
    calls.path.closeAll()
  }

  /// Finds which locations of a stack have kept nodes: few near the leaf, and only they cost time.
  ///
  /// - Parameters:
  ///   - shared: how many locations from the root the stack shares with the one before.
  ///   - counts: by depth from the root, how many locations down to it have kept nodes.
  ///   - found: those that are not shared, outermost first.
  /// - Returns: how many of those that are shared have kept nodes.
  @inline(__always)
  private static func follow(
    _ locations: Span<LocationID>, after shared: Int, where hasKept: Span<UInt8>,
    counts: inout ColumnBuilder<UInt32>, found: inout ColumnBuilder<UInt32>
  ) -> Int {
    let outer = shared == 0 ? 0 : Int(counts[shared &- 1])
    let added = locations.count &- shared
    counts.truncate(to: shared)
    found.truncate(to: 0)
    found.append(upTo: added) { found in
      var kept = 0
      counts.append(upTo: added) { counts in
        for step in 0..<added {
          let location = locations[added &- 1 &- step]
          // `kept` is at most `step`, which is below `added`: both have room for as many.
          found[kept] = location.rawValue
          kept &+= Int(hasKept[location.index] & 1)
          counts[step] = UInt32(truncatingIfNeeded: outer &+ kept)
        }
        return added
      }
      return kept
    }
    return outer
  }
}
