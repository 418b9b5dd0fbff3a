import ProfileModel

/// Writes pprof's own format.
public enum PprofEncoder {
  /// The profile as messages of profile.proto, not compressed: `Gzip.compress` makes of it what
  /// pprof writes. The same bytes every time.
  ///
  /// Only strings that something refers to are written. Rows keep the ids that the file gave them,
  /// unless these do not tell rows apart (as when tables of several files came together).
  public static func encode(_ profile: Profile) -> [UInt8] {
    var encoding = PprofEncoding(profile)
    encoding.writeSamples()
    encoding.writeMappings()
    encoding.writeLocations()
    encoding.writeFunctions()
    encoding.writeHeader()
    return encoding.finish()
  }
}

/// One profile while it is written.
private struct PprofEncoding: ~Copyable {
  private let profile: Profile
  private var output = WireWriter()
  private var message = WireWriter()
  private var scratch = WireWriter()

  /// The strings of the profile, and after them those of its header and mappings.
  private var strings: StringTableBuilder
  /// The index in the file of each string, 0 where none was given yet.
  private var indices: [UInt32]
  /// The strings in the order of the file, after the empty one.
  private var order: [StringID] = []

  private let mappingIDs: Column<UInt64>
  private let locationIDs: Column<UInt64>
  private let functionIDs: Column<UInt64>

  init(_ profile: Profile) {
    self.profile = profile
    strings = StringTableBuilder(profile.strings)
    indices = Array(repeating: 0, count: profile.strings.count)
    mappingIDs = Self.distinct(Column(profile.mappings.map(\.id)))
    locationIDs = Self.distinct(profile.locations.ids)
    functionIDs = Self.distinct(profile.functions.ids)
  }

  /// The ids, or 1, 2, 3 and so on where they do not tell rows apart.
  private static func distinct(_ ids: Column<UInt64>) -> Column<UInt64> {
    if (try? IDMap(ids)) != nil { return ids }
    return Column(ids.indices.map { UInt64($0 + 1) })
  }

  mutating func writeSamples() {
    for type in profile.header.sampleTypes { writeValueType(1, type) }
    let samples = profile.samples
    var cursor = StackCursor(profile.stacks)
    for sample in samples.indices {
      message.removeAll()
      let stack = cursor.locations(of: samples.stacks[sample])
      message.numbers(
        1, stack.lazy.map { [locationIDs] in locationIDs[$0.index] }, scratch: &scratch)
      let values = samples.values.lazy.map { UInt64(bitPattern: $0[sample]) }
      message.numbers(2, values, scratch: &scratch)
      for label in profile.labelSets[samples.labelSet(sample)] { writeLabel(label) }
      output.message(2, message)
    }
  }

  private mutating func writeLabel(_ label: Label) {
    scratch.removeAll()
    scratch.number(1, index(of: label.key))
    if label.isNumeric {
      scratch.number(3, label.number)
      scratch.number(4, index(of: label.unit))
    } else {
      scratch.number(2, index(of: label.string))
    }
    message.message(3, scratch)
  }

  mutating func writeMappings() {
    for (row, mapping) in profile.mappings.enumerated() {
      message.removeAll()
      message.number(1, mappingIDs[row])
      message.number(2, mapping.start)
      message.number(3, mapping.limit)
      message.number(4, mapping.offset)
      message.number(5, index(of: mapping.file))
      message.number(6, index(of: mapping.buildID))
      message.flag(7, mapping.hasFunctions)
      message.flag(8, mapping.hasFilenames)
      message.flag(9, mapping.hasLineNumbers)
      message.flag(10, mapping.hasInlineFrames)
      output.message(3, message)
    }
  }

  mutating func writeLocations() {
    let locations = profile.locations
    for row in locations.indices {
      message.removeAll()
      message.number(1, locationIDs[row])
      let mapping = locations.mappings[row]
      if !mapping.isNone { message.number(2, mappingIDs[mapping.index]) }
      message.number(3, locations.addresses[row])
      for line in locations.lines(of: LocationID(row)) {
        scratch.removeAll()
        scratch.number(1, functionIDs[line.function.index])
        scratch.number(2, line.line)
        scratch.number(3, line.column)
        message.message(4, scratch)
      }
      message.flag(5, locations.areFolded[row])
      output.message(4, message)
    }
  }

  mutating func writeFunctions() {
    let functions = profile.functions
    for row in functions.indices {
      message.removeAll()
      message.number(1, functionIDs[row])
      message.number(2, index(of: functions.names[row]))
      message.number(3, index(of: functions.systemNames[row]))
      message.number(4, index(of: functions.filenames[row]))
      message.number(5, functions.startLines[row])
      output.message(5, message)
    }
  }

  mutating func writeHeader() {
    let header = profile.header
    output.number(7, index(of: header.dropFrames))
    output.number(8, index(of: header.keepFrames))
    output.number(9, header.timeNanos)
    output.number(10, header.durationNanos)
    if let type = header.periodType { writeValueType(11, type) }
    output.number(12, header.period)
    let comments = header.comments.map { index(of: $0) }
    output.numbers(13, comments, scratch: &scratch)
    output.number(14, index(of: header.defaultSampleType))
    output.number(15, index(of: header.docURL))
  }

  private mutating func writeValueType(_ field: UInt64, _ type: ValueType) {
    message.removeAll()
    message.number(1, index(of: type.type))
    message.number(2, index(of: type.unit))
    output.message(field, message)
  }

  /// Writes the strings, to which everything else has been added by now.
  consuming func finish() -> [UInt8] {
    var output = self.output
    let order = self.order
    let strings = self.strings.finish()
    output.data(6, UnsafeBufferPointer(start: nil, count: 0))
    for id in order { strings.withBytes(of: id) { output.data(6, $0) } }
    return output.bytes
  }

  private mutating func index(of string: String) -> UInt64 { index(of: strings.intern(string)) }

  private mutating func index(of string: StringID) -> UInt64 {
    if string == .empty { return 0 }
    while indices.count <= string.index { indices.append(0) }
    if indices[string.index] == 0 {
      order.append(string)
      indices[string.index] = UInt32(order.count)
    }
    return UInt64(indices[string.index])
  }
}
