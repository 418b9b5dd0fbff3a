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
  /// - Complexity: O(*n*) in the frames of distinct stacks; only frames of kept nodes cost more
  ///   than a look at their location.
  public static func compute(
    _ profile: Profile, nodes: NodeTable, values: Column<Int64>, divisors: Column<Int64>? = nil,
    isKept: [Bool], minimumWeight: Int64 = 0
  ) -> Column<InlineMark> {
    precondition(isKept.count == nodes.count, "a flag for each node")
    let frames = KeptFrames(nodes, isKept: isKept)
    guard frames.hasInlined else { return Column(repeating: .none, count: nodes.count) }
    var calls = CallWeights(nodeCount: nodes.count)
    let counting = CountedStacks(profile, values: values, divisors: divisors)
    add(profile.stacks, counting, nodes, frames, to: &calls)
    return calls.marks(minimumWeight: minimumWeight)
  }

  private static func add(
    _ stacks: StackTable, _ counted: CountedStacks, _ nodes: NodeTable, _ frames: KeptFrames,
    to calls: inout CallWeights
  ) {
    let starts = stacks.starts.span
    let locations = stacks.locations.span
    let nodeStarts = nodes.locationStarts.span
    let locationNodes = nodes.locationNodes.span
    let weights = counted.weights.span
    let isCounted = counted.isCounted.span
    let isLocationKept = frames.isLocationKept.span
    let isKept = frames.isKept.span
    let isInlined = frames.isInlined.span
    for stack in isCounted.indices {
      if !isCounted[stack] { continue }
      var caller = NodeID.none
      var position = Int(starts[stack &+ 1])
      while position > Int(starts[stack]) {
        position &-= 1
        let location = locations[position].index
        if !isLocationKept[location] { continue }
        let (first, end) = (Int(nodeStarts[location]), Int(nodeStarts[location &+ 1]))
        var row = end
        while row > first {
          row &-= 1
          let node = locationNodes[row]
          if !isKept[node.index] { continue }
          if isInlined[node.index] && !caller.isNone && caller != node {
            calls.add(
              weights[stack], from: caller, to: node, isInlined: row != end &- 1,
              stack: UInt32(truncatingIfNeeded: stack))
          }
          caller = node
        }
      }
    }
  }
}

/// What the nodes are to the marks, and which locations hold any that is kept.
private struct KeptFrames {
  let isKept: Column<Bool>
  /// Of the kept nodes, those that are inlined anywhere: the others need no mark.
  let isInlined: Column<Bool>
  let isLocationKept: Column<Bool>
  let hasInlined: Bool

  init(_ nodes: NodeTable, isKept: [Bool]) {
    var isInlined = [Bool](repeating: false, count: nodes.count)
    var isLocationKept: [Bool] = []
    let locationCount = nodes.locationStarts.count - 1
    isLocationKept.reserveCapacity(locationCount)
    var hasInlined = false
    for location in 0..<locationCount {
      let range = nodes.range(of: LocationID(location))
      var hasKept = false
      for row in range {
        let node = nodes.locationNodes[row].index
        guard isKept[node] else { continue }
        hasKept = true
        if row != range.upperBound - 1 {
          isInlined[node] = true
          hasInlined = true
        }
      }
      isLocationKept.append(hasKept)
    }
    self.isKept = Column(isKept)
    self.isInlined = Column(isInlined)
    self.isLocationKept = Column(isLocationKept)
    self.hasInlined = hasInlined
  }
}
