/// What to open: the files, as the user named them.
package struct ProfileSource: Hashable, Sendable {
  /// The profile files; several are merged.
  package let paths: [String]
  /// The sample type to start with, as `--sample_index` takes it; empty for the profile's default.
  package let sampleType: String

  /// The files of the older profile to compare with; none where nothing is compared.
  package let base: [String]

  /// Whether the files are snapshots over time, not parts of one profile.
  package let isSeries: Bool

  /// What is fetched, and how; nil for files.
  package var live: LivePlace?

  package init(
    paths: [String], sampleType: String = "", base: [String] = [], isSeries: Bool = false,
    live: LivePlace? = nil
  ) {
    self.isSeries = isSeries
    self.live = live
    self.paths = paths
    self.sampleType = sampleType
    self.base = base
  }

  /// The same profile beside an older one.
  func compared(to path: String) -> ProfileSource {
    ProfileSource(paths: paths, sampleType: sampleType, base: [path])
  }

  /// The name for the header: that of the file, and how many more there are.
  package var name: String {
    live?.name ?? Self.name(of: paths, among: [])
  }

  /// The same but for profiles that could not be read.
  package func without(_ missing: Set<String>) -> ProfileSource {
    ProfileSource(
      paths: paths.filter { !missing.contains($0) }, sampleType: sampleType, base: base,
      isSeries: isSeries, live: live)
  }

  /// The names of the older and the newer profile, with folders where it takes them to tell one from
  /// the other.
  ///
  /// - Parameter others: the files that they are to be told from as well, as those of a series.
  package func comparedNames(among others: [String] = []) -> (base: String, other: String) {
    let all = others + base.prefix(1) + paths.prefix(1)
    return (Self.name(of: base, among: all), live?.name ?? Self.name(of: paths, among: all))
  }

  private static func name(of paths: [String], among others: [String]) -> String {
    guard let first = paths.first else { return "no file" }
    guard first != "-" || paths.count > 1 else { return "standard input" }
    let short = FileNames.short([first] + others)[0]
    return paths.count > 1 ? "\(short) +\(paths.count - 1)" : short
  }
}
