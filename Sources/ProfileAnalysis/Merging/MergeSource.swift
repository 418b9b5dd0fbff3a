import ProfileModel

/// One profile on its way into merged tables: which of their rows each of its own became.
struct MergeSource {
  private let profile: Profile
  private let stackLocations: Column<LocationID>
  private var frames: [LocationID] = []
  private var strings: [StringID]
  private var functions: [FunctionID]
  private var mappings: [MappingID]
  private var locations: [LocationID]
  private var stacks: [StackID]
  private var labelSets: [LabelSetID]
  /// Whether to note what becomes of samples.
  var notesSamples = false
  /// By row of the merged samples, one of this profile's that is in it; `UInt32.max` where none is.
  private(set) var samplesByRow: [UInt32] = []

  init(_ profile: Profile) {
    self.profile = profile
    stackLocations = profile.stacks.locations
    strings = Array(repeating: .none, count: profile.strings.count)
    functions = Array(repeating: .none, count: profile.functions.count)
    mappings = Array(repeating: .none, count: profile.mappings.count)
    locations = Array(repeating: .none, count: profile.locations.count)
    stacks = Array(repeating: .none, count: profile.stacks.count)
    labelSets = Array(repeating: .none, count: profile.labelSets.count)
    labelSets[0] = .empty
  }

  /// Adds the samples that are not zero throughout.
  ///
  /// - Parameter columns: the column and the factor for each value of the merged samples, nil for
  ///   values that this profile does not have.
  mutating func pour(
    _ columns: [(values: Column<Int64>, ratio: Double)?], into tables: inout MergedTables
  ) throws(MergeError) {
    if tables.mappings.isEmpty, !mappings.isEmpty {
      // The first mapping is the main binary, whichever the first sample is in.
      _ = mapping(MappingID(0), &tables)
    }
    let samples = profile.samples
    var row = [Int64](repeating: 0, count: columns.count)
    for sample in samples.indices {
      var isZero = true
      for (index, column) in columns.enumerated() {
        guard let column else { continue }
        let value = column.values[sample]
        row[index] = column.ratio == 1 ? value : value.scaled(by: column.ratio)
        if row[index] != 0 { isZero = false }
      }
      if isZero { continue }
      let stack = try stack(samples.stacks[sample], &tables)
      let labels = try labelSet(samples.labelSet(sample), &tables)
      let merged = tables.add(row, stack: stack, labels: labels)
      if notesSamples { note(sample, asRow: merged) }
    }
  }

  private mutating func note(_ sample: Int, asRow row: Int) {
    while samplesByRow.count <= row { samplesByRow.append(.max) }
    if samplesByRow[row] == .max { samplesByRow[row] = UInt32(truncatingIfNeeded: sample) }
  }

  private mutating func stack(_ id: StackID, _ tables: inout MergedTables) throws(MergeError)
    -> StackID
  {
    if !stacks[id.index].isNone { return stacks[id.index] }
    let range = profile.stacks.range(of: id)
    // Taken out and put back, so that one array serves all stacks.
    var row = frames
    frames = []
    row.removeAll(keepingCapacity: true)
    for index in range {
      let source = stackLocations[index]
      let known = locations[source.index]
      row.append(known.isNone ? try location(source, &tables) : known)
    }
    stacks[id.index] = try row.withUnsafeBufferPointer { (row) throws(MergeError) in
      try tables.stack(row)
    }
    frames = row
    return stacks[id.index]
  }

  private mutating func location(_ id: LocationID, _ tables: inout MergedTables) throws(MergeError)
    -> LocationID
  {
    if !locations[id.index].isNone { return locations[id.index] }
    let table = profile.locations
    var row = LocationRow(
      address: table.addresses[id.index], mapping: .none, isFolded: table.areFolded[id.index],
      lines: [])
    let source = table.mappings[id.index]
    if !source.isNone {
      row.mapping = mapping(source, &tables)
      // The same place in the file, where the first profile had it loaded.
      row.address &+=
        tables.mappings[row.mapping.index].start &- profile.mappings[source.index].start
    }
    for line in table.lines(of: id) {
      let function = try function(line.function, &tables)
      row.lines.append(Line(function: function, line: line.line, column: line.column))
    }
    locations[id.index] = try tables.location(row)
    return locations[id.index]
  }

  private mutating func mapping(_ id: MappingID, _ tables: inout MergedTables) -> MappingID {
    if !mappings[id.index].isNone { return mappings[id.index] }
    var mapping = profile.mappings[id.index]
    let key = MappingKey(mapping)
    let merged = tables.mappingIDs[key] ?? MappingID(tables.mappings.count)
    if merged.index == tables.mappings.count {
      mapping.id = UInt64(merged.index + 1)
      tables.mappings.append(mapping)
      tables.mappingIDs[key] = merged
    }
    mappings[id.index] = merged
    return merged
  }

  private mutating func function(_ id: FunctionID, _ tables: inout MergedTables) throws(MergeError)
    -> FunctionID
  {
    if !functions[id.index].isNone { return functions[id.index] }
    let table = profile.functions
    let row = FunctionRow(
      name: try string(table.names[id.index], &tables),
      systemName: try string(table.systemNames[id.index], &tables),
      file: try string(table.filenames[id.index], &tables), startLine: table.startLines[id.index])
    functions[id.index] = tables.function(row)
    return functions[id.index]
  }

  private mutating func labelSet(_ id: LabelSetID, _ tables: inout MergedTables) throws(MergeError)
    -> LabelSetID
  {
    if !labelSets[id.index].isNone { return labelSets[id.index] }
    var row: [Label] = []
    // The order of keys says nothing, that of the values of a key does.
    for label in LabelOrder.sorted(profile.labelSets[id], profile.strings) {
      var merged = label
      merged.key = try string(label.key, &tables)
      merged.string = try string(label.string, &tables)
      merged.unit = try string(label.unit, &tables)
      row.append(merged)
    }
    labelSets[id.index] = tables.labelSets.intern(row)
    return labelSets[id.index]
  }

  private mutating func string(_ id: StringID, _ tables: inout MergedTables) throws(MergeError)
    -> StringID
  {
    if !strings[id.index].isNone { return strings[id.index] }
    let length = profile.strings.byteCount(of: id)
    guard tables.stringBytes + length < UInt32.max else { throw .tooLarge }
    let count = tables.strings.count
    let merged = profile.strings.withBytes(of: id) { tables.strings.intern($0) }
    if tables.strings.count > count { tables.stringBytes += length }
    strings[id.index] = merged
    return merged
  }
}
