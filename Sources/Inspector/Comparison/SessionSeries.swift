import ProfileAnalysis

/// Snapshots over time, two of which a session compares.
package struct SessionSeries: Sendable {
  package let series: ProfileSeries
  /// The files of the steps, in their order.
  package let paths: [String]
  /// The steps that are compared.
  package let base, other: Int

  package init(_ series: ProfileSeries, paths: [String], base: Int? = nil, other: Int? = nil) {
    self.series = series
    self.paths = paths
    self.base = base ?? 0
    self.other = other ?? max(paths.count - 1, 0)
  }

  /// The same snapshots with two others compared.
  func comparing(_ base: Int, _ other: Int) -> SessionSeries {
    SessionSeries(series, paths: paths, base: base, other: other)
  }

  /// What a step is called: the last part of its file's name.
  func name(_ step: Int) -> String {
    guard paths.indices.contains(step) else { return "" }
    return paths[step].split(separator: "/").last.map(String.init) ?? paths[step]
  }
}
