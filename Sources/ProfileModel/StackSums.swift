/// The weights of stacks, added up from the first one on: what stacks one after the other weigh
/// together is one difference. Wraps around at 64 bits.
public struct StackSums: Sendable {
  /// By stack, the weight of all before it; one more than there are stacks, for the end.
  @usableFromInline let before: Column<Int64>

  /// - Parameter weights: by stack.
  public init(_ weights: Column<Int64>) {
    var before = ColumnBuilder<Int64>(capacity: weights.count + 1)
    var sum: Int64 = 0
    before.append(0)
    let weights = weights.span
    for stack in weights.indices {
      sum &+= weights[stack]
      before.append(sum)
    }
    self.before = before.finish()
  }

  /// The weight of the stacks in these rows.
  @inlinable public func weight(of rows: Range<Int>) -> Int64 {
    before[rows.upperBound] &- before[rows.lowerBound]
  }

  /// The weight of the stack in this row.
  @inlinable public func weight(of stack: Int) -> Int64 { weight(of: stack..<stack &+ 1) }

  /// The weight of all stacks.
  @inlinable public var all: Int64 { before[before.count &- 1] }
}
