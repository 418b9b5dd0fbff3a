import ProfileModel

/// One profile on its way into merged tables: which of their rows each of its own became.
struct MergeSource: ~Copyable {
  /// The values of one sample type on their way.
  struct Values {
    var column: Column<Int64>
    /// Whether they are taken away.
    var isNegated = false
    /// What they are multiplied by then.
    var ratio = 1.0
  }

  private let profile: Profile
  private let locationTable: LocationTable
  private let mappingStarts: [UInt64]
  private var steps: StackSteps
  private var strings: [StringID]
  private var functions: [FunctionID]
  private var mappings: [MappingID]
  /// What each of the profile's locations became; none for those that were not needed.
  private(set) var locations: [LocationID]
  private var stacks: [StackID]
  /// What each of the profile's label sets became; none for those that were not needed.
  private(set) var labelSets: [LabelSetID]
  /// Whether to note what becomes of samples.
  var notesSamples = false
  /// By row of the merged samples, one of this profile's that is in it; `UInt32.max` where none is.
  private(set) var samplesByRow: [UInt32] = []

  init(_ profile: Profile) {
    self.profile = profile
    locationTable = profile.locations
    mappingStarts = profile.mappings.map(\.start)
    steps = StackSteps(profile.stacks)
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
  /// - Parameter columns: one for each value of the merged samples, nil for those that this profile
  ///   does not have.
  mutating func pour(_ columns: [Values?], into tables: inout MergedTables) throws(MergeError) {
    start(&tables)
    tables.reserveSamples(profile)
    let samples = profile.samples
    let sampleStacks = samples.stacks.span
    var block = SampleBlock(width: columns.count)
    for first in stride(from: 0, to: samples.count, by: SampleBlock.size) {
      block.read(first..<min(first + SampleBlock.size, samples.count), of: columns)
      for index in 0..<block.count where !block.isZero(index) {
        let sample = first &+ index
        let stack = try stack(sampleStacks[sample], &tables)
        let labels = try labelSet(samples.labelSet(sample), &tables)
        let row = tables.samples.row(stack, labels)
        block.setRow(index, to: row)
        if notesSamples { note(sample, asRow: row) }
      }
      block.add(to: &tables.samples)
    }
  }

  /// Adds all locations and label sets, whether samples have them or not, but no stack or sample.
  mutating func pourTables(into tables: inout MergedTables) throws(MergeError) {
    start(&tables)
    for location in locations.indices { try addLocation(LocationID(location), to: &tables) }
    for set in labelSets.indices { _ = try labelSet(LabelSetID(set), &tables) }
  }

  private mutating func start(_ tables: inout MergedTables) {
    if tables.mappings.isEmpty, !mappings.isEmpty {
      // The first mapping is the main binary, whichever the first sample is in.
      _ = mapping(MappingID(0), &tables)
    }
    tables.reserve(profile)
  }

  private mutating func note(_ sample: Int, asRow row: Int) {
    while samplesByRow.count <= row { samplesByRow.append(.max) }
    if samplesByRow[row] == .max { samplesByRow[row] = UInt32(truncatingIfNeeded: sample) }
  }

  @inline(__always)
  private mutating func stack(
    _ id: StackID, _ tables: inout MergedTables
  ) throws(MergeError) -> StackID {
    let known = stacks[id.index]
    return known.isNone ? try addStack(id, to: &tables) : known
  }

  private mutating func addStack(
    _ id: StackID, to tables: inout MergedTables
  ) throws(MergeError) -> StackID {
    steps.move(to: id.index)
    var merged = try internStack(&tables.stacks)
    if merged == nil {
      // New locations are numbered from the leaf on.
      for position in 0..<steps.own.count {
        let location = steps.own[position]
        if locations[location.index].isNone { try addLocation(location, to: &tables) }
      }
      merged = try internStack(&tables.stacks)
    }
    guard let merged else { preconditionFailure("all locations of the stack are known") }
    stacks[id.index] = merged
    return merged
  }

  /// The stack at hand, if all of its locations are known.
  private mutating func internStack(_ stacks: inout MergedStacks) throws(MergeError) -> StackID? {
    try stacks.intern(steps.own, below: steps.shared, by: locations.span)
  }

  private mutating func addLocation(
    _ id: LocationID, to tables: inout MergedTables
  ) throws(MergeError) {
    var address = locationTable.addresses[id.index]
    var mapping = MappingID.none
    let source = locationTable.mappings[id.index]
    if !source.isNone {
      mapping = self.mapping(source, &tables)
      // The same place in the file, where the first profile had it loaded.
      address &+= tables.mappings[mapping.index].start &- mappingStarts[source.index]
    }
    for row in locationTable.lineRange(of: id) {
      var line = locationTable.lines[row]
      line.function = try function(line.function, &tables)
      tables.append(line)
    }
    locations[id.index] = try tables.location(
      address: address, mapping: mapping, isFolded: locationTable.areFolded[id.index])
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

  @inline(__always)
  private mutating func labelSet(
    _ id: LabelSetID, _ tables: inout MergedTables
  ) throws(MergeError) -> LabelSetID {
    let known = labelSets[id.index]
    return known.isNone ? try addLabelSet(id, to: &tables) : known
  }

  private mutating func addLabelSet(
    _ id: LabelSetID, to tables: inout MergedTables
  ) throws(MergeError) -> LabelSetID {
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
