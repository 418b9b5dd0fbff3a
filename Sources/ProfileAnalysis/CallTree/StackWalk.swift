import ProfileModel

/// Walks along stacks node by node, inlined calls included, from the root or from the leaf.
struct StackWalk: Sendable {
  /// A stack, and the frame that comes next on the walk along it.
  struct Step: BitwiseCopyable, Sendable {
    /// The frame's location.
    fileprivate(set) var place: StackTable.Place
    /// The frame's node, as a row of the locations' nodes.
    fileprivate(set) var row: UInt32

    var stack: StackID { place.stack }
  }

  let isInverted: Bool
  let foldsRecursion: Bool
  private let stacks: StackTable
  private let nodeStarts: Column<UInt32>
  private let locationNodes: Column<NodeID>

  init(_ stacks: StackTable, _ nodes: NodeTable, _ options: CallTreeOptions) {
    isInverted = options.isInverted
    foldsRecursion = options.foldsRecursion
    self.stacks = stacks
    nodeStarts = nodes.locationStarts
    locationNodes = nodes.locationNodes
  }

  var stackCount: Int { stacks.count }

  /// The step to the first frame of the stack; nil where it has none.
  ///
  /// - Parameter last: the place that the step before led to, where stacks are gone through in order.
  func firstStep(of stack: StackID, after last: inout StackTable.Place?) -> Step? {
    let depth = stacks.depth(of: stack)
    guard depth > 0 else { return nil }
    return step(stack, depth: UInt32(isInverted ? depth - 1 : 0), after: &last)
  }

  @inline(__always) func node(at step: Step) -> NodeID { locationNodes[Int(step.row)] }

  /// Goes on to the frame after `step`; false where the stack ends.
  @inline(__always)
  func advance(_ step: inout Step, after last: inout StackTable.Place?) -> Bool {
    guard foldsRecursion else { return advanceByOne(&step, after: &last) }
    let node = node(at: step)
    repeat {
      if !advanceByOne(&step, after: &last) { return false }
    } while self.node(at: step) == node
    return true
  }

  @inline(__always)
  private func advanceByOne(_ step: inout Step, after last: inout StackTable.Place?) -> Bool {
    let location = step.place.location.index
    let depth = step.place.depth
    if isInverted {
      step.row &+= 1
      if step.row < nodeStarts[location &+ 1] { return true }
      if depth == 0 { return false }
      step = self.step(step.stack, depth: depth &- 1, after: &last)
    } else {
      if step.row > nodeStarts[location] {
        step.row &-= 1
        return true
      }
      if Int(depth) &+ 1 >= stacks.depth(of: step.stack) { return false }
      step = self.step(step.stack, depth: depth &+ 1, after: &last)
    }
    return true
  }

  @inline(__always)
  private func step(
    _ stack: StackID, depth: UInt32, after last: inout StackTable.Place?
  ) -> Step {
    let place = stacks.place(stack, depth: depth, near: last)
    last = place
    let location = place.location.index
    let row = isInverted ? nodeStarts[location] : nodeStarts[location &+ 1] &- 1
    return Step(place: place, row: row)
  }
}
