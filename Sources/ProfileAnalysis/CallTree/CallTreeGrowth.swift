import ProfileModel

/// The part of a call tree that is known: grows as children are asked for.
///
/// Each frame owns room in `runs` for as many as it has stacks, which all may go their own way below
/// it. Opening the frame sorts them into the room of each child, in place: a radix sort by frames,
/// done only where somebody looks. Nor do they go on from a child before somebody looks at that.
struct CallTreeGrowth: ~Copyable {
  struct Row: BitwiseCopyable {
    var node: NodeID
    var parent: CallTreeID
    var depth: UInt32 = 0
    var firstRun: UInt32 = 0
    var runCount: UInt32 = 0
    /// `.max` until the children are known.
    var firstChild = UInt32.max
    var childCount: UInt32 = 0
    /// Whether the runs went on from this frame: `flat` is known then, and whether there are children.
    var hasGoneOn = false
    var cumulative: Int64 = 0
    var flat: Int64 = 0
    /// The sum of the children's magnitudes, once they are known.
    var childMagnitude: UInt64 = 0
  }

  private var rows = ColumnBuilder<Row>()
  private var runs: ColumnBuilder<StackWalk.Run>
  private var sorter: CallTreeSorter

  init(_ walk: StackWalk, nodes: NodeTable) {
    sorter = CallTreeSorter(walk, nodes: nodes)
    runs = ColumnBuilder(capacity: walk.stackCount)
    var root = Row(node: .none, parent: .none)
    root.cumulative = walk.weight
    root.flat = walk.start(&runs)
    root.runCount = UInt32(runs.count)
    root.hasGoneOn = true
    // There are never more runs than stacks.
    runs.append(repeating: .none, count: walk.stackCount - runs.count)
    rows.append(root)
  }

  var count: Int { rows.count }

  /// What it takes, in bytes.
  var byteCount: Int { rows.byteCount + runs.byteCount + sorter.byteCount }

  /// The frame as far as it is known.
  func row(_ id: CallTreeID) -> Row { rows[id.index] }

  mutating func frame(_ id: CallTreeID) -> CallTree.Frame {
    goOn(from: id)
    let row = rows[id.index]
    return CallTree.Frame(
      node: row.node, parent: row.parent, depth: Int(row.depth), cumulative: row.cumulative,
      flat: row.flat, hasChildren: row.runCount > 0)
  }

  mutating func children(of id: CallTreeID) -> CallTreeIDs {
    if rows[id.index].firstChild == .max { open(id) }
    let row = rows[id.index]
    return CallTreeIDs(first: row.firstChild, count: Int(row.childCount))
  }

  mutating func childMagnitude(of id: CallTreeID) -> UInt64 {
    if rows[id.index].firstChild == .max { open(id) }
    return rows[id.index].childMagnitude
  }

  /// Lets the runs go on from the frame, unless they did.
  private mutating func goOn(from id: CallTreeID) {
    var row = rows[id.index]
    guard !row.hasGoneOn else { return }
    let first = Int(row.firstRun)
    (row.flat, row.runCount) = sorter.goOn(&runs, in: first..<first + Int(row.runCount))
    row.hasGoneOn = true
    rows[id.index] = row
  }

  private mutating func open(_ id: CallTreeID) {
    goOn(from: id)
    let row = rows[id.index]
    let firstChild = rows.count
    let range = Int(row.firstRun)..<Int(row.firstRun) + Int(row.runCount)
    sorter.sort(&runs, in: range)
    rows.reserve(sorter.groups.count)
    var magnitude: UInt64 = 0
    for index in 0..<sorter.groups.count {
      let group = sorter.groups[index]
      var child = Row(node: group.node, parent: id)
      child.depth = row.depth &+ 1
      child.firstRun = group.firstRun
      child.runCount = group.runCount
      child.cumulative = group.cumulative
      rows.append(child)
      let (sum, overflows) = magnitude.addingReportingOverflow(group.cumulative.magnitude)
      magnitude = overflows ? .max : sum
    }
    rows[id.index].childMagnitude = magnitude
    rows[id.index].firstChild = UInt32(firstChild)
    rows[id.index].childCount = UInt32(rows.count - firstChild)
  }
}
