import ProfileModel

/// Walks along stacks node by node, inlined calls included, from the root or from the leaf.
///
/// From the root, neighbouring stacks take the steps together that they share.
struct StackWalk: Sendable {
  /// Stacks that came the same way, and the frame that comes next on it.
  struct Run: BitwiseCopyable, Sendable {
    /// The stacks, and the frame's location.
    fileprivate(set) var stacks: StackRun
    /// The frame's node, as a row of the locations' nodes.
    fileprivate(set) var row: UInt32

    /// How many stacks there are, those of no weight included.
    var stackCount: UInt32 { stacks.count }

    static let none = Run(stacks: .none, row: 0)
  }

  private let isInverted: Bool
  private let foldsRecursion: Bool
  private let stacks: StackTable
  private let sums: StackSums
  private let nodeStarts: Column<UInt32>
  private let locationNodes: Column<NodeID>

  /// - Parameter sums: of the weights by stack; those of no weight are not walked along.
  init(_ stacks: StackTable, _ sums: StackSums, _ nodes: NodeTable, _ options: CallTreeOptions) {
    isInverted = options.isInverted
    foldsRecursion = options.foldsRecursion
    self.stacks = stacks
    self.sums = sums
    nodeStarts = nodes.locationStarts
    locationNodes = nodes.locationNodes
  }

  var stackCount: Int { stacks.count }

  /// What it takes beside stacks and nodes, in bytes.
  var byteCount: Int { sums.byteCount }

  /// The weight of all stacks.
  var weight: Int64 { sums.all }

  /// The weight of the run's stacks.
  @inline(__always) func weight(of run: Run) -> Int64 { sums.weight(of: run.stacks.rows) }

  @inline(__always) func node(at run: Run) -> NodeID { locationNodes[Int(run.row)] }

  /// Appends the runs of all stacks that have frames.
  ///
  /// - Returns: the weight of those that have none.
  func start(_ runs: inout ColumnBuilder<Run>) -> Int64 {
    guard isInverted else { return split(stacks.indices, atDepth: 0, &runs) }
    var ended: Int64 = 0
    for stack in stacks.indices where sums.weight(of: stack) != 0 {
      let depth = stacks.depth(of: StackID(stack))
      if depth == 0 {
        ended &+= sums.weight(of: stack)
      } else {
        runs.append(run(StackID(stack), depth: UInt32(depth - 1)))
      }
    }
    return ended
  }

  /// Has the processor fetch what a run's node is read from.
  @inline(__always) func fetchNode(of run: Run) { locationNodes.fetchAhead(Int(run.row)) }

  /// Has the processor fetch what `advance(_:to:)` reads of a run first.
  @inline(__always) func fetchAdvance(of run: Run) {
    nodeStarts.fetchAhead(run.stacks.location.index)
    stacks.fetchAhead(run.stacks)
  }

  /// Appends the runs that a run becomes by going on to the next frame.
  ///
  /// - Returns: the weight of the stacks that end.
  @inline(__always)
  func advance(_ run: Run, to next: inout ColumnBuilder<Run>) -> Int64 {
    guard foldsRecursion else { return advanceByOne(run, to: &next) }
    let node = node(at: run)
    var position = next.count
    var ended = advanceByOne(run, to: &next)
    while position < next.count {
      let reached = next[position]
      guard self.node(at: reached) == node else {
        position &+= 1
        continue
      }
      next[position] = next[next.count &- 1]
      next.truncate(to: next.count &- 1)
      ended &+= advanceByOne(reached, to: &next)
    }
    return ended
  }

  @inline(__always)
  private func advanceByOne(_ run: Run, to next: inout ColumnBuilder<Run>) -> Int64 {
    let location = run.stacks.location.index
    var inner = run
    if isInverted {
      inner.row &+= 1
      if inner.row < nodeStarts[location &+ 1] {
        next.append(inner)
        return 0
      }
      guard run.stacks.depth > 0 else { return weight(of: run) }
      next.append(self.run(run.stacks.first, depth: run.stacks.depth &- 1))
      return 0
    }
    if inner.row > nodeStarts[location] {
      inner.row &-= 1
      next.append(inner)
      return 0
    }
    if run.stacks.count == 1 {
      // Most of the runs of large trees.
      guard let stacks = stacks.next(of: run.stacks) else { return weight(of: run) }
      next.append(outermost(stacks))
      return 0
    }
    return split(run.stacks.rows, atDepth: run.stacks.depth &+ 1, &next)
  }

  private func split(
    _ rows: Range<Int>, atDepth depth: UInt32, _ runs: inout ColumnBuilder<Run>
  ) -> Int64 {
    stacks.split(rows, atDepth: depth, sums) { runs.append(outermost($0)) }
  }

  /// The stacks at the outermost frame of their location.
  @inline(__always) private func outermost(_ stacks: StackRun) -> Run {
    Run(stacks: stacks, row: nodeStarts[stacks.location.index &+ 1] &- 1)
  }

  /// One stack at a location, seen from the leaf.
  private func run(_ stack: StackID, depth: UInt32) -> Run {
    let run = stacks.run(of: stack, atDepth: depth)
    return Run(stacks: run, row: nodeStarts[run.location.index])
  }
}
