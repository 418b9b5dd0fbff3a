import ProfileModel

/// The values of a profile's samples, added up for each distinct stack.
public enum StackWeights {
  /// By stack, the sum of `values` of the samples that have it, wrapping around at 64 bits.
  ///
  /// - Complexity: O(*n*) in samples.
  public static func compute(_ profile: Profile, values: Column<Int64>) -> Column<Int64> {
    let sampleStacks = profile.samples.stacks
    if isEverySampleItsOwn(sampleStacks, of: profile.stacks.count) { return values }
    var weights = ColumnBuilder<Int64>(capacity: profile.stacks.count)
    weights.append(repeating: 0, count: profile.stacks.count)
    let (stacks, values) = (sampleStacks.span, values.span)
    for sample in stacks.indices {
      let stack = stacks[sample].index
      weights[stack] = weights[stack] &+ values[sample]
    }
    return weights.finish()
  }

  private static func isEverySampleItsOwn(_ stacks: Column<StackID>, of count: Int) -> Bool {
    guard stacks.count == count else { return false }
    let stacks = stacks.span
    for sample in stacks.indices where stacks[sample].index != sample { return false }
    return true
  }
}

/// The stacks that a report counts, and their weights.
struct CountedStacks {
  /// By stack, the sum of the values of its samples.
  let weights: Column<Int64>
  /// By stack, whether any of its samples has a value or a divisor other than 0: the sum of several
  /// can be 0.
  let isCounted: Column<Bool>

  init(_ profile: Profile, values: Column<Int64>, divisors: Column<Int64>? = nil) {
    weights = StackWeights.compute(profile, values: values)
    var isCounted = ColumnBuilder<Bool>(capacity: profile.stacks.count)
    isCounted.append(repeating: false, count: profile.stacks.count)
    Self.mark(&isCounted, profile.samples.stacks, values)
    if let divisors { Self.mark(&isCounted, profile.samples.stacks, divisors) }
    self.isCounted = isCounted.finish()
  }

  private static func mark(
    _ isCounted: inout ColumnBuilder<Bool>, _ stacks: Column<StackID>, _ values: Column<Int64>
  ) {
    let stacks = stacks.span
    let values = values.span
    for sample in values.indices where values[sample] != 0 {
      isCounted[stacks[sample].index] = true
    }
  }
}
