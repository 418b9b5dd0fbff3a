/// Makes a profile row by row: for text formats, for profiles that are computed, and for tests.
///
/// Strings, functions and locations are shared where they are equal. The wire decoder, which has
/// millions of rows to place, fills the columns itself.
public struct ProfileBuilder: ~Copyable {
  public var header: ProfileHeader
  public private(set) var mappings: [Mapping] = []
  public var warnings: [ProfileWarning] = []

  private var strings = StringTableBuilder()
  private var functions: [FunctionKey] = []
  private var functionIDs: [FunctionKey: FunctionID] = [:]
  private var locations: [LocationKey] = []
  private var locationIDs: [LocationKey: LocationID] = [:]
  private var stacks = StackTableBuilder()
  private var stackIDs: [[LocationID]: StackID] = [:]
  private var labelSets = LabelTableBuilder()
  private var sampleStacks = ColumnBuilder<StackID>()
  private var sampleLabels = ColumnBuilder<LabelSetID>()
  private var values: [[Int64]]

  private struct FunctionKey: Hashable {
    var name, systemName, filename: StringID
    var startLine: Int64
  }

  private struct LocationKey: Hashable {
    var address: UInt64
    var mapping: MappingID
    var isFolded: Bool
    var lines: [Line]
  }

  public init(header: ProfileHeader) {
    self.header = header
    values = Array(repeating: [], count: header.sampleTypes.count)
  }

  /// A builder for values of the types given as `("alloc_space", "bytes")`.
  public init(sampleTypes: (type: String, unit: String)...) {
    let types = sampleTypes.map { ValueType(type: $0.type, unit: $0.unit) }
    self.init(header: ProfileHeader(sampleTypes: types))
  }

  /// Adds a mapping; one without an id is given the next.
  public mutating func addMapping(_ mapping: Mapping) -> MappingID {
    var mapping = mapping
    if mapping.id == 0 { mapping.id = UInt64(mappings.count + 1) }
    mappings.append(mapping)
    return MappingID(mappings.count - 1)
  }

  public mutating func string(_ string: String) -> StringID { strings.intern(string) }

  public mutating func string(_ bytes: UnsafeBufferPointer<UInt8>) -> StringID {
    strings.intern(bytes)
  }

  /// The function with these properties, added where it is new.
  ///
  /// - Parameter systemName: the name where nil.
  public mutating func function(
    _ name: StringID, systemName: StringID? = nil, file: StringID = .empty, startLine: Int64 = 0
  ) -> FunctionID {
    let key = FunctionKey(
      name: name, systemName: systemName ?? name, filename: file, startLine: startLine)
    if let id = functionIDs[key] { return id }
    let id = FunctionID(functions.count)
    functions.append(key)
    functionIDs[key] = id
    return id
  }

  public mutating func function(
    _ name: String, systemName: String? = nil, file: String = "", startLine: Int64 = 0
  ) -> FunctionID {
    let name = string(name)
    let system = systemName.map { strings.intern($0) }
    let file = string(file)
    return function(name, systemName: system, file: file, startLine: startLine)
  }

  /// The location with these properties, added where it is new.
  ///
  /// - Parameter lines: the innermost callee first; several where calls were inlined.
  public mutating func location(
    address: UInt64 = 0, mapping: MappingID = .none, isFolded: Bool = false, lines: [Line]
  ) -> LocationID {
    let key = LocationKey(address: address, mapping: mapping, isFolded: isFolded, lines: lines)
    if let id = locationIDs[key] { return id }
    let id = LocationID(locations.count)
    locations.append(key)
    locationIDs[key] = id
    return id
  }

  /// - Parameters:
  ///   - stack: leaf first.
  ///   - values: one for each sample type.
  public mutating func addSample(_ stack: [LocationID], values: [Int64], labels: [Label] = []) {
    precondition(values.count == self.values.count, "a value for each sample type")
    if let id = stackIDs[stack] {
      sampleStacks.append(id)
    } else {
      let id = StackID(stacks.count)
      stack.withUnsafeBufferPointer { stacks.append($0) }
      stackIDs[stack] = id
      sampleStacks.append(id)
    }
    for (index, value) in values.enumerated() { self.values[index].append(value) }
    sampleLabels.append(labelSets.intern(labels))
  }

  public consuming func finish() -> Profile {
    var lineStarts = ColumnBuilder<UInt32>(capacity: locations.count + 1)
    var lines = ColumnBuilder<Line>(capacity: locations.count)
    lineStarts.append(0)
    for location in locations {
      for line in location.lines { lines.append(line) }
      lineStarts.append(UInt32(lines.count))
    }
    let labelSets = self.labelSets.finish()
    return Profile(
      header: header, strings: strings.finish(), mappings: mappings,
      functions: FunctionTable(
        ids: Column((0..<functions.count).map { UInt64($0 + 1) }),
        names: Column(functions.map(\.name)), systemNames: Column(functions.map(\.systemName)),
        filenames: Column(functions.map(\.filename)),
        startLines: Column(functions.map(\.startLine))),
      locations: LocationTable(
        ids: Column((0..<locations.count).map { UInt64($0 + 1) }),
        addresses: Column(locations.map(\.address)), mappings: Column(locations.map(\.mapping)),
        areFolded: Column(locations.map(\.isFolded)), lineStarts: lineStarts.finish(),
        lines: lines.finish()),
      stacks: stacks.finish(),
      labelSets: labelSets,
      samples: SampleTable(
        stacks: sampleStacks.finish(), values: values.map { Column($0) },
        labelSets: labelSets.count > 1 ? sampleLabels.finish() : []),
      warnings: warnings)
  }
}
