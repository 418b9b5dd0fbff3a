import ProfileModel

/// The frames of kept nodes at each location, laid out as in `LocationLanes`.
///
/// Kept nodes are numbered anew, without gaps. A frame is written as one integer: see `Frame`.
struct KeptFrames {
  static let width = 4

  /// A frame of a kept node in one integer.
  enum Frame {
    /// This very frame is inlined into the one outside of it.
    static let isInlined: UInt32 = 1
    /// The node is inlined somewhere; the others need no mark.
    static let mayBeMarked: UInt32 = 2

    static func number(_ frame: UInt32) -> Int { Int(frame >> 2) }
  }

  /// The kept nodes by their number.
  let keptNodes: [NodeID]
  /// Whether any kept node is inlined anywhere.
  let hasInlined: Bool
  /// The frames of each location, the outermost first.
  private(set) var lanes: Column<SIMD4<UInt32>> = []
  /// How many frames each location has; above `width` where they are more than fit.
  private(set) var counts: Column<UInt8> = []
  /// For each node its number and whether it may be marked, as in a frame; nil where not kept.
  private let frames: [UInt32?]

  init(_ nodes: NodeTable, isKept: [Bool]) {
    keptNodes = nodes.indices.filter { isKept[$0] }.map { NodeID($0) }
    precondition(keptNodes.count < 1 << 30, "too many nodes")
    let locationCount = nodes.locationStarts.count - 1
    var frames = [UInt32?](repeating: nil, count: nodes.count)
    for (number, node) in keptNodes.enumerated() { frames[node.index] = UInt32(number) << 2 }
    var hasInlined = false
    for location in 0..<locationCount {
      let range = nodes.range(of: LocationID(location))
      for row in range.lowerBound..<max(range.upperBound - 1, range.lowerBound) {
        let node = nodes.locationNodes[row].index
        guard let frame = frames[node] else { continue }
        frames[node] = frame | Frame.mayBeMarked
        hasInlined = true
      }
    }
    self.frames = frames
    self.hasInlined = hasInlined
    guard hasInlined else { return }
    var lanes = ColumnBuilder<SIMD4<UInt32>>(capacity: locationCount)
    var counts = ColumnBuilder<UInt8>(capacity: locationCount)
    var found = ColumnBuilder<UInt32>()
    for location in 0..<locationCount {
      found.truncate(to: 0)
      append(nodes.range(of: LocationID(location)), of: nodes.locationNodes, to: &found)
      var lane = SIMD4<UInt32>(repeating: 0)
      for index in 0..<min(found.count, Self.width) { lane[index] = found[index] }
      lanes.append(lane)
      counts.append(UInt8(min(found.count, Self.width + 1)))
    }
    self.lanes = lanes.finish()
    self.counts = counts.finish()
  }

  /// Appends the frames of a location's kept nodes, the outermost first.
  ///
  /// - Parameter rows: the location's rows of `locationNodes`.
  func append(
    _ rows: Range<Int>, of locationNodes: Column<NodeID>, to found: inout ColumnBuilder<UInt32>
  ) {
    var row = rows.upperBound
    while row > rows.lowerBound {
      row &-= 1
      guard let frame = frames[locationNodes[row].index] else { continue }
      found.append(row == rows.upperBound - 1 ? frame : frame | Frame.isInlined)
    }
  }
}
