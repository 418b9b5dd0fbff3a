import ProfileModel

/// Merges profiles as they come: holds what is merged so far, and none of the profiles.
///
/// Samples with the same stack and labels become one, wherever the system had loaded the binaries.
/// Sample types that not all profiles have are left out; units become the finest of all. A profile
/// alone stays as it is, duplicate samples and all.
public struct ProfileMerger: ~Copyable {
  private var first: Profile?
  private var types: MergedTypes?
  private var tables: MergedTables?
  private var warnings: [ProfileWarning] = []
  private static let warningLimit = 100

  public init() {}

  /// - Parameter isNegated: whether its values are taken away; not of the first profile.
  /// - Complexity: O(*n*) in the profile; not in what was merged before, except once for each unit
  ///   that turns out finer.
  public mutating func add(_ profile: Profile, isNegated: Bool = false) throws(MergeError) {
    for warning in profile.warnings
    where warnings.count < Self.warningLimit && !warnings.contains(warning) {
      warnings.append(warning)
    }
    guard var types = self.types else {
      precondition(!isNegated, "a profile is taken away from another")
      self.types = MergedTypes(profile.header)
      first = profile
      return
    }
    var rescaled: [(column: Int, ratio: Double)] = []
    let columns = try types.add(profile.header) { rescaled.append(($0, $1)) }
    self.types = types
    var tables = try startedTables(types)
    for (column, ratio) in rescaled { tables.samples.scale(column, by: ratio) }
    var source = MergeSource(profile)
    try source.pour(
      columns.map { column in
        column.map {
          MergeSource.Values(
            column: profile.samples.values[$0.index], isNegated: isNegated, ratio: $0.ratio)
        }
      }, into: &tables)
    self.tables = consume tables
  }

  /// The merged profile.
  public consuming func finish() throws(MergeError) -> Profile {
    guard let types else { throw .noProfiles }
    let (columns, header) = try types.finish()
    if let first { return Self.selecting(columns, header, of: first) }
    guard let tables = tables.take() else { throw .noProfiles }
    let merged = tables.finish(header: header, types: columns, warnings: warnings)
    return try merged.withoutZeroSamples()
  }

  /// The tables with the first profile in them, of which only now it is known that it is not alone.
  private mutating func startedTables(_ types: MergedTypes) throws(MergeError) -> MergedTables {
    guard let first else {
      guard let tables = tables.take() else { throw .noProfiles }
      return tables
    }
    self.first = nil
    var tables = MergedTables(width: types.columns.count)
    var source = MergeSource(first)
    try source.pour(Self.columns(types, of: first), into: &tables)
    return tables
  }

  /// Those of the first profile's values that the second has too.
  private static func columns(
    _ types: MergedTypes, of first: Profile
  ) -> [MergeSource.Values?] {
    types.columns.map { column in
      guard column.isCommon else { return nil }
      let index = first.header.sampleTypes.firstIndex {
        $0.type.utf8.elementsEqual(column.type.type.utf8)
      }
      return index.map { MergeSource.Values(column: first.samples.values[$0]) }
    }
  }

  private static func selecting(
    _ columns: [Int], _ header: ProfileHeader, of profile: Profile
  ) -> Profile {
    guard columns.count < profile.header.sampleTypes.count else { return profile }
    let names = header.sampleTypes.map { Array($0.type.utf8) }
    let indices = profile.header.sampleTypes.indices.filter {
      names.contains(Array(profile.header.sampleTypes[$0].type.utf8))
    }
    let samples = profile.samples
    return profile.replacing(
      header: header,
      samples: SampleTable(
        stacks: samples.stacks, values: indices.map { samples.values[$0] },
        labelSets: samples.labelSetColumn))
  }
}

extension Profile {
  /// The profiles as one; see `ProfileMerger`.
  public static func merged(_ profiles: some Sequence<Profile>) throws(MergeError) -> Profile {
    var merger = ProfileMerger()
    for profile in profiles { try merger.add(profile) }
    return try merger.finish()
  }

  /// The profile with equal rows made one, and without rows that no sample needs.
  public func compacted() throws(MergeError) -> Profile {
    var tables = MergedTables(width: samples.values.count)
    var source = MergeSource(self)
    try source.pour(samples.values.map { MergeSource.Values(column: $0) }, into: &tables)
    return tables.finish(
      header: header, types: Array(samples.values.indices), warnings: warnings)
  }

  /// The profile itself where every sample has a value, else a compacted one.
  fileprivate func withoutZeroSamples() throws(MergeError) -> Profile {
    hasZeroSamples ? try compacted() : self
  }

  /// Whether all values of some sample are 0: merging leaves it out.
  var hasZeroSamples: Bool {
    let others = samples.values.dropFirst()
    guard let column = samples.values.first else { return false }
    let first = column.span
    return column.indices.contains { sample in
      first[sample] == 0 && others.allSatisfy { $0[sample] == 0 }
    }
  }
}
