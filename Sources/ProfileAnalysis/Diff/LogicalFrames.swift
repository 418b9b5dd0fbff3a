import ProfileModel

/// Two profiles of different builds, told in frames that both can have: a function and a line.
///
/// Addresses and inlining are of one build: a location with inlined calls becomes as many frames as
/// it has lines, so that a call that one build inlined and the other did not is the same call.
/// Functions are matched by `FunctionAlignment`; lines of the base get the numbers that the other
/// build has for them.
struct LogicalFrames {
  let base: Profile
  let other: Profile
  let moves: LineMoves

  /// - Complexity: O(*n*) in the frames of distinct stacks, and what `LineAlignment` needs.
  init(
    base: Profile, other: Profile, reading read: @escaping LineContents.Reader
  ) throws(MergeError) {
    let alignment = try FunctionAlignment(base: base, other: other)
    let shift = LineShift(base: base, other: other, alignment, reading: read)
    moves = shift.moves
    self.base = try Self.framed(base, alignment, alignment.baseIDs, shift.shown)
    self.other = try Self.framed(other, alignment, alignment.otherIDs, [:])
  }

  private static func framed(
    _ profile: Profile, _ alignment: FunctionAlignment, _ ids: [FunctionID],
    _ shown: [FrameKey: Int64]
  ) throws(MergeError) -> Profile {
    var frames = FrameTable()
    var expansions = ColumnBuilder<LocationID>(capacity: profile.locations.lines.count)
    var expansionStarts: [Int] = [0]
    for location in profile.locations.indices {
      let range = profile.locations.lineRange(of: LocationID(location))
      if range.isEmpty { expansions.append(frames.binary(profile.locations.mappings[location])) }
      for index in range {
        let line = profile.locations.lines[index]
        let key = FrameKey(function: ids[line.function.index], line: line.line)
        expansions.append(
          frames.frame(FrameKey(function: key.function, line: shown[key] ?? line.line)))
      }
      expansionStarts.append(expansions.count)
    }
    let stacks = profile.stacks
    var framed = StackTableBuilder(stacks: stacks.count)
    var cursor = StackCursor(stacks)
    var row = ColumnBuilder<LocationID>(capacity: 256)
    for stack in stacks.indices {
      cursor.move(to: stack)
      row.truncate(to: 0)
      let locations = cursor.locations
      for position in locations.indices {
        let location = locations[position].index
        let (first, end) = (expansionStarts[location], expansionStarts[location + 1])
        for frame in first..<end { row.append(expansions[frame]) }
      }
      row.withElements(from: 0, count: row.count) { framed.append($0) }
      guard !framed.isTooLarge else { throw .tooLarge }
    }
    return Profile(
      header: profile.header, strings: alignment.strings,
      mappings: profile.mappings.map(unplaced), functions: alignment.functions,
      locations: frames.table(),
      stacks: framed.finish(),
      labelSets: try alignment.relabelled(profile), samples: profile.samples,
      warnings: profile.warnings)
  }

  /// The mapping where no system loaded it, so that nothing has an address.
  private static func unplaced(_ mapping: Mapping) -> Mapping {
    var mapping = mapping
    mapping.limit = mapping.limit &- mapping.start
    mapping.start = 0
    return mapping
  }
}

extension FunctionAlignment {
  /// The labels of either profile with the ids that their strings have here.
  fileprivate func relabelled(_ profile: Profile) throws(MergeError) -> LabelTable {
    guard profile.labelSets.count > 1 else { return profile.labelSets }
    var strings = StringTableBuilder(self.strings)
    let count = strings.count
    func id(_ string: StringID) -> StringID {
      profile.strings.withBytes(of: string) { strings.intern($0) }
    }
    let labels = profile.labelSets.labels.map { label in
      var label = label
      label.key = id(label.key)
      label.string = id(label.string)
      label.unit = id(label.unit)
      return label
    }
    precondition(strings.count == count, "strings of both profiles are in the table")
    return LabelTable(starts: profile.labelSets.starts, labels: Column(labels))
  }
}

/// A frame of any build.
struct FrameKey: Hashable {
  let function: FunctionID
  let line: Int64
}

/// Locations of one line each, and one for each binary without symbols.
private struct FrameTable {
  private var ids: [FrameKey: LocationID] = [:]
  private var binaries: [MappingID: LocationID] = [:]
  private var lines: [Line?] = []
  private var mappings: [MappingID] = []

  mutating func frame(_ key: FrameKey) -> LocationID {
    if let id = ids[key] { return id }
    let id = add(Line(function: key.function, line: key.line), .none)
    ids[key] = id
    return id
  }

  mutating func binary(_ mapping: MappingID) -> LocationID {
    if let id = binaries[mapping] { return id }
    let id = add(nil, mapping)
    binaries[mapping] = id
    return id
  }

  private mutating func add(_ line: Line?, _ mapping: MappingID) -> LocationID {
    lines.append(line)
    mappings.append(mapping)
    return LocationID(lines.count - 1)
  }

  func table() -> LocationTable {
    var starts: [UInt32] = [0]
    for line in lines { starts.append(starts[starts.count - 1] + (line == nil ? 0 : 1)) }
    return LocationTable(
      ids: Column(lines.indices.map { UInt64($0 + 1) }),
      addresses: Column(repeating: 0, count: lines.count), mappings: Column(mappings),
      areFolded: Column(repeating: false, count: lines.count), lineStarts: Column(starts),
      lines: Column(lines.compactMap { $0 }))
  }
}
