import ProfileModel

/// What profiles to merge agree on: their sample types, in the finest units, and the rest of their
/// headers.
struct MergedTypes {
  /// A sample type of the first profile.
  struct Column {
    var type: ValueType
    /// Whether all profiles so far have it.
    var isCommon = true
    /// How often it stands in all profiles so far.
    var occurrences: Int
    /// Set where a unit does not convert; an error only if the type turns out common to all.
    var mismatch: MergeError?
  }

  private(set) var columns: [Column] = []
  private(set) var header: ProfileHeader
  private var count = 1
  private var seenComments: Set<[UInt8]> = []
  /// Each different pair of type names and default type, in order of appearance.
  private var defaults: [TypeNames]

  private struct TypeNames: Hashable {
    var types: [[UInt8]]
    var chosen: [UInt8]

    init(_ header: ProfileHeader) {
      types = header.sampleTypes.map { Array($0.type.utf8) }
      chosen = Array(header.defaultSampleType.utf8)
    }
  }

  init(_ first: ProfileHeader) {
    header = first
    defaults = [TypeNames(first)]
    for type in first.sampleTypes {
      if let known = columns.firstIndex(where: { Self.isSame($0.type.type, type.type) }) {
        columns[known].occurrences += 1
      } else {
        columns.append(Column(type: type, occurrences: 1))
      }
    }
  }

  /// How a profile with this header is to be read: the index of its value for each of `columns`, nil
  /// where it has none, and the factor into the unit of `columns` after this call.
  ///
  /// - Parameter rescale: is called for each column whose unit becomes a finer one.
  mutating func add(
    _ other: ProfileHeader, rescale: (_ column: Int, _ ratio: Double) -> Void
  ) throws(MergeError) -> [(index: Int, ratio: Double)?] {
    count += 1
    if count == 2 {
      let comments = header.comments
      header.comments = []
      addComments(comments)
    }
    try addPeriod(other)
    addRest(other)
    var result: [(index: Int, ratio: Double)?] = []
    for index in columns.indices {
      let name = columns[index].type.type
      let matches = other.sampleTypes.indices.filter {
        Self.isSame(other.sampleTypes[$0].type, name)
      }
      columns[index].occurrences += matches.count
      guard let match = matches.first, columns[index].isCommon else {
        columns[index].isCommon = false
        result.append(nil)
        continue
      }
      let type = other.sampleTypes[match]
      let unit = columns[index].type.unit
      guard Measurement.areConvertible(unit, type.unit) else {
        columns[index].mismatch = .incompatibleSampleTypes(columns[index].type, type)
        result.append((match, 1))
        continue
      }
      if Measurement.scale(1, from: type.unit, to: unit).value < 1 {
        rescale(index, Measurement.scale(1, from: unit, to: type.unit).value)
        columns[index].type.unit = type.unit
      }
      let ratio = Measurement.scale(1, from: type.unit, to: columns[index].type.unit).value
      result.append((match, ratio))
    }
    return result
  }

  /// The columns that all profiles have, and the header of the merged profile.
  func finish() throws(MergeError) -> (columns: [Int], header: ProfileHeader) {
    var common: [Int] = []
    for (index, column) in columns.enumerated() where column.occurrences == count {
      guard column.isCommon else { throw .ambiguousSampleType(column.type.type) }
      if let mismatch = column.mismatch { throw mismatch }
      common.append(index)
    }
    guard !common.isEmpty else { throw .noCommonSampleTypes }
    var header = self.header
    header.sampleTypes = common.map { columns[$0].type }
    header.defaultSampleType = defaultType(common.map { Array(columns[$0].type.type.utf8) })
    return (common, header)
  }

  /// The first that a profile names; one that had to give up types or their order names its first
  /// where it named none that is left.
  private func defaultType(_ common: [[UInt8]]) -> String {
    for names in defaults {
      let isChanged = names.types != common
      let chosen = isChanged && !common.contains(names.chosen) ? common[0] : names.chosen
      if !chosen.isEmpty { return String(decoding: chosen, as: UTF8.self) }
    }
    return ""
  }

  private mutating func addPeriod(_ other: ProfileHeader) throws(MergeError) {
    let none = ValueType(type: "", unit: "")
    let (mine, theirs) = (header.periodType ?? none, other.periodType ?? none)
    guard Self.isSame(mine.type, theirs.type), Measurement.areConvertible(mine.unit, theirs.unit)
    else { throw .incompatiblePeriodTypes(mine, theirs) }
    var period = other.period
    if Measurement.scale(1, from: theirs.unit, to: mine.unit).value < 1 {
      header.period = Self.converted(header.period, from: mine.unit, to: theirs.unit)
      header.periodType?.unit = theirs.unit
    } else {
      period = Self.converted(period, from: theirs.unit, to: mine.unit)
    }
    if header.period == 0 || header.period < period { header.period = period }
  }

  private mutating func addRest(_ other: ProfileHeader) {
    // A profile that does not say when it was taken takes nothing from the others.
    if header.timeNanos == 0 || other.timeNanos != 0 && other.timeNanos < header.timeNanos {
      header.timeNanos = other.timeNanos
    }
    header.durationNanos &+= other.durationNanos
    addComments(other.comments)
    if header.docURL.isEmpty { header.docURL = other.docURL }
    let names = TypeNames(other)
    if !defaults.contains(names) { defaults.append(names) }
  }

  private mutating func addComments(_ comments: [String]) {
    for comment in comments where seenComments.insert(Array(comment.utf8)).inserted {
      header.comments.append(comment)
    }
  }

  private static func converted(_ value: Int64, from: String, to: String) -> Int64 {
    let (converted, _) = Measurement.scale(value, from: from, to: to)
    return Int64(exactly: converted.rounded(.towardZero)) ?? .min
  }

  /// By bytes: names that merely look alike are different types.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }
}
