import ProfileModel

/// The tables of a profile while others are poured into it; equal rows become one.
///
/// Rows are numbered in the order in which samples that are not all zero first need them.
struct MergedTables: ~Copyable {
  var strings = StringTableBuilder()
  var stringBytes = 0
  var mappings: [Mapping] = []
  var mappingIDs: [MappingKey: MappingID] = [:]

  private var functionIndex = InternTable()
  private var functionNames = ColumnBuilder<StringID>()
  private var functionSystemNames = ColumnBuilder<StringID>()
  private var functionFiles = ColumnBuilder<StringID>()
  private var functionStartLines = ColumnBuilder<Int64>()

  private var locationIndex = InternTable()
  private var addresses = ColumnBuilder<UInt64>()
  private var locationMappings = ColumnBuilder<MappingID>()
  private var areFolded = ColumnBuilder<Bool>()
  private var lineStarts = ColumnBuilder<UInt32>()
  private var lines = ColumnBuilder<Line>()

  var stacks = MergedStacks()

  var labelSets = LabelTableBuilder()
  private var hasLabels = false

  var samples: MergedSamples

  /// - Parameter width: how many values each sample has.
  init(width: Int) {
    samples = MergedSamples(width: width)
    lineStarts.append(0)
  }

  /// Makes room for the rows of the first profile, of which all may be needed.
  mutating func reserve(_ profile: Profile) {
    guard locationIndex.count == 0, strings.count == 1 else { return }
    strings = StringTableBuilder(capacity: profile.strings.count)
    functionIndex.reserve(profile.functions.count)
    locationIndex.reserve(profile.locations.count)
  }

  /// Makes room for its stacks and samples.
  mutating func reserveSamples(_ profile: Profile) {
    guard samples.count == 0 else { return }
    stacks.reserve(profile.stacks)
    samples.reserve(profile.samples.count)
  }

  // MARK: Rows

  mutating func function(_ row: FunctionRow) -> FunctionID {
    var hash = RowHash()
    hash.combine(UInt64(row.name.rawValue) << 32 | UInt64(row.systemName.rawValue))
    hash.combine(UInt64(row.file.rawValue))
    hash.combine(UInt64(bitPattern: row.startLine))
    let found = functionIndex.row(hash.value) {
      functionNames[$0] == row.name && functionSystemNames[$0] == row.systemName
        && functionFiles[$0] == row.file && functionStartLines[$0] == row.startLine
    }
    if let found { return FunctionID(found) }
    functionNames.append(row.name)
    functionSystemNames.append(row.systemName)
    functionFiles.append(row.file)
    functionStartLines.append(row.startLine)
    return FunctionID(functionIndex.insert(hash.value))
  }

  /// Adds a line to the location that is added next.
  mutating func append(_ line: Line) { lines.append(line) }

  /// The location with the lines that were appended last.
  ///
  /// Where two locations differ only in the columns of other lines than their last, the first stands
  /// for both: as in `pprof`.
  /// - Parameter address: in the address space of the merged mapping.
  mutating func location(
    address: UInt64, mapping: MappingID, isFolded: Bool
  ) throws(MergeError) -> LocationID {
    let new = Int(lineStarts[locationIndex.count])..<lines.count
    let start = start(of: mapping)
    let relative = address &- start
    var hash = RowHash()
    hash.combine(relative)
    hash.combine(UInt64(mapping.rawValue) << 1 | (isFolded ? 1 : 0))
    for index in new {
      hash.combine(UInt64(lines[index].function.rawValue))
      hash.combine(UInt64(bitPattern: lines[index].line))
    }
    let found = locationIndex.row(hash.value) { other in
      guard locationMappings[other] == mapping, areFolded[other] == isFolded,
        addresses[other] &- start == relative
      else { return false }
      let known = Int(lineStarts[other])..<Int(lineStarts[other + 1])
      return areEqual(known, new)
    }
    if let found {
      lines.truncate(to: new.lowerBound)
      return LocationID(found)
    }
    addresses.append(address)
    locationMappings.append(mapping)
    areFolded.append(isFolded)
    lineStarts.append(try Self.offset(lines.count))
    return LocationID(locationIndex.insert(hash.value))
  }

  /// Whether the lines make two locations one.
  private func areEqual(_ known: Range<Int>, _ new: Range<Int>) -> Bool {
    guard known.count == new.count else { return false }
    for (known, new) in zip(known, new)
    where lines[known].function != lines[new].function || lines[known].line != lines[new].line {
      return false
    }
    return new.isEmpty || lines[known.upperBound - 1].column == lines[new.upperBound - 1].column
  }

  // MARK: Result

  /// - Parameters:
  ///   - types: which of the values to keep, in order, as many as the header has sample types.
  consuming func finish(header: ProfileHeader, types: [Int], warnings: [ProfileWarning]) -> Profile
  {
    var stacks = MergedStacks()
    var samples = MergedSamples(width: 0)
    swap(&stacks, &self.stacks)
    swap(&samples, &self.samples)
    return finish(
      header: header, stacks: stacks.finish(), samples: samples.finish(columns: types),
      warnings: warnings)
  }

  /// A profile of the tables but for stacks and samples, which are given.
  consuming func finish(
    header: ProfileHeader, stacks: StackTable, samples: SampleTable, warnings: [ProfileWarning]
  ) -> Profile {
    func ids(_ count: Int) -> Column<UInt64> { Column((0..<count).map { UInt64($0 + 1) }) }
    return Profile(
      header: header, strings: strings.finish(), mappings: mappings,
      functions: FunctionTable(
        ids: ids(functionIndex.count), names: functionNames.finish(),
        systemNames: functionSystemNames.finish(), filenames: functionFiles.finish(),
        startLines: functionStartLines.finish()),
      locations: LocationTable(
        ids: ids(locationIndex.count), addresses: addresses.finish(),
        mappings: locationMappings.finish(), areFolded: areFolded.finish(),
        lineStarts: lineStarts.finish(), lines: lines.finish()),
      stacks: stacks, labelSets: labelSets.finish(), samples: samples, warnings: warnings)
  }

  private func start(of mapping: MappingID) -> UInt64 {
    mapping.isNone ? 0 : mappings[mapping.index].start
  }

  static func offset(_ count: Int) throws(MergeError) -> UInt32 {
    guard let offset = UInt32(exactly: count), offset < .max else { throw .tooLarge }
    return offset
  }
}

/// What makes two functions one.
struct FunctionRow {
  var name, systemName, file: StringID
  var startLine: Int64
}

/// What makes two mappings one, wherever the system loaded them.
struct MappingKey: Hashable {
  private let size: UInt64
  private let offset: UInt64
  private let identity: [UInt8]

  init(_ mapping: Mapping) {
    // Sizes that round up to the same number of pages count as the same.
    let size = mapping.limit &- mapping.start &+ 0xFFF
    self.size = size - size % 0x1000
    offset = mapping.offset
    identity = Array((mapping.buildID.isEmpty ? mapping.file : mapping.buildID).utf8)
  }
}
