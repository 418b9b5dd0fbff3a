import ProfileAnalysis

/// Snapshots over time, two of which a session compares.
package struct SessionSeries: Sendable {
  package let series: ProfileSeries
  /// The files of the steps, in their order.
  package let paths: [String]
  /// What the steps are called; empty to go by their files.
  package let labels: [String]
  /// The steps that are compared.
  package let base, other: Int

  package init(
    _ series: ProfileSeries, paths: [String], labels: [String] = [], base: Int? = nil,
    other: Int? = nil
  ) {
    self.labels = labels
    self.series = series
    self.paths = paths
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

  /// What a step is called: its label, or the last part of its file's name, with the folder where
  /// another step is called so.
  func name(_ step: Int) -> String {
    if labels.indices.contains(step) { return labels[step] }
    guard paths.indices.contains(step) else { return "" }
    let name = Self.end(of: paths[step], parts: 1)
    let isTold = paths.indices.allSatisfy {
      $0 == step || Self.end(of: paths[$0], parts: 1) != name
    }
    return isTold ? name : Self.end(of: paths[step], parts: 2)
  }

  private static func end(of path: String, parts: Int) -> String {
    let end = path.split(separator: "/").suffix(parts).joined(separator: "/")
    return end.isEmpty ? path : end
  }
}
