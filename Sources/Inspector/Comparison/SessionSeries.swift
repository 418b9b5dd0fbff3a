import ProfileAnalysis

/// Snapshots over time, two of which a session compares.
package struct SessionSeries: Sendable {
  package let series: ProfileSeries
  /// The files of the steps, in their order.
  package let paths: [String]
  /// What the steps are called; empty to go by their files.
  package let labels: [String]
  /// What the files are called.
  private let names: [String]
  /// The steps that are compared.
  package let base, other: Int

  package init(
    _ series: ProfileSeries, paths: [String], labels: [String] = [], base: Int? = nil,
    other: Int? = nil
  ) {
    self.labels = labels
    self.series = series
    self.paths = paths
    names = FileNames.short(paths)
    self.base = base ?? 0
    self.other = other ?? max(paths.count - 1, 0)
  }

  /// The same snapshots with two others compared.
  func comparing(_ base: Int, _ other: Int) -> SessionSeries {
    SessionSeries(series, paths: paths, labels: labels, base: base, other: other)
  }

  /// The same two steps as in another list of files; nil where one is not here.
  func steps(
    from other: (base: Int, other: Int), of paths: [String]
  ) -> (base: Int, other: Int)? {
    guard paths.indices.contains(other.base), paths.indices.contains(other.other),
      let base = self.paths.firstIndex(of: paths[other.base]),
      let newer = self.paths.firstIndex(of: paths[other.other])
    else { return nil }
    return (base, newer)
  }

  /// What a step is called: its label, or as much of its file's path as tells it from the others.
  func name(_ step: Int) -> String {
    if labels.indices.contains(step) { return labels[step] }
    return names.indices.contains(step) ? names[step] : ""
  }
}
