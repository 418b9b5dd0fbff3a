/// The symbols of a series in order, with how they went.
public struct SeriesRows: Sendable {
  /// A symbol, or the whole.
  public struct Row: Hashable, Sendable {
    /// Nil for the total of all samples.
    public let symbol: Int?
    public let values: [Int64]
    public let trend: SeriesTrend
  }

  /// By what symbols are ordered.
  public enum Order: String, CaseIterable, Sendable {
    /// What grew in every step first, then what never came back, by how much it grew.
    case growth
    /// The steepest line first.
    case slope
    /// What costs most in the last step first.
    case last
    case name
  }

  /// The total first, then the symbols that have a value in any step.
  public let rows: [Row]

  /// - Parameter isCumulative: whether values are with all that a symbol calls.
  /// - Complexity: O(*n* log *n*) in symbols, and O(*n*) in values.
  public init(_ series: ProfileSeries, type: Int, isCumulative: Bool, order: Order = .growth) {
    var rows: [Row] = []
    for symbol in series.symbols.indices {
      let values =
        isCumulative
        ? series.cumulative(symbol, ofType: type) : series.flat(symbol, ofType: type)
      guard values.contains(where: { $0 != 0 }) else { continue }
      rows.append(Row(symbol: symbol, values: values, trend: SeriesTrend(values)))
    }
    func isNamed(_ left: Row, before right: Row) -> Bool {
      let (a, b) = (series.symbols[left.symbol ?? 0], series.symbols[right.symbol ?? 0])
      return (a.name, a.file) < (b.name, b.file)
    }
    func rank(_ row: Row) -> Int { row.trend.grewInEveryStep ? 0 : row.trend.neverCameBack ? 1 : 2 }
    rows.sort { left, right in
      switch order {
      case .growth:
        if rank(left) != rank(right) { return rank(left) < rank(right) }
        if left.trend.change != right.trend.change { return left.trend.change > right.trend.change }
      case .slope:
        if left.trend.slope != right.trend.slope { return left.trend.slope > right.trend.slope }
      case .last:
        let (a, b) = (left.trend.last.magnitude, right.trend.last.magnitude)
        if a != b { return a > b }
      case .name: break
      }
      return isNamed(left, before: right)
    }
    let total = series.total(ofType: type)
    self.rows = [Row(symbol: nil, values: total, trend: SeriesTrend(total))] + rows
  }
}
