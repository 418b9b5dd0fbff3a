import ProfileAnalysis

/// A series as rows: the total, then each symbol, with its values and how they went.
public enum SeriesTable {
  /// - Parameters:
  ///   - limit: how many symbols to show; 0 for all.
  ///   - hasValues: whether to give the value of each step, for other programs.
  public static func make(
    _ series: ProfileSeries, type: Int, isCumulative: Bool, order: SeriesRows.Order, limit: Int,
    hasValues: Bool
  ) -> ReportTable {
    let valueType = series.types[type]
    let rows = SeriesRows(series, type: type, isCumulative: isCumulative, order: order).rows
    return make(
      limit > 0 ? Array(rows.prefix(limit + 1)) : rows, series.symbols,
      measure: ReportMeasure(
        sampleType: valueType.type, unit: valueType.unit, total: rows.first?.trend.last ?? 0),
      hasValues: hasValues)
  }

  /// - Parameter hasValues: whether to give the value of each step, for other programs.
  public static func make(
    _ rows: [SeriesRows.Row], _ symbols: [ProfileSeries.Symbol], measure: ReportMeasure,
    hasValues: Bool
  ) -> ReportTable {
    var table = ReportTable(
      of: measure, report: "series",
      columns: [
        "first", "last", "change", "slope", "fit", "state", hasValues ? "values" : "steps",
        "name", "file",
      ])
    func text(_ value: Int64) -> ReportTable.Cell {
      hasValues ? .integer(value) : .text(Measurement.label(value, unit: measure.unit))
    }
    for row in rows {
      let trend = row.trend
      let slope = Int64(exactly: trend.slope.rounded()) ?? 0
      table.append([
        text(trend.first), text(trend.last), text(trend.change), text(slope),
        .text(fitText(trend.fit)), .text(trend.state),
        hasValues
          ? .list(row.values.map { String($0) })
          : .text(Sparkline.text(row.values, width: 24)),
        .text(row.symbol.map { symbols[$0].name } ?? "total"),
        .text(row.symbol.map { symbols[$0].file } ?? ""),
      ])
    }
    return table
  }

  /// The fit with two digits, as `0.98`.
  public static func fitText(_ fit: Double) -> String {
    let hundredths = Int((min(max(fit, 0), 1) * 100).rounded())
    return hundredths == 100 ? "1.00" : "0.\(hundredths < 10 ? "0" : "")\(hundredths)"
  }
}

extension SeriesTrend {
  /// `grew` in every step, `kept` where it never came back, `fell`, `same` or `varies`.
  public var state: String {
    if grewInEveryStep { return "grew" }
    if neverCameBack { return "kept" }
    if change < 0 { return "fell" }
    return change == 0 && fit == 0 && slope == 0 ? "same" : "varies"
  }
}

/// Values as a row of bars.
public enum Sparkline {
  /// A bar for each value, or for the mean of several where there are more than `width`; all of one
  /// height where all are equal.
  ///
  /// - Parameter levels: the bars, lowest first.
  public static func text(
    _ values: [Int64], width: Int, levels: [Character] = Array("▁▂▃▄▅▆▇█")
  ) -> String {
    guard !values.isEmpty, width > 0, let lowest = levels.first else { return "" }
    let points = condensed(values, to: width)
    let (least, most) = (points.min() ?? 0, points.max() ?? 0)
    guard most > least else { return String(repeating: lowest, count: points.count) }
    return String(
      points.map { point in
        let share = (point - least) / (most - least)
        return levels[
          min(max(Int((share * Double(levels.count - 1)).rounded()), 0), levels.count - 1)]
      })
  }

  private static func condensed(_ values: [Int64], to width: Int) -> [Double] {
    guard values.count > width else { return values.map(Double.init) }
    return (0..<width).map { column in
      let range = (column * values.count / width)..<((column + 1) * values.count / width)
      return values[range].reduce(0.0) { $0 + Double($1) } / Double(range.count)
    }
  }
}
