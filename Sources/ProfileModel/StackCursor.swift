/// Goes through stacks, which costs what they do not share with each other.
///
/// In order is cheapest; it may skip stacks, and go back. Not copyable, so that its fields cost no
/// exclusivity check.
public struct StackCursor: ~Copyable {
  private let stacks: StackTable
  private var path = StackPath()
  /// Where the path starts.
  @usableFromInline private(set) var start: UnsafePointer<LocationID>
  /// The stack that the path is.
  private var current = -1
  /// The locations next to the root that the stack is known to have in common with the one where the
  /// cursor stood before: they may have more.
  public private(set) var shared = 0

  /// A cursor that stands nowhere yet: move it first.
  public init(_ stacks: StackTable) {
    self.stacks = stacks
    start = UnsafePointer(path.start)
  }

  /// How many locations the stack has.
  public private(set) var depth = 0

  /// The locations of the stack, leaf first: those of its own come before those that it shares.
  public var locations: Span<LocationID> {
    @_lifetime(borrow self)
    @inlinable borrowing get {
      // The path holds `depth` locations from its start on, until it is changed through `self`.
      let span = UnsafeBufferPointer(start: start, count: depth).span
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// Goes to the stack, and copies its locations, leaf first.
  public mutating func locations(of stack: StackID) -> [LocationID] {
    move(to: stack.index)
    let locations = locations
    return locations.indices.map { locations[$0] }
  }

  /// Goes to the stack in row `stack`.
  public mutating func move(to stack: Int) {
    precondition(stack >= 0 && stack < stacks.count, "stack out of table")
    if stack == current {
      shared = path.depth
      return
    }
    let restart = stack - stack % StackTable.restartInterval
    let isAhead = stack > current && restart <= current
    shared = isAhead ? path.depth : 0
    for row in (isAhead ? current &+ 1 : restart)...stack { step(to: row) }
    current = stack
    depth = path.depth
    start = UnsafePointer(path.start)
  }

  /// Goes to the next stack or to one that is kept whole.
  @inline(__always) private mutating func step(to row: Int) {
    let sharedHere = Int(stacks.sharedDepths[row])
    path.replace(below: sharedHere, with: stacks.own(of: row))
    shared = min(shared, sharedHere)
  }
}
