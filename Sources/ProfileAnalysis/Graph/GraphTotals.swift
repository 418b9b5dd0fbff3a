import ProfileModel

/// What each entry of a graph costs itself and with all that it calls.
public struct GraphTotals: Sendable {
  public var flat: Column<Int64>
  public var cumulative: Column<Int64>
  /// What the sums are divided by for a mean; nil where they are not.
  public var flatDivisors: Column<Int64>?
  public var cumulativeDivisors: Column<Int64>?

  /// The totals of the entries of `nodes`.
  public init(_ profile: Profile, nodes: NodeTable, weights: GraphWeights) {
    let totals = NodeTotals.compute(profile, nodes: nodes, values: weights.values)
    flat = totals.flat
    cumulative = totals.cumulative
    guard let divisors = weights.divisors else { return }
    let divided = NodeTotals.compute(profile, nodes: nodes, values: divisors)
    flatDivisors = divided.flat
    cumulativeDivisors = divided.cumulative
  }

  init(flat: Column<Int64>, cumulative: Column<Int64>, divisors: (Column<Int64>, Column<Int64>)?) {
    self.flat = flat
    self.cumulative = cumulative
    flatDivisors = divisors?.0
    cumulativeDivisors = divisors?.1
  }

  public var count: Int { flat.count }

  /// What the entry costs itself; the mean where there are divisors.
  public func flatValue(_ entry: Int) -> Int64 {
    SampleTotal.quotient(flat[entry], flatDivisors?[entry] ?? 0)
  }

  /// What the entry costs with all that it calls; the mean where there are divisors.
  public func cumulativeValue(_ entry: Int) -> Int64 {
    SampleTotal.quotient(cumulative[entry], cumulativeDivisors?[entry] ?? 0)
  }

  /// The entries that have a value.
  ///
  /// - Parameter dropsNegative: whether those below zero are left out.
  public func entries(dropsNegative: Bool) -> [Int] {
    let flat = self.flat.span
    let cumulative = self.cumulative.span
    var entries: [Int] = []
    for entry in flat.indices {
      let (own, all) = (flat[entry], cumulative[entry])
      if own == 0 && all == 0 { continue }
      if dropsNegative && (own < 0 || own == 0 && all < 0) { continue }
      entries.append(entry)
    }
    return entries
  }
}
