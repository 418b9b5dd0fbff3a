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

  /// By stack its first sample, and by sample the next one of its stack, for the first few of each;
  /// `UInt32.max` where there is none.
  private var firstSamples = ColumnBuilder<UInt32>()
  private var nextSamples = ColumnBuilder<UInt32>()
  /// The samples of stacks that have more.
  private var sampleIndex = InternTable()
  private var indexedSamples = ColumnBuilder<UInt32>()
  private var sampleStacks = ColumnBuilder<StackID>()
  private var sampleLabels = ColumnBuilder<LabelSetID>()
  /// The values of one sample after the other, `width` for each.
  private var values = ColumnBuilder<Int64>()
  let width: Int

  init(width: Int) {
    self.width = width
    lineStarts.append(0)
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

  /// Where two locations differ only in the columns of other lines than their last, the first stands
  /// for both: as in `pprof`.
  mutating func location(_ row: LocationRow) throws(MergeError) -> LocationID {
    let relative = row.address &- start(of: row.mapping)
    var hash = RowHash()
    hash.combine(relative)
    hash.combine(UInt64(row.mapping.rawValue) << 1 | (row.isFolded ? 1 : 0))
    for line in row.lines {
      hash.combine(UInt64(line.function.rawValue))
      hash.combine(UInt64(bitPattern: line.line))
    }
    let found = locationIndex.row(hash.value) { other in
      guard locationMappings[other] == row.mapping, areFolded[other] == row.isFolded,
        addresses[other] &- start(of: row.mapping) == relative
      else { return false }
      let range = Int(lineStarts[other])..<Int(lineStarts[other + 1])
      guard range.count == row.lines.count else { return false }
      for (line, index) in zip(row.lines, range)
      where lines[index].function != line.function || lines[index].line != line.line {
        return false
      }
      guard let last = row.lines.last else { return true }
      return lines[range.upperBound - 1].column == last.column
    }
    if let found { return LocationID(found) }
    addresses.append(row.address)
    locationMappings.append(row.mapping)
    areFolded.append(row.isFolded)
    for line in row.lines { lines.append(line) }
    lineStarts.append(try Self.offset(lines.count))
    return LocationID(locationIndex.insert(hash.value))
  }

  /// Adds values to the sample with this stack and these labels, and answers its row.
  @discardableResult
  mutating func add(_ row: UnsafeBufferPointer<Int64>, stack: StackID, labels: LabelSetID) -> Int {
    while firstSamples.count <= stack.index { firstSamples.append(.max) }
    let first = firstSamples[stack.index]
    if first == .max {
      firstSamples[stack.index] = UInt32(truncatingIfNeeded: sampleStacks.count)
      return append(row, stack, labels)
    }
    var sample = Int(first)
    var left = Self.chainLength
    while sampleLabels[sample] != labels {
      left -= 1
      if left == 0 { return addToIndexed(row, stack, labels) }
      let next = nextSamples[sample]
      if next == .max {
        nextSamples[sample] = UInt32(truncatingIfNeeded: sampleStacks.count)
        return append(row, stack, labels)
      }
      sample = Int(next)
    }
    return add(row, to: sample)
  }

  /// Adds values to a sample that is none of the first few of its stack.
  private mutating func addToIndexed(
    _ row: UnsafeBufferPointer<Int64>, _ stack: StackID, _ labels: LabelSetID
  ) -> Int {
    var hash = RowHash()
    hash.combine(UInt64(stack.rawValue) << 32 | UInt64(labels.rawValue))
    let found = sampleIndex.row(hash.value) {
      let sample = Int(indexedSamples[$0])
      return sampleStacks[sample] == stack && sampleLabels[sample] == labels
    }
    if let found { return add(row, to: Int(indexedSamples[found])) }
    _ = sampleIndex.insert(hash.value)
    indexedSamples.append(UInt32(truncatingIfNeeded: sampleStacks.count))
    return append(row, stack, labels)
  }

  /// How many samples of a stack are tried one by one: mostly there are no more.
  private static let chainLength = 4

  private mutating func append(
    _ row: UnsafeBufferPointer<Int64>, _ stack: StackID, _ labels: LabelSetID
  ) -> Int {
    sampleStacks.append(stack)
    sampleLabels.append(labels)
    nextSamples.append(.max)
    if labels != .empty { hasLabels = true }
    for value in row { values.append(value) }
    return sampleStacks.count - 1
  }

  private mutating func add(_ row: UnsafeBufferPointer<Int64>, to sample: Int) -> Int {
    var next = sample * width
    for value in row {
      values[next] &+= value
      next += 1
    }
    return sample
  }

  /// Multiplies the values of one type; see `Int64.scaled(by:)`.
  mutating func scaleValues(ofType type: Int, by ratio: Double) {
    for sample in 0..<sampleStacks.count {
      values[sample * width + type] = values[sample * width + type].scaled(by: ratio)
    }
  }

  // MARK: Result

  /// - Parameters:
  ///   - types: which of the values to keep, in order, as many as the header has sample types.
  consuming func finish(header: ProfileHeader, types: [Int], warnings: [ProfileWarning]) -> Profile
  {
    let count = sampleStacks.count
    let columns = types.map { type in
      var column = ColumnBuilder<Int64>(capacity: count)
      for sample in 0..<count { column.append(values[sample * width + type]) }
      return column.finish()
    }
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
      stacks: stacks.finish(),
      labelSets: labelSets.finish(),
      samples: SampleTable(
        stacks: sampleStacks.finish(), values: columns,
        labelSets: hasLabels ? sampleLabels.finish() : []),
      warnings: warnings)
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

/// A location of a merged profile; its address is in the address space of the merged mapping.
struct LocationRow {
  var address: UInt64
  var mapping: MappingID
  var isFolded: Bool
  var lines: [Line]
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
