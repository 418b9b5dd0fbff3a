import ProfileModel

/// Sorts the stacks below a frame by the node that comes next, and takes a step along each.
struct CallTreeSorter: ~Copyable {
  /// The stacks that go on with the same node.
  struct Group: BitwiseCopyable {
    var node: NodeID
    var cumulative: Int64 = 0
    /// Of the stacks that end here.
    var flat: Int64 = 0
    /// Where the steps of the stacks that go on stand, and how many they are.
    var firstStep: UInt32 = 0
    var stepCount: UInt32 = 0
    /// Its place in the order in which the groups were found.
    var found: UInt32 = 0
  }

  let walk: StackWalk
  let weights: Column<Int64>
  private let nodes: NodeTable
  /// What the last `sort` found: the heaviest first.
  private(set) var groups: [Group] = []
  /// By node, its group and the sort in which it got that, so that nothing has to be cleared.
  private var marks: ColumnBuilder<Mark>
  private var sortNumber: UInt32 = 0
  /// Of each step, the group by the order in which they were found; and of each group found, where
  /// it stands now.
  private var foundGroups = ColumnBuilder<UInt32>()
  private var groupPositions: [UInt32] = []
  private var sorted = ColumnBuilder<StackWalk.Step>()

  struct Mark: BitwiseCopyable {
    var sortNumber: UInt32 = 0
    var group: UInt32 = 0
  }

  init(_ walk: StackWalk, weights: Column<Int64>, nodes: NodeTable) {
    self.walk = walk
    self.weights = weights
    self.nodes = nodes
    marks = ColumnBuilder(capacity: nodes.count)
    marks.append(repeating: Mark(), count: nodes.count)
  }

  /// Sorts the steps in `range` and advances each; those of stacks that end are lost.
  mutating func sort(_ steps: inout ColumnBuilder<StackWalk.Step>, in range: Range<Int>) {
    groups.removeAll(keepingCapacity: true)
    if range.count == 1 {
      // Most frames of large trees: where a stack has parted from all others.
      let step = steps[range.lowerBound]
      let weight = weights[step.stack.index]
      groups.append(Group(node: walk.node(at: step), cumulative: weight))
      advance(&steps, range)
      return
    }
    findGroups(steps, range)
    sortGroups()
    placeGroups(from: range.lowerBound)
    if groups.count > 1 {
      spread(&steps, range)
    } else if groups.count == 1 {
      advance(&steps, range)
    }
  }

  private mutating func findGroups(
    _ steps: borrowing ColumnBuilder<StackWalk.Step>, _ range: Range<Int>
  ) {
    foundGroups.truncate(to: 0)
    foundGroups.reserve(range.count)
    startNumber()
    for index in range {
      let step = steps[index]
      let node = walk.node(at: step)
      var mark = marks[node.index]
      if mark.sortNumber != sortNumber {
        mark = Mark(sortNumber: sortNumber, group: UInt32(truncatingIfNeeded: groups.count))
        marks[node.index] = mark
        groups.append(Group(node: node, found: mark.group))
      }
      foundGroups.append(mark.group)
      groups[Int(mark.group)].cumulative &+= weights[step.stack.index]
      groups[Int(mark.group)].stepCount &+= 1
    }
  }

  private mutating func startNumber() {
    sortNumber &+= 1
    guard sortNumber == 0 else { return }
    for node in 0..<marks.count { marks[node] = Mark() }
    sortNumber = 1
  }

  private mutating func sortGroups() {
    guard groups.count > 1 else { return }
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

  /// Gives each group room for its steps; they are counted anew when they are placed.
  private mutating func placeGroups(from start: Int) {
    var next = UInt32(start)
    for index in groups.indices {
      groups[index].firstStep = next
      next += groups[index].stepCount
      groups[index].stepCount = 0
    }
  }

  /// With one group, steps stay in their order.
  private mutating func advance(
    _ steps: inout ColumnBuilder<StackWalk.Step>, _ range: Range<Int>
  ) {
    var end = range.lowerBound
    var last: StackTable.Place?
    for index in range {
      var step = steps[index]
      if walk.advance(&step, after: &last) {
        steps[end] = step
        end &+= 1
      } else {
        groups[0].flat &+= weights[step.stack.index]
      }
    }
    groups[0].firstStep = UInt32(range.lowerBound)
    groups[0].stepCount = UInt32(end - range.lowerBound)
  }

  private mutating func spread(
    _ steps: inout ColumnBuilder<StackWalk.Step>, _ range: Range<Int>
  ) {
    sorted.truncate(to: 0)
    for index in range { sorted.append(steps[index]) }
    var last: StackTable.Place?
    for index in 0..<range.count {
      var step = sorted[index]
      let group = Int(groupPositions[Int(foundGroups[index])])
      if walk.advance(&step, after: &last) {
        steps[Int(groups[group].firstStep &+ groups[group].stepCount)] = step
        groups[group].stepCount &+= 1
      } else {
        groups[group].flat &+= weights[step.stack.index]
      }
    }
  }
}
