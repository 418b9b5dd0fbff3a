/// The call stacks of a profile, leaf first, a row each.
///
/// Samples name stacks by id; equal stacks may share one id, but need not.
public struct StackTable: Sendable {
  /// Where in `locations` each stack starts; one more than there are stacks, for the end.
  public let starts: Column<UInt32>
  /// The locations of all stacks one after the other, the leaf of each stack first.
  public let locations: Column<LocationID>

  public init(starts: Column<UInt32>, locations: Column<LocationID>) {
    precondition(starts.count > 0 && Int(starts[starts.count - 1]) == locations.count)
    self.starts = starts
    self.locations = locations
  }

  public var count: Int { starts.count - 1 }

  /// The rows of `locations` that belong to the stack, leaf first.
  @inlinable public func range(of stack: StackID) -> Range<Int> {
    Int(starts[stack.index])..<Int(starts[stack.index + 1])
  }

  /// The locations of the stack, leaf first.
  @inlinable public subscript(stack: StackID) -> Slice<Column<LocationID>> {
    locations[range(of: stack)]
  }
}
