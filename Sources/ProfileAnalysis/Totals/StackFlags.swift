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

  /// Flags that are 1 for stacks with a location that is hit, and 0 for others.
  public init(_ stacks: StackTable, where isHit: Column<Bool>) {
    var flags = ColumnBuilder<UInt8>(capacity: isHit.count)
    let isHit = isHit.span
    for location in isHit.indices { flags.append(isHit[location] ? 1 : 0) }
    self.init(stacks, flags.finish())
  }

  /// Goes to the stack, and answers all flags that any of its locations has.
  public mutating func move(to stack: Int) -> UInt8 {
    cursor.move(to: stack)
    return Self.extend(&byDepth, flags, cursor)
  }

  @inline(__always)
  private static func extend(
    _ byDepth: inout ColumnBuilder<UInt8>, _ flags: Column<UInt8>, _ cursor: borrowing StackCursor
  ) -> UInt8 {
    let (shared, own) = (cursor.shared, cursor.depth &- cursor.shared)
    let locations = cursor.locations
    let flags = flags.span
    byDepth.truncate(to: shared)
    let before = shared == 0 ? 0 : byDepth[shared &- 1]
    var all = before
    byDepth.append(upTo: own) { room in
      for position in 0..<own {
        all |= flags[locations[own &- 1 &- position].index]
        room[position] = all  // of `own` that there is room for
      }
      return own
    }
    return all
  }
}
