import ProfileModel

/// The samples of a profile while they are decoded into columns.
struct PprofSamples: ~Copyable {
  private var stacks: StackTableBuilder
  /// Where the locations of the last stack stand, if in one list: the next one's mostly end alike.
  private var lastList: UnsafeBufferPointer<UInt8>?
  private var values: ValueTableBuilder
  private var labels: PprofLabels
  /// As long as `stackStarts` once a sample had labels, empty before.
  private var labelSets = ColumnBuilder<LabelSetID>()
  private var hasLabels = false
  private let typeCount: Int
  /// The highest row of a location that was decoded; of rows that are told by nothing but the id.
  private var highestLocation: UInt32 = 0

  /// Samples between two calls of a progress handler.
  private static let progressStep = 1 << 15

  /// - Parameters:
  ///   - count: samples to make room for; more are accepted.
  ///   - byteCount: how many bytes they take; may be a guess.
  ///   - stringIDs: the string of each index; nil where they come after the samples.
  init(count: Int, byteCount: Int, typeCount: Int, stringIDs: Column<StringID>?) {
    self.typeCount = typeCount
    // A frame takes two bytes or three as a rule; room that is not used takes no memory.
    stacks = StackTableBuilder(stacks: count, locations: byteCount / 2)
    values = ValueTableBuilder(columns: typeCount, rows: count)
    labels = PprofLabels(stringIDs: stringIDs)
  }

  /// The samples that were decoded.
  var count: Int { values.count }

  /// Where in `bytes`, which were read last, the list of the last stack stands.
  func lastList(in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    guard let lastList, let start = lastList.baseAddress, let base = bytes.baseAddress else {
      return nil
    }
    let offset = UnsafeRawPointer(start) - base
    guard offset >= 0, offset <= bytes.count - lastList.count else { return nil }
    return offset..<offset + lastList.count
  }

  /// Says where the list of the last stack stands now, nil where it was forgotten.
  mutating func moveLastList(_ bytes: UnsafeRawBufferPointer?) {
    lastList = bytes?.assumingMemoryBound(to: UInt8.self)
  }

  /// Decodes every sample of the region, skipping what else stands there.
  mutating func decode(
    _ bytes: UnsafeRawBufferPointer, region: Range<Int>, locations: borrowing IDMap,
    progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) {
    var reader = WireReader(bytes).slice(region)
    var left = 0
    while !reader.isAtEnd {
      if left == 0 {
        left = Self.progressStep
        let done = DecodingProgress(
          step: .readingSamples, completedBytes: reader.offset, totalBytes: bytes.count,
          sampleCount: values.count)
        guard progress(done) else { throw .cancelled }
        // What was read may have been given back.
        lastList = nil
      }
      left &-= 1
      let tag = try reader.tag("profile")
      if tag.field == 2 {
        try decode(reader.message(tag, "sample"), locations: locations)
      } else {
        try reader.skip(tag, "profile")
      }
    }
  }

  /// Decodes one sample.
  @inline(__always)
  mutating func decode(
    _ message: WireReader, locations: borrowing IDMap
  ) throws(ProfileDecodingError) {
    var reader = message
    var valueCount = 0
    var labelsStart = -1
    var labelsEnd = -1
    var list: WireReader?
    var hasOneList = true
    while !reader.isAtEnd {
      let start = reader.offset
      let tag = try reader.tag("sample")
      switch tag.field {
      case 1 where tag.type == 2:
        hasOneList = hasOneList && list == nil
        list = try reader.lengthDelimited("sample.location_id")
      case 1:
        hasOneList = false
        _ = try reader.number(tag, "sample.location_id")
      case 2 where tag.type == 2:
        var list = try reader.lengthDelimited("sample.value")
        while !list.isAtEnd {
          let value = try list.varint("sample.value")
          if valueCount < typeCount { values.set(Int64(bitPattern: value), column: valueCount) }
          valueCount &+= 1
        }
        try list.finish("sample.value")
      case 2:
        let value = try reader.number(tag, "sample.value")
        if valueCount < typeCount { values.set(Int64(bitPattern: value), column: valueCount) }
        valueCount &+= 1
      case 3:
        _ = try reader.message(tag, "sample.label")
        if labelsStart < 0 { labelsStart = start }
        labelsEnd = reader.offset
      default: try reader.skip(tag, "sample")
      }
    }
    try reader.finish("sample")
    if hasOneList, let list {
      try appendStack(list, locations)
    } else {
      try appendScatteredStack(message, locations)
    }
    guard valueCount == typeCount else {
      throw .wrongValueCount(offset: message.offset, values: valueCount, types: typeCount)
    }
    if labelsStart >= 0 {
      let set = try labels.set(message.slice(labelsStart..<labelsEnd))
      if !hasLabels {
        hasLabels = true
        labelSets.append(repeating: .empty, count: values.count)
      }
      labelSets.append(set)
    } else if hasLabels {
      labelSets.append(.empty)
    }
    values.endRow()
  }

  /// Appends the stack of a list, of which only what differs from the last one is decoded.
  @inline(__always)
  private mutating func appendStack(
    _ list: WireReader, _ locations: borrowing IDMap
  ) throws(ProfileDecodingError) {
    var own = list
    var shared = 0
    if let lastList, stacks.sharableDepth == stacks.lastDepth {
      // Each location has one byte that ends it: those before what is shared are not shared.
      let same = VarintList.commonEnd(list.bytes, lastList)
      shared = stacks.lastDepth &- VarintList.count(lastList.prefix(lastList.count &- same))
      own = list.prefix(list.remaining &- same)
    }
    // No more locations than there are bytes: each takes one at least.
    try stacks.append(sharing: shared, upTo: own.remaining) {
      (stack) throws(ProfileDecodingError) -> Int in
      try Self.decodeStack(own, to: stack, locations: locations, highest: &highestLocation)
    }
    lastList = list.bytes
  }

  /// Appends the stack of a sample with any number of lists and of locations by themselves.
  @inline(never)
  private mutating func appendScatteredStack(
    _ message: WireReader, _ locations: borrowing IDMap
  ) throws(ProfileDecodingError) {
    var reader = message
    lastList = nil
    try stacks.append(upTo: reader.remaining) { (stack) throws(ProfileDecodingError) -> Int in
      var depth = 0
      while !reader.isAtEnd {
        let tag = try reader.tag("sample")
        // `depth` stays below the bytes of this message: every turn reads one of them, or the check
        // at the end of a list, which comes before any other list, fails.
        if tag.field != 1 {
          try reader.skip(tag, "sample")
        } else if tag.type == 2 {
          let list = try reader.lengthDelimited("sample.location_id")
          depth &+= try Self.decodeStack(
            list, to: stack + depth, locations: locations, highest: &highestLocation)
        } else {
          let id = try reader.number(tag, "sample.location_id")
          let row = locations.row(of: id)
          guard row != .max else { throw Self.dangling(id, reader.offset) }
          stack[depth] = LocationID(rawValue: row)
          highestLocation = max(highestLocation, row)
          depth &+= 1
        }
      }
      return depth
    }
  }

  /// Decodes a packed list of locations; returns how many there are.
  ///
  /// On its own, so that all it works with stays in registers: most of a profile is such lists.
  /// - Parameter stack: room for as many locations as the list has bytes.
  @inline(never)
  private static func decodeStack(
    _ list: WireReader, to stack: UnsafeMutablePointer<LocationID>, locations: borrowing IDMap,
    highest: inout UInt32
  ) throws(ProfileDecodingError) -> Int {
    var list = list
    var next = stack
    var highestHere: UInt32 = 0
    let denseCount = locations.denseCount
    while !list.isAtEnd {
      let id = try list.varint("sample.location_id")
      var row = UInt32(truncatingIfNeeded: id &- 1)
      if id &- 1 >= denseCount {
        row = locations.row(of: id)
        guard row != .max else { throw dangling(id, list.offset) }
      }
      next.initialize(to: LocationID(rawValue: row))
      next += 1
      highestHere = max(highestHere, row)
    }
    highest = max(highest, highestHere)
    try list.finish("sample.location_id")
    return next - stack
  }

  /// Puts right what was decoded before there were tables of locations and strings.
  mutating func resolve(
    locations: borrowing IDMap, count: Int, stringIDs: Column<StringID>
  ) throws(ProfileDecodingError) {
    // Rows are ids less one as far as ids are dense: mostly all are, and nothing is to be done.
    if locations.denseCount < UInt64(count) || highestLocation >= locations.denseCount {
      try stacks.mapLocations { (location) throws(ProfileDecodingError) in
        let id = UInt64(location.rawValue) + 1
        let row = locations.row(of: id)
        guard row != .max else { throw Self.dangling(id, 0) }
        return LocationID(rawValue: row)
      }
    }
    let sets = try labels.resolve(stringIDs)
    if sets.indices.allSatisfy({ sets[$0].index == $0 + 1 }) { return }
    for row in 0..<labelSets.count where labelSets[row] != .empty {
      labelSets[row] = sets[labelSets[row].index - 1]
    }
  }

  /// The profile of the samples and the tables that they refer to.
  consuming func finish(_ parts: borrowing PprofParts) throws(ProfileDecodingError) -> Profile {
    guard !stacks.isTooLarge else { throw .tooMany("frames") }
    let count = values.count
    var sampleStacks = ColumnBuilder<StackID>(capacity: count)
    for row in 0..<count { sampleStacks.append(StackID(rawValue: UInt32(row))) }
    let samples = SampleTable(
      stacks: sampleStacks.finish(), values: values.finish(), labelSets: labelSets.finish())
    return Profile(
      header: parts.header, strings: parts.strings, mappings: parts.mappings,
      functions: parts.functions, locations: parts.locations, stacks: stacks.finish(),
      labelSets: labels.finish(), samples: samples)
  }

  @inline(never)
  private static func dangling(_ id: UInt64, _ offset: Int) -> ProfileDecodingError {
    .danglingID(offset: offset, field: "location", id: id)
  }
}
