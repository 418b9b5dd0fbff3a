/// Goes through stacks and has of each only what it does not share with the one before: where they
/// come in order, nothing is copied.
///
/// Not copyable, so that its fields cost no exclusivity check.
public struct StackSteps: ~Copyable {
  private let stacks: StackTable
  /// Where stacks are skipped or come out of order.
  private var cursor: StackCursor
  private var cursorIsHere = false
  private var current = -1
  /// The locations next to the root that the stack is known to have in common with the one where this
  /// stood before: they may have more.
  public private(set) var shared = 0
  // What is not shared: in the table, or in the path of the cursor.
  private var start: UnsafePointer<LocationID>?
  private var count = 0

  /// Steps that have not begun: move to a stack first.
  public init(_ stacks: StackTable) {
    self.stacks = stacks
    cursor = StackCursor(stacks)
  }

  /// The locations of the stack that are not `shared`, leaf first.
  public var own: Span<LocationID> {
    @_lifetime(borrow self)
    borrowing get {
      // `count` locations, which table and cursor keep until this moves on.
      let span = UnsafeBufferPointer(start: start, count: count).span
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// Goes to the stack in row `stack`.
  public mutating func move(to stack: Int) {
    let isNext = stack == current &+ 1
    current = stack
    guard isNext && !cursorIsHere || stack % StackTable.restartInterval == 0 else {
      moveCursor()
      return
    }
    cursorIsHere = false
    let own = stacks.own(of: stack)
    (start, count) = (own.baseAddress, own.count)
    shared = Int(stacks.sharedDepths[stack])
  }

  @inline(never) private mutating func moveCursor() {
    cursor.move(to: current)
    // Of the stack before nothing is known but where the cursor was there too.
    shared = cursorIsHere ? cursor.shared : 0
    cursorIsHere = true
    start = cursor.start
    count = cursor.depth &- shared
  }
}
