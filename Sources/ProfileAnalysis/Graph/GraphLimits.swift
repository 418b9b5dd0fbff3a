/// How much of a graph is shown, and in which order.
public struct GraphLimits: Hashable, Sendable {
  /// The most entries to show; 0 for no limit.
  public var nodeCount = 0
  /// The share of the graph's own values below which an entry is left out.
  public var nodeFraction = 0.0
  /// The share of the graph's own values below which a call is left out.
  public var edgeFraction = 0.0
  public var order = GraphOrder.flat
  /// Whether entries below zero are left out.
  public var dropsNegative = false

  public init() {}

  /// The magnitude below which something is left out.
  static func cutoff(_ total: Int64, _ fraction: Double) -> Int64 {
    Measurement.scaled(total, by: fraction).wrappingMagnitude
  }
}

/// The order of a graph's entries; always by magnitude, the largest first.
public enum GraphOrder: Sendable {
  /// By what an entry costs itself.
  case flat
  /// By what an entry costs with all that it calls.
  case cumulative
  /// By how much an entry tells in a drawing: those that only pass calls on come last.
  case entropy
}

/// What is wanted of a graph besides its entries.
public enum GraphDemand: Sendable {
  /// How each entry was seen inlined; the calls themselves are not.
  case inlineMarks
  case allCalls
}
