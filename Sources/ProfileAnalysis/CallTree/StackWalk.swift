import ProfileModel

/// Walks along stacks node by node, inlined calls included, from the root or from the leaf.
struct StackWalk: Sendable {
  /// A stack, and the frame that comes next on the walk along it.
  struct Step: BitwiseCopyable, Sendable {
    var stack: StackID
    /// The frame's location, as a row of the stacks' locations.
    var position: UInt32
    /// The frame's node, as a row of the locations' nodes.
    var row: UInt32
  }

  let isInverted: Bool
  let foldsRecursion: Bool
  private let stackStarts: Column<UInt32>
  private let locations: Column<LocationID>
  private let nodeStarts: Column<UInt32>
  private let locationNodes: Column<NodeID>

  /// - Complexity: O(*n*) in the frames of all stacks, in time and in memory.
  init(_ stacks: StackTable, _ nodes: NodeTable, _ options: CallTreeOptions) {
    isInverted = options.isInverted
    foldsRecursion = options.foldsRecursion
    (stackStarts, locations) = stacks.writtenOut()
    nodeStarts = nodes.locationStarts
    locationNodes = nodes.locationNodes
  }

  var stackCount: Int { stackStarts.count - 1 }

  /// The step to the first frame of the stack; nil where it has none.
  func firstStep(of stack: StackID) -> Step? {
    let (start, end) = (stackStarts[stack.index], stackStarts[stack.index + 1])
    guard start < end else { return nil }
    var step = Step(stack: stack, position: isInverted ? start : end &- 1, row: 0)
    enterLocation(&step)
    return step
  }

  @inline(__always) func node(at step: Step) -> NodeID { locationNodes[Int(step.row)] }

  /// Goes on to the frame after `step`; false where the stack ends.
  @inline(__always) func advance(_ step: inout Step) -> Bool {
    guard foldsRecursion else { return advanceByOne(&step) }
    let node = node(at: step)
    repeat {
      if !advanceByOne(&step) { return false }
    } while self.node(at: step) == node
    return true
  }

  @inline(__always) private func advanceByOne(_ step: inout Step) -> Bool {
    let location = locations[Int(step.position)].index
    if isInverted {
      step.row &+= 1
      if step.row < nodeStarts[location &+ 1] { return true }
      step.position &+= 1
      if step.position >= stackStarts[step.stack.index &+ 1] { return false }
    } else {
      if step.row > nodeStarts[location] {
        step.row &-= 1
        return true
      }
      if step.position <= stackStarts[step.stack.index] { return false }
      step.position &-= 1
    }
    enterLocation(&step)
    return true
  }

  @inline(__always) private func enterLocation(_ step: inout Step) {
    let location = locations[Int(step.position)].index
    step.row = isInverted ? nodeStarts[location] : nodeStarts[location &+ 1] &- 1
  }
}
