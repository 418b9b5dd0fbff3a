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

  init(nodeCount: Int) {
    marks = ColumnBuilder(capacity: nodeCount)
    marks.append(repeating: Mark(), count: nodeCount)
  }

  /// Sorts the steps in `range` and advances each; those of stacks that end are lost.
  mutating func sort(
    _ steps: inout ColumnBuilder<StackWalk.Step>, in range: Range<Int>, _ walk: StackWalk,
    _ weights: Column<Int64>, names: NodeTable
  ) {
    findGroups(steps, range, walk, weights)
    sortGroups(names: names)
    placeGroups(from: range.lowerBound)
    if groups.count > 1 {
      spread(&steps, range, walk, weights)
    } else if groups.count == 1 {
      advance(&steps, range, walk, weights)
    }
  }

  private mutating func findGroups(
    _ steps: borrowing ColumnBuilder<StackWalk.Step>, _ range: Range<Int>, _ walk: StackWalk,
    _ weights: Column<Int64>
  ) {
    groups.removeAll(keepingCapacity: true)
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

  private mutating func sortGroups(names: NodeTable) {
    guard groups.count > 1 else { return }
    groups.sort { left, right in
      let (a, b) = (left.cumulative.magnitude, right.cumulative.magnitude)
      return a == b ? names.compare(left.node, right.node) < 0 : a > b
    }
    groupPositions.removeAll(keepingCapacity: true)
    groupPositions.append(contentsOf: repeatElement(0, count: groups.count))
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
    _ steps: inout ColumnBuilder<StackWalk.Step>, _ range: Range<Int>, _ walk: StackWalk,
    _ weights: Column<Int64>
  ) {
    var end = range.lowerBound
    for index in range {
      var step = steps[index]
      if walk.advance(&step) {
        steps[end] = step
        end &+= 1
      } else {
        groups[0].flat &+= weights[step.stack.index]
      }
    }
    groups[0].stepCount = UInt32(end - range.lowerBound)
  }

  private mutating func spread(
    _ steps: inout ColumnBuilder<StackWalk.Step>, _ range: Range<Int>, _ walk: StackWalk,
    _ weights: Column<Int64>
  ) {
    sorted.truncate(to: 0)
    for index in range { sorted.append(steps[index]) }
    for index in 0..<range.count {
      var step = sorted[index]
      let group = Int(groupPositions[Int(foundGroups[index])])
      if walk.advance(&step) {
        steps[Int(groups[group].firstStep &+ groups[group].stepCount)] = step
        groups[group].stepCount &+= 1
      } else {
        groups[group].flat &+= weights[step.stack.index]
      }
    }
  }
}
