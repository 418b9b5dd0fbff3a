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
    let counted = CountedStacks(profile, values: values, divisors: divisors)
    return OfStacks(
      values: counted.weights,
      divisors: divisors.map { StackWeights.compute(profile, values: $0) },
      areActive: counted.isCounted)
  }
}
