/// Goes through stacks and has of each only what it does not share with the one before: where they
/// come in order, nothing is copied.
///
/// Not copyable, so that its fields cost no exclusivity check.
public struct StackSteps: ~Copyable {
  private let stacks: StackTable
  private var current = -1
  /// The locations next to the root that the stack is known to have in common with the one where this
  /// stood before: they may have more.
  public private(set) var shared = 0
  // What is not shared: in the table, or put together in `joined`.
  private var start: UnsafePointer<LocationID>?
  private var count = 0
  /// What the stack has of several, where some were skipped.
  private var joined = ColumnBuilder<LocationID>()

  /// Steps that have not begun: move to a stack first.
  public init(_ stacks: StackTable) { self.stacks = stacks }

  /// The locations of the stack that are not `shared`, leaf first.
  public var own: Span<LocationID> {
    @_lifetime(borrow self)
    borrowing get {
      // `count` locations, which the table and `joined` keep until this moves on.
      let span = UnsafeBufferPointer(start: start, count: count).span
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// Goes to the stack in row `stack`.
  public mutating func move(to stack: Int) {
    guard stack == current &+ 1 || stack % StackTable.restartInterval == 0 else {
      skip(to: stack)
      return
    }
    current = stack
    let own = stacks.own(of: stack)
    (start, count) = (own.baseAddress, own.count)
    shared = Int(stacks.sharedDepths[stack])
  }

  @inline(never) private mutating func skip(to stack: Int) {
    precondition(stack >= 0 && stack < stacks.count, "stack out of table")
    let depth = stacks.depth(of: StackID(stack))
    shared = sharedDepth(with: stack, ofDepth: depth)
    current = stack
    // Each location down to what is shared stands in the last stack before that has it of its own.
    joined.truncate(to: 0)
    var (row, end) = (stack, depth)
    while end > shared {
      let first = max(Int(stacks.sharedDepths[row]), shared)
      if first < end {
        let depth = stacks.depth(of: StackID(row))
        let own = UnsafeBufferPointer(rebasing: stacks.own(of: row)[depth - end..<depth - first])
        joined.append(contentsOf: own)
        end = first
      }
      row &-= 1
    }
    count = joined.count
    start = joined.withElements(from: 0, count: count) { $0.baseAddress }
  }

  /// How much a stack is known to share with the one where this stands.
  private func sharedDepth(with stack: Int, ofDepth depth: Int) -> Int {
    if stack == current { return depth }
    guard current >= stack - stack % StackTable.restartInterval, current < stack else { return 0 }
    return (current + 1...stack).reduce(depth) { min($0, Int(stacks.sharedDepths[$1])) }
  }
}
