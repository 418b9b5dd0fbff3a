import ProfileModel

/// The tables of a profile with every reference resolved: all but its samples.
struct PprofParts: ~Copyable {
  let header: ProfileHeader
  let strings: StringTable
  let mappings: [Mapping]
  let functions: FunctionTable
  let locations: LocationTable
  /// The locations by the ids that samples use.
  let locationMap: IDMap
  /// The string of each index that the file uses.
  let stringIDs: Column<StringID>
}

extension PprofTables {
  /// Checks what refers to what, and turns indices and ids into those of the model.
  ///
  /// References that the columns cannot resolve are looked for once more in `bytes`, to say where.
  consuming func resolved(
    _ bytes: UnsafeRawBufferPointer
  ) throws(ProfileDecodingError) -> PprofParts {
    let place = PprofPlaces(bytes)
    guard stringIDs.count > 0 else { throw .missingStringTable }

    let mappingIDs = Column(mappings.map(\.id))
    let mappingMap = try Self.map(mappingIDs, field: 3, place)
    let functionIDs = self.functionIDs.finish()
    let functionMap = try Self.map(functionIDs, field: 5, place)
    let locationIDs = self.locationIDs.finish()
    let locationMap = try Self.map(locationIDs, field: 4, place)

    for row in 0..<functionNames.count {
      let name = functionNames[row].index
      let systemName = functionSystemNames[row].index
      let file = functionFiles[row].index
      guard max(name, systemName, file) < stringIDs.count else {
        throw .stringOutOfRange(
          offset: place.offset(ofRow: row, field: 5), field: "function", count: stringIDs.count)
      }
      functionNames[row] = stringIDs[name]
      functionSystemNames[row] = stringIDs[systemName]
      functionFiles[row] = stringIDs[file]
    }

    var mappingColumn = ColumnBuilder<MappingID>(capacity: locationMappings.count)
    for row in 0..<locationMappings.count {
      // Mappings that are not there count as none, as pprof has it.
      mappingColumn.append(MappingID(rawValue: mappingMap.row(of: locationMappings[row])))
    }
    var lines = ColumnBuilder<Line>(capacity: lineNumbers.count)
    for row in 0..<lineNumbers.count {
      let function = functionMap.row(of: lineFunctions[row])
      guard function != .max else {
        throw .danglingID(
          offset: place.offset(ofLine: row), field: "function", id: lineFunctions[row])
      }
      lines.append(
        Line(
          function: FunctionID(rawValue: function), line: lineNumbers[row],
          column: lineColumns[row]))
    }

    let stringIDs = self.stringIDs.finish()
    let strings = self.strings.finish()
    let words = PprofStrings(strings: strings, ids: stringIDs, place: place)
    return PprofParts(
      header: try words.header(self.header), strings: strings,
      mappings: try words.mappings(self.mappings),
      functions: FunctionTable(
        ids: functionIDs, names: functionNames.finish(),
        systemNames: functionSystemNames.finish(), filenames: functionFiles.finish(),
        startLines: functionStartLines.finish()),
      locations: LocationTable(
        ids: locationIDs, addresses: locationAddresses.finish(), mappings: mappingColumn.finish(),
        areFolded: areLocationsFolded.finish(), lineStarts: lineStarts.finish(),
        lines: lines.finish()),
      locationMap: locationMap, stringIDs: stringIDs)
  }

  private static func map(
    _ ids: Column<UInt64>, field: UInt64, _ place: PprofPlaces
  ) throws(ProfileDecodingError) -> IDMap {
    do {
      return try IDMap(ids)
    } catch {
      let table = [3: "mapping", 4: "location", 5: "function"][field, default: "row"]
      switch error {
      case .zero(let row):
        throw .zeroID(offset: place.offset(ofRow: row, field: field), table: table)
      case .duplicate(let row):
        let offset = place.offset(ofRow: row, field: field)
        throw .duplicateID(offset: offset, table: table, id: ids[row])
      }
    }
  }
}

/// Turns indices of strings into strings.
private struct PprofStrings {
  let strings: StringTable
  let ids: Column<StringID>
  let place: PprofPlaces

  func header(_ raw: PprofHeader) throws(ProfileDecodingError) -> ProfileHeader {
    var header = ProfileHeader(sampleTypes: [])
    for (row, type) in raw.sampleTypes.enumerated() {
      header.sampleTypes.append(
        ValueType(
          type: try string(type.type, "sample_type.type", row: row, of: 1),
          unit: try string(type.unit, "sample_type.unit", row: row, of: 1)))
    }
    if let type = raw.periodType {
      header.periodType = ValueType(
        type: try string(type.type, "period_type.type", of: 11),
        unit: try string(type.unit, "period_type.unit", of: 11))
    }
    header.period = raw.period
    header.timeNanos = raw.timeNanos
    header.durationNanos = raw.durationNanos
    header.dropFrames = try string(raw.dropFrames, "drop_frames", of: 7)
    header.keepFrames = try string(raw.keepFrames, "keep_frames", of: 8)
    header.defaultSampleType = try string(raw.defaultSampleType, "default_sample_type", of: 14)
    header.docURL = try string(raw.docURL, "doc_url", of: 15)
    for comment in raw.comments { header.comments.append(try string(comment, "comment", of: 13)) }
    return header
  }

  func mappings(_ raw: [PprofMapping]) throws(ProfileDecodingError) -> [Mapping] {
    var mappings: [Mapping] = []
    mappings.reserveCapacity(raw.count)
    for (row, each) in raw.enumerated() {
      var mapping = Mapping()
      mapping.id = each.id
      mapping.start = each.start
      mapping.limit = each.limit
      mapping.offset = each.offset
      mapping.file = try string(each.file, "mapping.filename", row: row, of: 3)
      mapping.buildID = try string(each.buildID, "mapping.build_id", row: row, of: 3)
      mapping.hasFunctions = each.hasFunctions
      mapping.hasFilenames = each.hasFilenames
      mapping.hasLineNumbers = each.hasLineNumbers
      mapping.hasInlineFrames = each.hasInlineFrames
      mappings.append(mapping)
    }
    return mappings
  }

  private func string(
    _ index: UInt64, _ name: StaticString, row: Int = 0, of field: UInt64
  ) throws(ProfileDecodingError) -> String {
    guard index < UInt64(ids.count) else {
      throw .stringOutOfRange(
        offset: place.offset(ofRow: row, field: field), field: name.description, count: ids.count)
    }
    return strings[ids[Int(index)]]
  }
}
