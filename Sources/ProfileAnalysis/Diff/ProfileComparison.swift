import ProfileModel

/// Whose numbers a comparison shows.
public enum ComparisonSide: String, CaseIterable, Sendable {
  /// What the newer profile has more than the older one.
  case change
  /// The newer profile.
  case other
  /// The older profile.
  case base
}

/// Two profiles as one: a union whose samples have the values of both, and their difference.
///
/// Each sample type that both profiles have stands in the union several times, once for each
/// `ComparisonSide` and once for the noise of either profile. So every question that a profile
/// answers is asked of the change, the newer or the older one by choosing a column, and ids are the
/// same for all of them. What is filtered, cut or searched is so for all of them at once.
///
/// Profiles of one build are merged frame by frame, as `pprof` does; those of different builds by
/// `LogicalFrames`: functions by name and file, never by address.
public struct ProfileComparison: Sendable {
  public let base: Profile
  public let other: Profile
  /// The sample types that both have, in the finer unit of the two.
  public let types: [ValueType]
  /// The names of the sample types that only the base has, and that only the other has.
  public let leftOut: (base: [String], other: [String])
  /// Both say that they are of the same binary.
  public let isSameBuild: Bool
  /// Which lines are shown under another number than the base has for them.
  public let moves: LineMoves
  /// By type, what the other is multiplied by where it is normalized to the base.
  public let ratios: [Double]
  /// By type, the totals of the two as reports of each alone have them.
  private let sideTotals: (base: [Int64], other: [Int64])
  private let union: Profile
  /// By type, what a unit of the noise columns stands for.
  private let noiseUnits: [Double]
  /// By sample of the union, one of either profile that is in it, or `UInt32.max`; empty for profiles of
  /// one build, whose frames are all in the union.
  private let samplesOfBase, samplesOfOther: [UInt32]
  private let readSource: SourceReader

  /// Reads the lines of a source file as one side has it; nil where it is not at hand.
  public typealias SourceReader = @Sendable (_ side: ComparisonSide, _ file: String) -> [[UInt8]]?

  /// Aligns `other`, the newer profile, with `base`, the older one.
  ///
  /// - Parameter readSource: is asked for the files of functions that have other lines in the one than
  ///   in the other.
  /// - Complexity: that of merging the two, and of reading sources.
  public init(
    base: Profile, other: Profile, readSource: @escaping SourceReader = { _, _ in nil }
  ) throws(ComparisonError) {
    self.base = base
    self.other = other
    self.readSource = readSource
    leftOut = Self.differentTypes(base.header, other.header)
    isSameBuild = Self.isSameBuild(base, other)
    guard leftOut.other.count < other.header.sampleTypes.count else {
      throw .noCommonTypes(
        base: base.header.sampleTypes.map(\.type), other: other.header.sampleTypes.map(\.type))
    }
    do throws(MergeError) {
      // The newer one's order of types, as in pprof.
      var merged = MergedTypes(other.header)
      var otherUnits = [Double](repeating: 1, count: other.header.sampleTypes.count)
      let baseColumns = try merged.add(base.header) { otherUnits[$0] = $1 }
      let (common, header) = try merged.finish()
      types = header.sampleTypes
      var sides: (base: Profile, other: Profile) = (base, other)
      var moves = LineMoves()
      if !isSameBuild {
        let frames = try LogicalFrames(base: base, other: other, reading: readSource)
        (sides, moves) = ((frames.base, frames.other), frames.moves)
      }
      self.moves = moves
      var columns: [ComparisonColumns] = []
      for type in common {
        guard let inBase = baseColumns[type] else { throw .noCommonSampleTypes }
        let name = merged.columns[type].type.type
        let inOther = other.header.sampleTypes.firstIndex {
          $0.type.utf8.elementsEqual(name.utf8)
        }
        columns.append(
          ComparisonColumns(
            base: (base, inBase.index, inBase.ratio),
            other: (other, inOther ?? 0, otherUnits[type])))
      }
      ratios = columns.map(\.normalizingRatio)
      noiseUnits = columns.map(\.noiseUnit)
      sideTotals = (
        columns.map { SampleTotal.compute(base, values: $0.baseValues) },
        columns.map { SampleTotal.compute(other, values: $0.otherValues) }
      )
      (union, samplesOfBase, samplesOfOther) = try Self.poured(
        columns, sides, header, notingSamples: !isSameBuild)
    } catch {
      throw .merge(error)
    }
  }

  /// The older as the newer and the newer as the older.
  public func swapped() throws(ComparisonError) -> ProfileComparison {
    let readSource = readSource
    return try ProfileComparison(base: other, other: base) { side, file in
      readSource(side == .base ? .other : .base, file)
    }
  }

  /// A sample of one side that is in a sample of the union; nil where none is, or where frames are
  /// those of the side anyway, as in profiles of one build.
  public func sample(of side: ComparisonSide, inUnion row: Int) -> Int? {
    let samples = side == .base ? samplesOfBase : side == .other ? samplesOfOther : []
    guard samples.indices.contains(row), samples[row] != .max else { return nil }
    return Int(samples[row])
  }

  // MARK: The union

  /// The union, with the columns that `column(_:ofType:)` names.
  ///
  /// - Parameter isNormalized: whether the values of the other are scaled to the base's sums. Ids
  ///   are the same either way.
  /// - Complexity: O(*n*) in samples.
  public func profile(isNormalized: Bool = false) -> Profile {
    let count = types.count
    let values = union.samples.values
    let base = Array(values[0..<count])
    let other = Array(
      isNormalized ? values[(2 * count)..<(3 * count)] : values[count..<(2 * count)])
    let change = zip(base, other).map { base, other in
      Column(base.indices.lazy.map { other[$0] &- base[$0] })
    }
    var noise = Array(values[(3 * count)...])
    if isNormalized {
      for type in 0..<count where ratios[type] != 1 {
        let factor = ratios[type] * ratios[type]
        noise[count + type] = Column(
          noise[count + type].lazy.map { Self.bounded(Double($0) * factor) })
      }
    }
    let widths = zip(base, other).map { base, other in
      Column(base.indices.lazy.map { Self.larger(base[$0], other[$0]) })
    }
    var header = union.header
    header.sampleTypes =
      types + types + types
      + Array(repeating: ValueType(type: "noise", unit: ""), count: 2 * count) + types
    let samples = union.samples
    return union.replacing(
      header: header,
      samples: SampleTable(
        stacks: samples.stacks, values: change + other + base + noise + widths,
        labelSets: samples.labelSetColumn))
  }

  /// The column of the union that holds a type's values of one side.
  public func column(_ side: ComparisonSide, ofType type: Int) -> Int {
    switch side {
    case .change: type
    case .other: types.count + type
    case .base: 2 * types.count + type
    }
  }

  /// The columns of the union that hold what adds up to the noise of one side.
  public func noiseColumns(_ side: ComparisonSide, ofType type: Int) -> [Int] {
    let (base, other) = (3 * types.count + type, 4 * types.count + type)
    switch side {
    case .change: return [base, other]
    case .other: return [other]
    case .base: return [base]
    }
  }

  /// The column of the union that holds by sample the larger of what the two have: what a drawing
  /// of both is as wide as.
  public func widthColumn(ofType type: Int) -> Int { 5 * types.count + type }

  /// The one of larger magnitude, as its magnitude.
  private static func larger(_ base: Int64, _ other: Int64) -> Int64 {
    Int64(clamping: max(base.magnitude, other.magnitude))
  }

  /// The standard error of a value of the type, in its unit.
  ///
  /// - Parameter noise: what the noise columns add up to for it.
  public func standardError(_ noise: Int64, ofType type: Int) -> Double {
    (max(Double(noise), 0) * noiseUnits[type]).squareRoot()
  }

  /// Whether both have every event of a type, so that nothing about it scatters.
  public func isExact(ofType type: Int) -> Bool {
    SamplingNoise(base).isExact(named: types[type].type)
      && SamplingNoise(other).isExact(named: types[type].type)
  }

  /// Whether a change is more than sampling explains: two standard errors, one chance in twenty.
  public static func isSignificant(_ change: Int64, standardError: Double) -> Bool {
    change != 0 && Double(change).magnitude > 2 * standardError
  }

  /// What percentages of the change are of, by type, as `pprof` has it for either way to compare.
  ///
  /// - Complexity: that of merging the two, but for a difference of profiles without negative values.
  public func totals(
    _ comparison: Comparison, isNormalized: Bool = false
  ) throws(ComparisonError) -> [Int64] {
    if comparison == .difference, !hasNegative {
      let profile = profile(isNormalized: isNormalized)
      return types.indices.map { type in
        func sum(_ side: ComparisonSide) -> Int64 {
          SampleTotal.compute(
            profile, values: profile.samples.values[column(side, ofType: type)])
        }
        let base = sum(.base)
        return base > 0 ? base : sum(.other)
      }
    }
    do throws(MergeError) {
      let compared = try other.compared(to: base, as: comparison, normalizes: isNormalized)
      return types.indices.map { type in
        SampleTotal.compute(compared, values: compared.samples.values[type])
      }
    } catch {
      throw .merge(error)
    }
  }

  /// What percentages of one side are of: as in a report of that profile alone.
  ///
  /// - Parameter side: not the change, whose total depends on how it is compared.
  public func total(of side: ComparisonSide, type: Int, isNormalized: Bool = false) -> Int64 {
    if side == .base { return sideTotals.base[type] }
    guard isNormalized else { return sideTotals.other[type] }
    return SampleTotal.compute(union, values: union.samples.values[2 * types.count + type])
  }

  private var hasNegative: Bool {
    (base.samples.values + other.samples.values).contains { $0.contains { $0 < 0 } }
  }

  private static func poured(
    _ columns: [ComparisonColumns], _ sides: (base: Profile, other: Profile),
    _ header: ProfileHeader, notingSamples: Bool
  ) throws(MergeError) -> (union: Profile, ofBase: [UInt32], ofOther: [UInt32]) {
    typealias Values = MergeSource.Values
    let none = [Values?](repeating: nil, count: columns.count)
    var tables = MergedTables(width: 5 * columns.count)
    // The newer first: its binary is the one that is named.
    var other = MergeSource(sides.other)
    other.notesSamples = notingSamples
    try other.pour(
      none + columns.map { Values(column: $0.otherValues) }
        + columns.map { Values(column: $0.normalizedValues) } + none
        + columns.map { Values(column: $0.otherNoise) }, into: &tables)
    var base = MergeSource(sides.base)
    base.notesSamples = notingSamples
    try base.pour(
      columns.map { Values(column: $0.baseValues) } + none + none
        + columns.map { Values(column: $0.baseNoise) } + none, into: &tables)
    var header = header
    // By its name the first column of a type is found, which is that of the change.
    let isChosen = header.sampleTypes.contains { $0.type == header.defaultSampleType }
    if !isChosen { header.defaultSampleType = header.sampleTypes.last?.type ?? "" }
    header.sampleTypes = Array(repeating: ValueType(type: "", unit: ""), count: 5 * columns.count)
    var warnings = sides.other.warnings
    for warning in sides.base.warnings where !warnings.contains(warning) {
      warnings.append(warning)
    }
    let union = tables.finish(
      header: header, types: Array(0..<(5 * columns.count)), warnings: warnings)
    return (union, base.samplesByRow, other.samplesByRow)
  }

  private static func isSameBuild(_ base: Profile, _ other: Profile) -> Bool {
    guard let mine = other.mappings.first?.buildID, !mine.isEmpty else { return false }
    return base.mappings.first?.buildID == mine
  }

  private static func differentTypes(
    _ base: ProfileHeader, _ other: ProfileHeader
  ) -> (base: [String], other: [String]) {
    func names(_ header: ProfileHeader) -> [String] { header.sampleTypes.map(\.type) }
    let (mine, theirs) = (names(base), names(other))
    return (mine.filter { !theirs.contains($0) }, theirs.filter { !mine.contains($0) })
  }

  static func bounded(_ value: Double) -> Int64 {
    Int64(min(max(value.rounded(), 0), ComparisonColumns.largestNoise))
  }
}
