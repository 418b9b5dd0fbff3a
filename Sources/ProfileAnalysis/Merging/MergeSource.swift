import ProfileModel

/// One profile on its way into merged tables: which of their rows each of its own became.
struct MergeSource: ~Copyable {
  private let profile: Profile
  private var cursor: StackCursor
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
    cursor = StackCursor(profile.stacks)
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
    tables.stacks.reserve(profile.stacks)
    let samples = profile.samples
    let width = columns.count
    var rows = [Int64](repeating: 0, count: Self.blockSize * width)
    for first in stride(from: 0, to: samples.count, by: Self.blockSize) {
      let block = first..<min(first + Self.blockSize, samples.count)
      for (index, column) in columns.enumerated() {
        if let column { Self.write(column, block, to: &rows, at: index, width: width) }
      }
      try rows.withUnsafeBufferPointer { (rows) throws(MergeError) in
        for sample in block {
          let start = (sample - first) * width
          let row = UnsafeBufferPointer(rebasing: rows[start..<start + width])
          if row.allSatisfy({ $0 == 0 }) { continue }
          let stack = try stack(samples.stacks[sample], &tables)
          let labels = try labelSet(samples.labelSet(sample), &tables)
          let merged = tables.add(row, stack: stack, labels: labels)
          if notesSamples { note(sample, asRow: merged) }
        }
      }
    }
  }

  /// How many samples' values are put side by side at once.
  private static let blockSize = 1024

  private static func write(
    _ column: (values: Column<Int64>, ratio: Double), _ block: Range<Int>,
    to rows: inout [Int64], at index: Int, width: Int
  ) {
    let values = column.values.span
    var next = index
    for sample in block {
      rows[next] =
        column.ratio == 1 ? values[sample] : values[sample].scaled(by: column.ratio)
      next += width
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
    cursor.move(to: id.index)
    tables.stacks.cutPath(to: cursor.shared)
    while !extendPath(&tables.stacks) {
      // New locations are numbered from the leaf on.
      while let new = firstNewLocation() { _ = try location(new, &tables) }
    }
    stacks[id.index] = try tables.stacks.internPath()
    return stacks[id.index]
  }

  /// The first location that is the stack's own and new, from the leaf on.
  private func firstNewLocation() -> LocationID? {
    let own = cursor.locations.extracting(first: cursor.depth &- cursor.shared)
    for position in own.indices where locations[own[position].index].isNone { return own[position] }
    return nil
  }

  /// Adds what the stack does not share with the one before, if all of it is known.
  private func extendPath(_ stacks: inout MergedStacks) -> Bool {
    let own = cursor.locations.extracting(first: cursor.depth &- cursor.shared)
    return stacks.extendPath(own, by: locations.span)
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
