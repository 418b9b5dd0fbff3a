import ProfileModel

/// Sorts the stacks below a frame by the node that comes next, and goes on along those of one node.
struct CallTreeSorter: ~Copyable {
  /// The stacks that go on with the same node.
  struct Group: BitwiseCopyable {
    var node: NodeID
    var cumulative: Int64 = 0
    /// Where the runs of the stacks stand, and how many they are.
    var firstRun: UInt32 = 0
    var runCount: UInt32 = 0
    /// How many stacks there are, and so how many runs there can be.
    var stackCount: UInt32 = 0
    /// Its place in the order in which the groups were found.
    var found: UInt32 = 0
  }

  /// How many runs ahead of the one at hand what is read of them is fetched.
  private static let lookahead = 12

  let walk: StackWalk
  private let nodes: NodeTable
  /// What the last `sort` found: the heaviest first.
  private(set) var groups: [Group] = []
  /// By node, its group and the sort in which it got that, so that nothing has to be cleared.
  private var marks: ColumnBuilder<Mark>
  private var sortNumber: UInt32 = 0
  /// Of each run, the group by the order in which they were found; and of each group found, where it
  /// stands now.
  private var foundGroups = ColumnBuilder<UInt32>()
  private var groupPositions: [UInt32] = []
  /// Runs that others take the place of.
  private var copied = ColumnBuilder<StackWalk.Run>()
  /// What becomes of one run.
  private var next = ColumnBuilder<StackWalk.Run>()

  struct Mark: BitwiseCopyable {
    var sortNumber: UInt32 = 0
    var group: UInt32 = 0
  }

  init(_ walk: StackWalk, nodes: NodeTable) {
    self.walk = walk
    self.nodes = nodes
    marks = ColumnBuilder(capacity: nodes.count)
    marks.append(repeating: Mark(), count: nodes.count)
  }

  /// What it takes, in bytes, the weights of all stacks included.
  var byteCount: Int {
    walk.byteCount + marks.byteCount + foundGroups.byteCount + copied.byteCount + next.byteCount
      + groups.capacity * MemoryLayout<Group>.stride
      + groupPositions.capacity * MemoryLayout<UInt32>.stride
  }

  /// Sorts the runs in `range`, from the start of which on each group gets as many rows as it has
  /// stacks.
  mutating func sort(_ runs: inout ColumnBuilder<StackWalk.Run>, in range: Range<Int>) {
    groups.removeAll(keepingCapacity: true)
    foundGroups.truncate(to: 0)
    if range.count == 1 {
      // Most frames of large trees: where a stack has parted from all others.
      let run = runs[range.lowerBound]
      var group = Group(node: walk.node(at: run), cumulative: walk.weight(of: run))
      group.stackCount = run.stackCount
      groups.append(group)
    } else {
      findGroups(runs, in: range)
    }
    if groups.count == 1 {
      // They stay where they are.
      groups[0].firstRun = UInt32(range.lowerBound)
      groups[0].runCount = UInt32(range.count)
      return
    }
    sortGroups()
    placeGroups(from: range.lowerBound)
    distribute(&runs, in: range)
  }

  private mutating func findGroups(
    _ runs: borrowing ColumnBuilder<StackWalk.Run>, in range: Range<Int>
  ) {
    foundGroups.reserve(range.count)
    startNumber()
    for index in range {
      let ahead = index &+ Self.lookahead
      if ahead < range.upperBound { walk.fetchNode(of: runs[ahead]) }
      let run = runs[index]
      let node = walk.node(at: run)
      var mark = marks[node.index]
      if mark.sortNumber != sortNumber {
        mark = Mark(sortNumber: sortNumber, group: UInt32(truncatingIfNeeded: groups.count))
        marks[node.index] = mark
        groups.append(Group(node: node, found: mark.group))
      }
      foundGroups.append(mark.group)
      groups[Int(mark.group)].cumulative &+= walk.weight(of: run)
      groups[Int(mark.group)].stackCount &+= run.stackCount
    }
  }

  private mutating func startNumber() {
    sortNumber &+= 1
    guard sortNumber == 0 else { return }
    for node in 0..<marks.count { marks[node] = Mark() }
    sortNumber = 1
  }

  private mutating func sortGroups() {
    let nodes = self.nodes
    groups.sort { left, right in
      let (a, b) = (left.cumulative.magnitude, right.cumulative.magnitude)
      return a == b ? nodes.compare(left.node, right.node) < 0 : a > b
    }
    groupPositions.removeAll(keepingCapacity: true)
    for _ in groups.indices { groupPositions.append(0) }
    for position in groups.indices {
      groupPositions[Int(groups[position].found)] = UInt32(truncatingIfNeeded: position)
    }
  }

  /// Gives each group room for as many runs as it has stacks.
  private mutating func placeGroups(from start: Int) {
    var next = UInt32(start)
    for index in groups.indices {
      groups[index].firstRun = next
      next += groups[index].stackCount
    }
  }

  /// Puts each run where its group has room.
  private mutating func distribute(
    _ runs: inout ColumnBuilder<StackWalk.Run>, in range: Range<Int>
  ) {
    copy(runs, in: range)
    for index in 0..<copied.count {
      let group = Int(groupPositions[Int(foundGroups[index])])
      runs[Int(groups[group].firstRun &+ groups[group].runCount)] = copied[index]
      groups[group].runCount &+= 1
    }
  }

  private mutating func copy(
    _ runs: borrowing ColumnBuilder<StackWalk.Run>, in range: Range<Int>
  ) {
    copied.truncate(to: 0)
    runs.withElements(from: range.lowerBound, count: range.count) {
      copied.append(contentsOf: $0)
    }
  }

  /// Goes on along the runs in `range`; what they become takes the place from its start on.
  ///
  /// - Returns: the weight of the stacks that end, and how many runs there are now.
  mutating func goOn(
    _ runs: inout ColumnBuilder<StackWalk.Run>, in range: Range<Int>
  ) -> (ended: Int64, count: UInt32) {
    var ended: Int64 = 0
    var (index, end) = (range.lowerBound, range.lowerBound)
    // Most end or become one other: as long as those do not come before what is left, that stays.
    var isCopied = false
    while index < range.upperBound {
      let shift = range.upperBound &- copied.count
      let ahead = index &+ Self.lookahead
      if ahead < range.upperBound {
        walk.fetchAdvance(of: isCopied ? copied[ahead &- shift] : runs[ahead])
      }
      let run = isCopied ? copied[index &- shift] : runs[index]
      index &+= 1
      next.truncate(to: 0)
      ended &+= walk.advance(run, to: &next)
      if !isCopied, end &+ next.count > index {
        copy(runs, in: index..<range.upperBound)
        isCopied = true
      }
      for position in 0..<next.count { runs[end &+ position] = next[position] }
      end &+= next.count
    }
    return (ended, UInt32(truncatingIfNeeded: end &- range.lowerBound))
  }
}
