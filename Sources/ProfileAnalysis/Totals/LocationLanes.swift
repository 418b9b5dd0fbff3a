import ProfileModel

/// The nodes of each location, laid out so that a stack is written down node by node without a
/// branch for each location.
///
/// How many calls were inlined at a location cannot be foreseen by a processor; a loop over them
/// spends more time on wrong guesses than on nodes. Four nodes are always copied, and the end
/// moves by as many as there are.
struct LocationLanes {
  /// The first nodes of a location, innermost callee first, and how many it has, together: they come
  /// with one look into memory.
  struct Row: BitwiseCopyable {
    /// Above the bits of the first node stands how many there are.
    private var packed = SIMD4<UInt32>(repeating: 0)

    fileprivate init(_ nodes: borrowing Span<NodeID>) {
      guard nodes.count <= LocationLanes.width else { return }
      for lane in nodes.indices { packed[lane] = nodes[lane].rawValue }
      guard packed.max() >> Self.nodeBits == 0 else {
        packed = .zero
        return
      }
      packed[0] |= UInt32(nodes.count) << Self.nodeBits
    }

    private static let nodeBits: UInt32 = 29

    /// How many nodes the location has; 0 where they are more than fit, or not below `1 << 29`.
    var count: Int { Int(packed[0] &>> Self.nodeBits) }
    /// The first nodes.
    var lanes: SIMD4<UInt32> {
      packed & SIMD4(1 << Self.nodeBits - 1, .max, .max, .max)
    }
  }

  static let width = 4

  /// By location.
  let rows: Column<Row>

  /// - Complexity: O(*n*) in locations.
  init(_ nodes: NodeTable) {
    let count = nodes.locationStarts.count - 1
    var rows = ColumnBuilder<Row>(capacity: count)
    let locationNodes = nodes.locationNodes.span
    for location in 0..<count {
      rows.append(Row(locationNodes.extracting(nodes.range(of: LocationID(location)))))
    }
    self.rows = rows.finish()
  }
}
