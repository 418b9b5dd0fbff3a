import ProfileModel

/// What each location is to the calls between kept nodes: where calls come in, which are within it,
/// and where they go out.
///
/// Kept nodes are numbered anew, without gaps, and so are the locations that have any.
struct KeptLocations: ~Copyable {
  /// One location with kept nodes, laid out so that a stack is walked with few branches: those that
  /// depend on the location are guessed wrong too often.
  struct Location: BitwiseCopyable {
    /// The first calls within the location, as `CallWeights` writes them.
    var innerCalls = SIMD4<UInt32>(repeating: 0)
    /// The caller that last called the outermost kept node, and that call: mostly the next one too.
    var lastCaller = UInt32.max
    var lastCall = CallWeights.none
    /// The number of the innermost kept node; `.max` where none is kept.
    var exit = UInt32.max
    /// How many calls there are in `innerCalls`.
    var innerCount: UInt8 = 0
    /// 1 where the outermost kept node is inlined somewhere; calls of others need not be known.
    var entryCount: UInt8 = 0
    /// Whether a frame of this location that is not kept inlined the outermost kept one.
    var isEntryInlined = false
    /// Whether there are more calls within the location than fit: `moreInnerCalls(of:)`.
    var hasMoreInnerCalls = false
  }

  /// How many calls fit into a location's row.
  static let width = 4

  /// The kept nodes by their number.
  let keptNodes: [NodeID]
  /// Whether any kept node is inlined anywhere.
  let hasInlined: Bool
  /// The locations with kept nodes, after a row for all of the others.
  private(set) var rows = ColumnBuilder<Location>()
  /// By location, where in `rows` it is.
  private(set) var rowNumbers: Column<UInt32> = []
  /// By row, the number of the outermost kept node.
  private var entries = ColumnBuilder<UInt32>()
  /// By row, the calls that do not fit into it.
  private var moreInnerCalls: [Int: [UInt32]] = [:]

  init(_ nodes: NodeTable, isKept: [Bool], calls: inout CallWeights) {
    let locationCount = nodes.locationStarts.count - 1
    keptNodes = nodes.indices.filter { isKept[$0] }.map { NodeID($0) }
    var numbers = [UInt32](repeating: .max, count: nodes.count)
    for (number, node) in keptNodes.enumerated() { numbers[node.index] = UInt32(number) }
    let isInlined = Self.inlinedNodes(nodes, isKept: isKept)
    hasInlined = isInlined.contains(true)
    guard hasInlined else { return }
    rows.reserve(locationCount + 1)
    entries.reserve(locationCount + 1)
    rows.append(Location())
    entries.append(.max)
    var rowNumbers = ColumnBuilder<UInt32>(capacity: locationCount)
    let locationNodes = nodes.locationNodes.span
    for index in 0..<locationCount {
      let range = nodes.range(of: LocationID(index))
      var location = Location()
      var entry = UInt32.max
      var inner: [UInt32] = []
      for row in range.reversed() {
        let node = locationNodes[row].index
        guard isKept[node] else { continue }
        let number = numbers[node]
        if entry == .max {
          entry = number
          location.isEntryInlined = row != range.upperBound - 1
          location.entryCount = isInlined[node] ? 1 : 0
        } else {
          inner.append(calls.call(from: location.exit, to: number, isInlined: true))
        }
        location.exit = number
      }
      guard entry != .max else {
        rowNumbers.append(0)
        continue
      }
      for lane in 0..<min(inner.count, Self.width) { location.innerCalls[lane] = inner[lane] }
      location.innerCount = UInt8(min(inner.count, Self.width))
      if inner.count > Self.width {
        location.hasMoreInnerCalls = true
        moreInnerCalls[rows.count] = Array(inner[Self.width...])
      }
      rowNumbers.append(UInt32(truncatingIfNeeded: rows.count))
      rows.append(location)
      entries.append(entry)
    }
    self.rowNumbers = rowNumbers.finish()
  }

  /// The call of the location's outermost kept node, noted as the one to expect next.
  @inline(never)
  mutating func findEntryCall(
    from caller: UInt32, to row: Int, in calls: inout CallWeights
  ) -> UInt32 {
    let call = calls.call(
      from: caller, to: entries[row], isInlined: rows[row].isEntryInlined)
    rows[row].lastCaller = caller
    rows[row].lastCall = call
    return call
  }

  /// The calls within the location that do not fit into its row.
  func moreInnerCalls(ofRow row: Int) -> [UInt32] { moreInnerCalls[row] ?? [] }

  private static func inlinedNodes(_ nodes: NodeTable, isKept: [Bool]) -> [Bool] {
    var isInlined = [Bool](repeating: false, count: nodes.count)
    let locationNodes = nodes.locationNodes.span
    for location in 0..<(nodes.locationStarts.count - 1) {
      let rows = nodes.range(of: LocationID(location))
      for row in rows.lowerBound..<max(rows.upperBound - 1, rows.lowerBound) {
        let node = locationNodes[row].index
        if isKept[node] { isInlined[node] = true }
      }
    }
    return isInlined
  }
}
