/// How a value went from snapshot to snapshot.
public struct SeriesTrend: Hashable, Sendable {
  public let first, last: Int64
  /// The growth from step to step of the line that fits best (least squares), in units of the value.
  public let slope: Double
  /// The share of the scatter that the line explains, from 0 to 1; 0 where there is no scatter.
  public let fit: Double
  /// Whether no step is below the one before, and the last is above the first.
  public let neverCameBack: Bool
  /// Whether every step is above the one before.
  public let grewInEveryStep: Bool

  /// - Parameter values: one for each step; none makes a trend of zeros.
  public init(_ values: [Int64]) {
    first = values.first ?? 0
    last = values.last ?? 0
    let steps = zip(values, values.dropFirst())
    grewInEveryStep = values.count > 1 && steps.allSatisfy { $0 < $1 }
    neverCameBack = values.count > 1 && steps.allSatisfy { $0 <= $1 } && first < last
    let count = Double(values.count)
    guard values.count > 1 else {
      (slope, fit) = (0, 0)
      return
    }
    let middle = (count - 1) / 2
    let mean = values.reduce(0.0) { $0 + Double($1) } / count
    var (across, along, scatter) = (0.0, 0.0, 0.0)
    for (step, value) in values.enumerated() {
      let (x, y) = (Double(step) - middle, Double(value) - mean)
      across += x * y
      along += x * x
      scatter += y * y
    }
    slope = across / along
    fit = scatter > 0 ? min(across * across / (along * scatter), 1) : 0
  }

  /// By how much the last is more than the first.
  public var change: Int64 { last &- first }
}
