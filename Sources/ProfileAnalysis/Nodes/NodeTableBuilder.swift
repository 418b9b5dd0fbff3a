import ProfileModel

/// Finds out which node each line of each location belongs to.
struct NodeTableBuilder: ~Copyable {
  var strings: NodeStrings
  var rows: NodeRows
  var locationStarts: ColumnBuilder<UInt32>
  var locationNodes: ColumnBuilder<NodeID>

  private let profile: Profile
  private let granularity: Granularity
  private let options: NodeOptions
  private let keepsColumns: Bool
  /// The name and the file that the granularity keeps of each function.
  private var functionNames: [StringID] = []
  private var functionFiles: [StringID] = []
  /// The node of each function, where nothing else tells its nodes apart; `.none` until known.
  private var functionNodes: [NodeID]
  /// The node of each name of the profile, where that is all that counts; `.none` until known.
  private var nameNodes: [NodeID]
  /// The nodes of functions with lines, where those tell them apart.
  private var lineNodes: FunctionLineNodes
  /// The file of each mapping; `.none` until asked for.
  private var objectFiles: [StringID]

  init(_ profile: Profile, granularity: Granularity, options: NodeOptions) {
    self.profile = profile
    self.granularity = granularity
    self.options = options
    keepsColumns =
      granularity == .addresses && !options.mergesInlined
      || granularity.keepsLine && options.keepsColumns
    strings = NodeStrings(profile.strings)
    locationStarts = ColumnBuilder(capacity: profile.locations.count + 1)
    locationNodes = ColumnBuilder(
      capacity: max(profile.locations.count, profile.locations.lines.count))
    objectFiles = Array(repeating: .none, count: profile.mappings.count)
    lineNodes = FunctionLineNodes()
    let isDecidedByFunction = !granularity.keepsLine && !options.keepsObjectFiles
    functionNodes = Array(
      repeating: .none, count: isDecidedByFunction ? profile.functions.count : 0)
    rows = NodeRows(capacity: functionNodes.count)
    let isDecidedByName = isDecidedByFunction && granularity == .functions
    nameNodes = Array(repeating: .none, count: isDecidedByName ? profile.strings.count : 0)
    locationStarts.append(0)
    keepProperties(of: profile.functions)
    if granularity.keepsName, granularity.keepsFile, !granularity.keepsAddress,
      !options.keepsObjectFiles
    {
      lineNodes = FunctionLineNodes(
        names: functionNames, files: functionFiles, stringCount: profile.strings.count)
    }
  }

  /// Appends the nodes of the location, which is the one after the location added last.
  mutating func addLocation(_ location: LocationID) {
    var lines = profile.locations.lineRange(of: location)
    if options.mergesInlined { lines = lines.suffix(1) }
    if lines.isEmpty {
      var row = NodeRow()
      row.address = granularity.keepsAddress ? profile.locations.addresses[location.index] : 0
      row.objectFile = objectFile(of: location)
      locationNodes.append(rows.intern(row))
    }
    for line in lines {
      locationNodes.append(node(of: profile.locations.lines[line], in: location))
    }
    locationStarts.append(UInt32(locationNodes.count))
  }

  private mutating func node(of line: Line, in location: LocationID) -> NodeID {
    let function = line.function.index
    if !functionNodes.isEmpty, !functionNodes[function].isNone { return functionNodes[function] }
    var row = NodeRow()
    row.name = functionNames[function]
    row.file = functionFiles[function]
    row.line = granularity.keepsLine ? line.line : 0
    row.column = keepsColumns ? line.column : 0
    row.address = granularity.keepsAddress ? profile.locations.addresses[location.index] : 0
    let isNameless = row.name == .empty
    if isNameless || options.keepsObjectFiles {
      row.objectFile = objectFile(of: location)
      row.startLine = granularity == .packages ? 0 : profile.functions.startLines[function]
    }
    let node: NodeID
    if isNameless {
      node = rows.intern(row)
    } else if !nameNodes.isEmpty {
      node = namedNode(row)
    } else {
      node = lineNodes.node(of: row, function, in: &rows)
    }
    if !isNameless, !functionNodes.isEmpty { functionNodes[function] = node }
    return node
  }

  /// The node of a name, which needs no search.
  private mutating func namedNode(_ row: NodeRow) -> NodeID {
    if nameNodes[row.name.index].isNone { nameNodes[row.name.index] = rows.append(row) }
    return nameNodes[row.name.index]
  }

  private mutating func objectFile(of location: LocationID) -> StringID {
    let mapping = profile.locations.mappings[location.index]
    guard !mapping.isNone else { return .empty }
    if objectFiles[mapping.index].isNone {
      objectFiles[mapping.index] = strings.intern(Array(profile.mappings[mapping.index].file.utf8))
    }
    return objectFiles[mapping.index]
  }

  private mutating func keepProperties(of functions: FunctionTable) {
    let count = functions.count
    functionNames = Array(repeating: .empty, count: count)
    functionFiles = Array(repeating: .empty, count: count)
    if granularity == .packages {
      for index in 0..<count { functionNames[index] = package(ofFunction: index) }
    } else if granularity.keepsName {
      for index in 0..<count { functionNames[index] = functions.names[index] }
    }
    guard granularity.keepsFile else { return }
    let trimming = FileTrimming(trimPath: options.trimPath, sourcePath: options.sourcePath)
    var known = [StringID](repeating: .none, count: profile.strings.count)
    for index in 0..<count {
      let filename = functions.filenames[index]
      if known[filename.index].isNone {
        known[filename.index] = filename == .empty ? .empty : cleanedFile(filename, trimming)
      }
      functionFiles[index] = known[filename.index]
    }
  }

  private mutating func cleanedFile(_ filename: StringID, _ trimming: FileTrimming) -> StringID {
    let changed: [UInt8]? = profile.strings.withBytes(of: filename) { bytes in
      let count = options.keepsFilePaths ? 0 : trimming.trimmedCount(of: bytes)
      let trimmed = UnsafeBufferPointer(rebasing: bytes[count...])
      if trimmed.isEmpty { return [] }
      if FilePath.isClean(trimmed) { return trimmed.count == bytes.count ? nil : Array(trimmed) }
      return FilePath.cleaned(trimmed)
    }
    return changed.map { strings.intern($0) } ?? filename
  }

  private mutating func package(ofFunction index: Int) -> StringID {
    let functions = profile.functions
    let package = profile.strings.withBytes(of: functions.names[index]) { name in
      profile.strings.withBytes(of: functions.filenames[index]) { file in
        PackageName.of(function: name, file: file)
      }
    }
    return strings.intern(package)
  }
}
