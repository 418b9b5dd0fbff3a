/// A call from one entry of a graph to another, and what the samples that made it sum to.
public struct CallEdge: BitwiseCopyable, Hashable, Sendable {
  /// The caller, as an index of the graph.
  public var source: Int
  /// The callee, as an index of the graph.
  public var target: Int
  /// The sum of the samples in which the caller called the callee, each counted once.
  public var weight: Int64
  /// What `weight` is divided by for a mean; 0 where it is not.
  public var divisor: Int64
  /// Whether there were others between the two, which the graph leaves out.
  public var isResidual: Bool
  /// Whether the callee was inlined into the caller wherever it was seen.
  public var isInline: Bool

  /// The weight, or the mean.
  public var value: Int64 { SampleTotal.quotient(weight, divisor) }
}

extension Int64 {
  /// The distance from 0; the smallest number, which has none, stays as it is.
  package var wrappingMagnitude: Int64 { self < 0 ? 0 &- self : self }
}
