import ProfileModel

/// What a graph adds up: a value for each sample, and for means what it is divided by.
public struct GraphWeights: Sendable {
  public let values: Column<Int64>
  public let divisors: Column<Int64>?

  /// - Parameter divisors: as long as `values`; nil where values are not divided.
  public init(values: Column<Int64>, divisors: Column<Int64>? = nil) {
    precondition(divisors == nil || divisors?.count == values.count)
    self.values = values
    self.divisors = divisors
  }

  /// The sums of all samples of one stack.
  struct OfStacks {
    let values: Column<Int64>
    let divisors: Column<Int64>?
    /// Whether any sample of the stack counts: the sum of several that do can be 0.
    let areActive: Column<Bool>
  }

  func byStack(of profile: Profile) -> OfStacks {
    var active = ColumnBuilder<Bool>(capacity: profile.stacks.count)
    active.append(repeating: false, count: profile.stacks.count)
    Self.mark(&active, profile.samples.stacks, values)
    if let divisors { Self.mark(&active, profile.samples.stacks, divisors) }
    return OfStacks(
      values: StackWeights.compute(profile, values: self.values),
      divisors: self.divisors.map { StackWeights.compute(profile, values: $0) },
      areActive: active.finish())
  }

  private static func mark(
    _ active: inout ColumnBuilder<Bool>, _ stacks: Column<StackID>, _ values: Column<Int64>
  ) {
    let stacks = stacks.span
    let values = values.span
    for sample in values.indices where values[sample] != 0 { active[stacks[sample].index] = true }
  }
}
