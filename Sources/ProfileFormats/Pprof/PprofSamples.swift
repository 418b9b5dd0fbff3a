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
  private let region: Range<Int>

  /// Samples between two calls of a progress handler.
  private static let progressStep = 1 << 15

  /// - Parameters:
  ///   - count: the samples that there are.
  ///   - region: where they stand, with whatever is between them.
  init(
    count: Int, region: Range<Int>, typeCount: Int, stringIDs: Column<StringID>
  ) throws(ProfileDecodingError) {
    guard count < UInt32.max - 1 else { throw .tooMany("samples") }
    // Every value takes a byte at least: where there are fewer, no room is made for them.
    guard count == 0 || typeCount <= region.count / count else {
      throw .wrongValueCount(offset: region.lowerBound, values: 0, types: typeCount)
    }
    self.region = region
    self.typeCount = typeCount
    // A frame takes two bytes or three as a rule; room that is not used takes no memory.
    stacks = StackTableBuilder(stacks: count, locations: region.count / 2)
    values = ValueTableBuilder(columns: typeCount, rows: count)
    labels = PprofLabels(stringIDs: stringIDs)
  }

  /// Decodes every sample of the region, skipping what else stands there.
  mutating func decode(
    _ bytes: UnsafeRawBufferPointer, locations: borrowing IDMap,
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
  private mutating func decode(
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
      try Self.decodeStack(own, to: stack, locations: locations)
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
          depth &+= try Self.decodeStack(list, to: stack + depth, locations: locations)
        } else {
          let id = try reader.number(tag, "sample.location_id")
          let row = locations.row(of: id)
          guard row != .max else { throw Self.dangling(id, reader.offset) }
          stack[depth] = LocationID(rawValue: row)
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
    _ list: WireReader, to stack: UnsafeMutablePointer<LocationID>, locations: borrowing IDMap
  ) throws(ProfileDecodingError) -> Int {
    var list = list
    var next = stack
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
    }
    try list.finish("sample.location_id")
    return next - stack
  }

  /// The tables of stacks, labels and samples.
  consuming func finish() throws(ProfileDecodingError) -> (StackTable, LabelTable, SampleTable) {
    guard !stacks.isTooLarge else { throw .tooMany("frames") }
    let count = values.count
    var sampleStacks = ColumnBuilder<StackID>(capacity: count)
    for row in 0..<count { sampleStacks.append(StackID(rawValue: UInt32(row))) }
    let samples = SampleTable(
      stacks: sampleStacks.finish(), values: values.finish(), labelSets: labelSets.finish())
    return (stacks.finish(), labels.finish(), samples)
  }

  @inline(never)
  private static func dangling(_ id: UInt64, _ offset: Int) -> ProfileDecodingError {
    .danglingID(offset: offset, field: "location", id: id)
  }
}
