import ProfileModel

/// The flags that the locations of a stack have together, found at the cost of what neighbouring
/// stacks do not share.
public struct StackFlags: ~Copyable {
  private let flags: Column<UInt8>
  /// Where it stands: at the stack that it was moved to last.
  public private(set) var cursor: StackCursor
  /// By depth from the root, the flags of the locations down to there.
  private var byDepth = ColumnBuilder<UInt8>(capacity: 256)

  /// - Parameter flags: by location, as bits.
  public init(_ stacks: StackTable, _ flags: Column<UInt8>) {
    self.flags = flags
    cursor = StackCursor(stacks)
  }

  /// Whether a location of the stack is one of those that `isHit` says, made of their flags.
  public init(_ stacks: StackTable, where isHit: Column<Bool>) {
    var flags = ColumnBuilder<UInt8>(capacity: isHit.count)
    // Not generic: views ask for it with each symbol that is selected.
    let isHit = isHit.span
    for location in isHit.indices { flags.append(isHit[location] ? 1 : 0) }
    self.init(stacks, flags.finish())
  }

  /// Goes to the stack, and answers all flags that any of its locations has.
  public mutating func move(to stack: Int) -> UInt8 {
    cursor.move(to: stack)
    let shared = cursor.shared
    byDepth.truncate(to: shared)
    var all = shared == 0 ? 0 : byDepth[shared &- 1]
    var left = cursor.depth &- shared
    while left > 0 {
      left &-= 1
      all |= flags[cursor.locations[left].index]
      byDepth.append(all)
    }
    return all
  }
}
