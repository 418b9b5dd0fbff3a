import ProfileModel

extension Profile {
  /// The profile with frames made of labels at the ends of its stacks.
  ///
  /// Such a frame is named after the values of the label, with commas between them, and its file is
  /// the key. Samples without the label get a frame without a name.
  ///
  /// - Parameters:
  ///   - rootKeys: the keys to put above the root; the first becomes the new root.
  ///   - leafKeys: the keys to put below the leaf; the last becomes the new leaf.
  ///   - unit: what numbers are printed in, as in `Measurement`.
  ///   - notices: is told where no sample has any of the labels.
  public func withTagFrames(
    rootKeys: [String], leafKeys: [String], unit: String, notices: inout [FilterNotice]
  ) -> Profile {
    guard !rootKeys.isEmpty || !leafKeys.isEmpty else { return self }
    var frames = TagFrameTables(self, rootKeys: rootKeys, leafKeys: leafKeys, unit: unit)
    let stacks = frames.makeStacks()
    if !rootKeys.isEmpty, !frames.hasRoots { notices.append(.matchedNothing("TagRoot")) }
    if !leafKeys.isEmpty, !frames.hasLeaves { notices.append(.matchedNothing("TagLeaf")) }
    return frames.finish(stacks)
  }
}

/// The tables of a profile while frames made of labels are added to them.
private struct TagFrameTables: ~Copyable {
  private struct Frame: Hashable {
    var name: StringID
    var key: StringID
  }

  /// The frames that the samples with one label set get.
  private struct Ends {
    var leaves: [LocationID]
    var roots: [LocationID]
  }

  /// Stacks, and which of them each sample has.
  struct Stacks {
    var table: StackTable
    var ofSamples: Column<StackID>
  }

  private let profile: Profile
  private let rootKeys: [StringID]
  private let leafKeys: [StringID]
  private let unit: String
  private var strings: StringTableBuilder
  private var frames: [Frame] = []
  private var frameIDs: [Frame: LocationID] = [:]
  private(set) var hasRoots = false
  private(set) var hasLeaves = false

  init(_ profile: Profile, rootKeys: [String], leafKeys: [String], unit: String) {
    self.profile = profile
    self.unit = unit
    var strings = StringTableBuilder(profile.strings)
    // The key closest to the leaf comes first, as in stacks.
    self.rootKeys = rootKeys.reversed().map { strings.intern($0) }
    self.leafKeys = leafKeys.reversed().map { strings.intern($0) }
    self.strings = strings
  }

  mutating func makeStacks() -> Stacks {
    let samples = profile.samples
    var ends: [Ends?] = Array(repeating: nil, count: profile.labelSets.count)
    var known: [UInt64: StackID] = [:]
    var stacks = StackTableBuilder(stacks: profile.stacks.count)
    var cursor = StackCursor(profile.stacks)
    var ofSamples = ColumnBuilder<StackID>(capacity: samples.count)
    for sample in samples.indices {
      let (stack, set) = (samples.stacks[sample], samples.labelSet(sample))
      let key = UInt64(stack.rawValue) << 32 | UInt64(set.rawValue)
      if let id = known[key] {
        ofSamples.append(id)
        continue
      }
      let ofSet = ends[set.index] ?? makeEnds(set)
      ends[set.index] = ofSet
      let id = StackID(stacks.count)
      let row = ofSet.leaves + cursor.locations(of: stack) + ofSet.roots
      row.withUnsafeBufferPointer { stacks.append($0) }
      known[key] = id
      ofSamples.append(id)
    }
    return Stacks(
      table: stacks.finish(),
      ofSamples: ofSamples.finish())
  }

  consuming func finish(_ stacks: Stacks) -> Profile {
    let (functions, locations) = (profile.functions, profile.locations)
    let count = frames.count
    let lines = (0..<count).map { Line(function: FunctionID(functions.count + $0), line: 0) }
    let lineStarts = (0..<count).map { UInt32(locations.lines.count + $0 + 1) }
    let newFunctions = FunctionTable(
      ids: functions.ids.appending(Self.ids(after: functions.ids, count)),
      names: functions.names.appending(frames.map(\.name)),
      systemNames: functions.systemNames.appending(frames.map { _ in .empty }),
      filenames: functions.filenames.appending(frames.map(\.key)),
      startLines: functions.startLines.appending(frames.map { _ in 0 }))
    let newLocations = LocationTable(
      ids: locations.ids.appending(Self.ids(after: locations.ids, count)),
      addresses: locations.addresses.appending(frames.map { _ in 0 }),
      mappings: locations.mappings.appending(frames.map { _ in .none }),
      areFolded: locations.areFolded.appending(frames.map { _ in false }),
      lineStarts: locations.lineStarts.appending(lineStarts),
      lines: locations.lines.appending(lines))
    let samples = SampleTable(
      stacks: stacks.ofSamples, values: profile.samples.values,
      labelSets: profile.samples.labelSetColumn, origins: profile.samples.originColumn)
    return profile.replacing(
      strings: strings.finish(), functions: newFunctions, locations: newLocations,
      stacks: stacks.table, samples: samples)
  }

  private static func ids(after ids: Column<UInt64>, _ count: Int) -> [UInt64] {
    let last = ids.max() ?? 0
    return (0..<count).map { last &+ UInt64($0) &+ 1 }
  }

  private mutating func makeEnds(_ set: LabelSetID) -> Ends {
    let roots = rootKeys.map { values(of: $0, in: profile.labelSets[set]) }
    let leaves = leafKeys.map { values(of: $0, in: profile.labelSets[set]) }
    if roots.contains(where: { !$0.isEmpty }) { hasRoots = true }
    if leaves.contains(where: { !$0.isEmpty }) { hasLeaves = true }
    var ends = Ends(leaves: [], roots: [])
    for (key, values) in zip(rootKeys, roots) { ends.roots.append(location(values, key)) }
    for (key, values) in zip(leafKeys, leaves) { ends.leaves.append(location(values, key)) }
    return ends
  }

  private mutating func location(_ values: [[UInt8]], _ key: StringID) -> LocationID {
    let name = Array(values.joined(separator: [UInt8(ascii: ",")]))
    let frame = Frame(name: name.withUnsafeBufferPointer { strings.intern($0) }, key: key)
    if let id = frameIDs[frame] { return id }
    let id = LocationID(profile.locations.count + frames.count)
    frames.append(frame)
    frameIDs[frame] = id
    return id
  }

  /// The values under a key: texts first, then numbers, each in the order of the profile.
  private func values(of key: StringID, in labels: Slice<Column<Label>>) -> [[UInt8]] {
    let wanted = labels.filter { $0.key == key }
    let texts = wanted.filter { !$0.isNumeric }
    let numbers = wanted.filter(\.isNumeric)
    let hasUnits = numbers.contains { $0.unit != .empty }
    return texts.map { profile.strings.withBytes(of: $0.string) { Array($0) } }
      + numbers.map { label in
        let source = profile.strings[label.unit]
        let text = Measurement.scaledLabel(label.number, from: source, to: hasUnits ? unit : "")
        return Array(text.utf8)
      }
  }
}

extension Column {
  fileprivate func appending(_ elements: [Element]) -> Column {
    var result = ColumnBuilder<Element>(capacity: count + elements.count)
    result.append(contentsOf: self)
    for element in elements { result.append(element) }
    return result.finish()
  }
}
