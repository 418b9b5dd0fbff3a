import ProfileModel

/// What each node of a report had, has, and has more, and how sure that is.
public struct ComparisonTotals: Sendable {
  public let base, other, change: NodeTotals
  /// By node, the standard error of the change times itself, in units that the comparison knows.
  private let noise: [NodeTotals]
  private let comparison: ProfileComparison
  private let type: Int

  /// Adds up the values of one sample type of the comparison.
  ///
  /// - Parameters:
  ///   - profile: the union, or what filters left of it.
  ///   - nodes: the table of this profile, or of one with the same locations.
  /// - Complexity: O(*n*) in the frames of distinct stacks.
  public init(_ comparison: ProfileComparison, _ profile: Profile, _ nodes: NodeTable, type: Int) {
    func totals(_ column: Int) -> NodeTotals {
      NodeTotals.compute(profile, nodes: nodes, values: profile.samples.values[column])
    }
    base = totals(comparison.column(.base, ofType: type))
    other = totals(comparison.column(.other, ofType: type))
    change = totals(comparison.column(.change, ofType: type))
    noise = comparison.noiseColumns(.change, ofType: type).map(totals)
    self.comparison = comparison
    self.type = type
  }

  /// What the node costs itself.
  public func flat(_ node: NodeID) -> ComparedValue { value(node, \.flat) }

  /// What the node costs with all that it calls.
  public func cumulative(_ node: NodeID) -> ComparedValue { value(node, \.cumulative) }

  private func value(_ node: NodeID, _ column: KeyPath<NodeTotals, Column<Int64>>) -> ComparedValue
  {
    ComparedValue(
      base: base[keyPath: column][node.index], other: other[keyPath: column][node.index],
      change: change[keyPath: column][node.index],
      standardError: comparison.standardError(
        noise.reduce(0) { $0 &+ $1[keyPath: column][node.index] }, ofType: type))
  }
}

/// One number in both profiles.
public struct ComparedValue: Hashable, Sendable {
  public let base, other, change: Int64
  /// Of the change, in the unit of the values.
  public let standardError: Double

  public init(base: Int64, other: Int64, change: Int64, standardError: Double = 0) {
    self.base = base
    self.other = other
    self.change = change
    self.standardError = standardError
  }

  /// Only the newer profile has it.
  public var isNew: Bool { base == 0 && other != 0 }
  /// Only the older profile has it.
  public var isGone: Bool { base != 0 && other == 0 }
  /// More than sampling explains.
  public var isSignificant: Bool {
    ProfileComparison.isSignificant(change, standardError: standardError)
  }

  /// The newer as a multiple of the older; infinite where it is new, 1 where neither has any.
  public var ratio: Double {
    if base == 0 { return other == 0 ? 1 : .infinity }
    return Double(other) / Double(base)
  }
}

extension ProfileComparison {
  /// A type's sum in the samples of the union, or of what filters left of it.
  public func sum(of profile: Profile, type: Int) -> ComparedValue {
    func sum(_ column: Int) -> Int64 { profile.samples.values[column].reduce(0, &+) }
    return ComparedValue(
      base: sum(column(.base, ofType: type)), other: sum(column(.other, ofType: type)),
      change: sum(column(.change, ofType: type)),
      standardError: standardError(
        noiseColumns(.change, ofType: type).reduce(0) { $0 &+ sum($1) }, ofType: type))
  }
}
