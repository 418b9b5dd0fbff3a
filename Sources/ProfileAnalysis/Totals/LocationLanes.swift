import ProfileModel

/// The nodes of each location, laid out so that a stack is written down node by node without a
/// branch for each location.
///
/// How many calls were inlined at a location cannot be foreseen by a processor; a loop over them
/// spends more time on wrong guesses than on nodes. Four nodes are always copied, and the end
/// moves by as many as there are.
struct LocationLanes {
  static let width = 4

  /// The first nodes of each location, innermost callee first.
  let lanes: Column<SIMD4<UInt32>>
  /// How many nodes each location has; 0 where they are more than fit.
  let counts: Column<UInt8>

  /// - Complexity: O(*n*) in locations.
  init(_ nodes: NodeTable) {
    let count = nodes.locationStarts.count - 1
    var lanes = ColumnBuilder<SIMD4<UInt32>>(capacity: count)
    var counts = ColumnBuilder<UInt8>(capacity: count)
    let starts = nodes.locationStarts.span
    let locationNodes = nodes.locationNodes.span
    for location in 0..<count {
      let (first, end) = (Int(starts[location]), Int(starts[location &+ 1]))
      var lane = SIMD4<UInt32>(repeating: 0)
      if end &- first <= Self.width {
        for row in first..<end { lane[row &- first] = locationNodes[row].rawValue }
        counts.append(UInt8(truncatingIfNeeded: end &- first))
      } else {
        lane[0] = locationNodes[first].rawValue
        counts.append(0)
      }
      lanes.append(lane)
    }
    self.lanes = lanes.finish()
    self.counts = counts.finish()
  }
}
