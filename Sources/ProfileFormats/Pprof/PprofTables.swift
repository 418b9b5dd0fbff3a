import ProfileModel

/// What a walk over a profile finds: everything but the samples.
///
/// References are kept as the file has them, since a table may come before the one it refers to.
struct PprofTables: ~Copyable {
  var strings = StringTableBuilder(capacity: 1024)
  /// The string of each index that the file uses.
  var stringIDs: ColumnBuilder<StringID>

  var header = PprofHeader()
  var mappings: [PprofMapping] = []

  var functionIDs: ColumnBuilder<UInt64>
  /// Indices of strings until they are resolved; `.none` for what no table could have.
  var functionNames: ColumnBuilder<StringID>
  var functionSystemNames: ColumnBuilder<StringID>
  var functionFiles: ColumnBuilder<StringID>
  var functionStartLines: ColumnBuilder<Int64>

  var locationIDs: ColumnBuilder<UInt64>
  var locationAddresses: ColumnBuilder<UInt64>
  var locationMappings: ColumnBuilder<UInt64>
  var areLocationsFolded: ColumnBuilder<Bool>
  var lineStarts: ColumnBuilder<UInt32>
  var lineFunctions: ColumnBuilder<UInt64>
  var lineNumbers: ColumnBuilder<Int64>
  var lineColumns: ColumnBuilder<Int64>

  var sampleCount = 0
  /// From the tag of the first sample to the end of the last one; other fields may stand between.
  var sampleRegion = 0..<0

  /// Bytes between two calls of a progress handler.
  private static let progressStep = 16 << 20

  /// Without any rows yet.
  ///
  /// - Parameter byteCount: how many bytes tables and samples take.
  init(byteCount: Int) {
    // More rows are accepted. Room that is not used takes no memory where there is much of it.
    let rows = min(byteCount / 64, 1 << 15)
    stringIDs = ColumnBuilder(capacity: rows)
    functionIDs = ColumnBuilder(capacity: rows)
    functionNames = ColumnBuilder(capacity: rows)
    functionSystemNames = ColumnBuilder(capacity: rows)
    functionFiles = ColumnBuilder(capacity: rows)
    functionStartLines = ColumnBuilder(capacity: rows)
    locationIDs = ColumnBuilder(capacity: rows)
    locationAddresses = ColumnBuilder(capacity: rows)
    locationMappings = ColumnBuilder(capacity: rows)
    areLocationsFolded = ColumnBuilder(capacity: rows)
    lineStarts = ColumnBuilder(capacity: rows)
    lineFunctions = ColumnBuilder(capacity: rows)
    lineNumbers = ColumnBuilder(capacity: rows)
    lineColumns = ColumnBuilder(capacity: rows)
    lineStarts.append(0)
  }

  /// What stands in `bytes`, where samples are hopped over.
  init(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) {
    self.init(byteCount: bytes.count)
    var reader = WireReader(bytes)
    var reported = 0
    while !reader.isAtEnd {
      if reader.offset >= reported {
        reported = reader.offset + Self.progressStep
        let done = DecodingProgress(
          step: .readingTables, completedBytes: reader.offset, totalBytes: bytes.count)
        guard progress(done) else { throw .cancelled }
      }
      let start = reader.offset
      let tag = try reader.tag("profile")
      if tag == WireReader.Tag(field: 2, type: 2) {
        _ = try reader.lengthDelimited("sample")
        if sampleCount == 0 { sampleRegion = start..<start }
        sampleRegion = sampleRegion.lowerBound..<reader.offset
        sampleCount += 1
      } else {
        try readField(tag, &reader)
      }
    }
    try reader.finish("profile")
  }

  /// Reads the field with the tag, which is no sample.
  mutating func readField(
    _ tag: WireReader.Tag, _ reader: inout WireReader
  ) throws(ProfileDecodingError) {
    switch tag.field {
    case 1: header.sampleTypes.append(try valueType(reader.message(tag, "sample_type")))
    case 2: _ = try reader.message(tag, "sample")
    case 3: mappings.append(try PprofMapping(reader.message(tag, "mapping")))
    case 4: try readLocation(reader.message(tag, "location"))
    case 5: try readFunction(reader.message(tag, "function"))
    case 6:
      let start = reader.offset
      let string = try reader.message(tag, "string_table")
      if stringIDs.count == 0, string.remaining != 0 { throw .firstStringNotEmpty(offset: start) }
      guard stringIDs.count < UInt32.max - 1, strings.byteCount + string.remaining < UInt32.max
      else { throw .tooMany("strings") }
      stringIDs.append(strings.intern(string.bytes))
    case 7: header.dropFrames = try reader.number(tag, "drop_frames")
    case 8: header.keepFrames = try reader.number(tag, "keep_frames")
    case 9:
      if header.timeNanos != 0 { throw .concatenated(offset: reader.offset) }
      header.timeNanos = try Int64(bitPattern: reader.number(tag, "time_nanos"))
    case 10: header.durationNanos = try Int64(bitPattern: reader.number(tag, "duration_nanos"))
    case 11: header.periodType = try valueType(reader.message(tag, "period_type"))
    case 12: header.period = try Int64(bitPattern: reader.number(tag, "period"))
    case 13:
      guard tag.type == 2 else {
        header.comments.append(try reader.number(tag, "comment"))
        return
      }
      var list = try reader.lengthDelimited("comment")
      while !list.isAtEnd { header.comments.append(try list.varint("comment")) }
      try list.finish("comment")
    case 14: header.defaultSampleType = try reader.number(tag, "default_sample_type")
    case 15: header.docURL = try reader.number(tag, "doc_url")
    default: try reader.skip(tag, "profile")
    }
  }

  private func valueType(
    _ message: WireReader
  ) throws(ProfileDecodingError) -> PprofValueType {
    var reader = message
    var value = PprofValueType()
    while !reader.isAtEnd {
      let tag = try reader.tag("value_type")
      switch tag.field {
      case 1: value.type = try reader.number(tag, "value_type.type")
      case 2: value.unit = try reader.number(tag, "value_type.unit")
      default: try reader.skip(tag, "value_type")
      }
    }
    try reader.finish("value_type")
    return value
  }

  private mutating func readFunction(_ message: WireReader) throws(ProfileDecodingError) {
    var reader = message
    var id: UInt64 = 0
    var name: UInt64 = 0
    var systemName: UInt64 = 0
    var file: UInt64 = 0
    var startLine: UInt64 = 0
    while !reader.isAtEnd {
      let tag = try reader.tag("function")
      switch tag.field {
      case 1: id = try reader.number(tag, "function.id")
      case 2: name = try reader.number(tag, "function.name")
      case 3: systemName = try reader.number(tag, "function.system_name")
      case 4: file = try reader.number(tag, "function.filename")
      case 5: startLine = try reader.number(tag, "function.start_line")
      default: try reader.skip(tag, "function")
      }
    }
    try reader.finish("function")
    guard functionIDs.count < UInt32.max - 1 else { throw .tooMany("functions") }
    functionIDs.append(id)
    functionNames.append(StringID(rawValue: UInt32(clamping: name)))
    functionSystemNames.append(StringID(rawValue: UInt32(clamping: systemName)))
    functionFiles.append(StringID(rawValue: UInt32(clamping: file)))
    functionStartLines.append(Int64(bitPattern: startLine))
  }

  private mutating func readLocation(_ message: WireReader) throws(ProfileDecodingError) {
    var reader = message
    var id: UInt64 = 0
    var mapping: UInt64 = 0
    var address: UInt64 = 0
    var isFolded = false
    while !reader.isAtEnd {
      let tag = try reader.tag("location")
      switch tag.field {
      case 1: id = try reader.number(tag, "location.id")
      case 2: mapping = try reader.number(tag, "location.mapping_id")
      case 3: address = try reader.number(tag, "location.address")
      case 4: try readLine(reader.message(tag, "location.line"))
      case 5: isFolded = try reader.number(tag, "location.is_folded") != 0
      default: try reader.skip(tag, "location")
      }
    }
    try reader.finish("location")
    guard locationIDs.count < UInt32.max - 1, lineNumbers.count < UInt32.max else {
      throw .tooMany("locations")
    }
    locationIDs.append(id)
    locationMappings.append(mapping)
    locationAddresses.append(address)
    areLocationsFolded.append(isFolded)
    lineStarts.append(UInt32(lineNumbers.count))
  }

  private mutating func readLine(_ message: WireReader) throws(ProfileDecodingError) {
    var reader = message
    var function: UInt64 = 0
    var line: UInt64 = 0
    var column: UInt64 = 0
    while !reader.isAtEnd {
      let tag = try reader.tag("line")
      switch tag.field {
      case 1: function = try reader.number(tag, "line.function_id")
      case 2: line = try reader.number(tag, "line.line")
      case 3: column = try reader.number(tag, "line.column")
      default: try reader.skip(tag, "line")
      }
    }
    try reader.finish("line")
    lineFunctions.append(function)
    lineNumbers.append(Int64(bitPattern: line))
    lineColumns.append(Int64(bitPattern: column))
  }
}

/// A type and a unit, as indices of strings.
struct PprofValueType {
  var type: UInt64 = 0
  var unit: UInt64 = 0
}

/// The fields of a profile that are there once, with indices for strings.
struct PprofHeader {
  var sampleTypes: [PprofValueType] = []
  var periodType: PprofValueType?
  var dropFrames: UInt64 = 0
  var keepFrames: UInt64 = 0
  var timeNanos: Int64 = 0
  var durationNanos: Int64 = 0
  var period: Int64 = 0
  var comments: [UInt64] = []
  var defaultSampleType: UInt64 = 0
  var docURL: UInt64 = 0
}

/// A mapping with indices for strings.
struct PprofMapping {
  var id: UInt64 = 0
  var start: UInt64 = 0
  var limit: UInt64 = 0
  var offset: UInt64 = 0
  var file: UInt64 = 0
  var buildID: UInt64 = 0
  var hasFunctions = false
  var hasFilenames = false
  var hasLineNumbers = false
  var hasInlineFrames = false

  init(_ message: WireReader) throws(ProfileDecodingError) {
    var reader = message
    while !reader.isAtEnd {
      let tag = try reader.tag("mapping")
      switch tag.field {
      case 1: id = try reader.number(tag, "mapping.id")
      case 2: start = try reader.number(tag, "mapping.memory_start")
      case 3: limit = try reader.number(tag, "mapping.memory_limit")
      case 4: offset = try reader.number(tag, "mapping.file_offset")
      case 5: file = try reader.number(tag, "mapping.filename")
      case 6: buildID = try reader.number(tag, "mapping.build_id")
      case 7: hasFunctions = try reader.number(tag, "mapping.has_functions") != 0
      case 8: hasFilenames = try reader.number(tag, "mapping.has_filenames") != 0
      case 9: hasLineNumbers = try reader.number(tag, "mapping.has_line_numbers") != 0
      case 10: hasInlineFrames = try reader.number(tag, "mapping.has_inline_frames") != 0
      default: try reader.skip(tag, "mapping")
      }
    }
    try reader.finish("mapping")
  }
}
