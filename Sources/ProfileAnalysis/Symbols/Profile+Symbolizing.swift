import ProfileModel

/// What an executable knows of an address.
public struct SymbolFrame: Hashable, Sendable {
  public var function: String
  /// Empty where unknown.
  public var file: String
  /// 0 where unknown.
  public var line: Int64

  public init(function: String, file: String = "", line: Int64 = 0) {
    self.function = function
    self.file = file
    self.line = line
  }
}

extension Profile {
  /// The profile with names for the addresses that `frames` knows.
  ///
  /// Mappings that have names already are left alone, unless `isForced`.
  ///
  /// - Parameter symbols: what is known of a mapping's addresses: the frames at one, innermost first,
  ///   none where it is unknown. nil where nothing is known of the mapping.
  /// - Complexity: O(*n*) in locations, where any mapping is known.
  public func symbolizing(
    isForced: Bool, symbols: (Mapping) -> ((UInt64) -> [SymbolFrame])?
  ) -> Profile {
    var isUsed = [Bool](repeating: false, count: mappings.count)
    for mapping in locations.mappings where !mapping.isNone { isUsed[mapping.index] = true }
    var mappings = self.mappings
    let sources = mappings.indices.map { index -> ((UInt64) -> [SymbolFrame])? in
      let mapping = mappings[index]
      let isKnown = mapping.hasFunctions || mapping.hasFilenames || mapping.hasLineNumbers
      return isUsed[index] && (isForced || !isKnown) ? symbols(mapping) : nil
    }
    guard sources.contains(where: { $0 != nil }) else { return self }
    var table = SymbolizedTables(self)
    for location in locations.indices {
      let mapping = locations.mappings[location]
      let frames =
        mapping.isNone ? [] : sources[mapping.index]?(locations.addresses[location]) ?? []
      table.add(frames, location)
      guard !frames.isEmpty else { continue }
      mappings[mapping.index].note(frames)
    }
    return table.finish(mappings: mappings)
  }
}

extension Mapping {
  fileprivate mutating func note(_ frames: [SymbolFrame]) {
    hasInlineFrames = true
    for frame in frames {
      if !frame.function.isEmpty { hasFunctions = true }
      if !frame.file.isEmpty { hasFilenames = true }
      if frame.line != 0 { hasLineNumbers = true }
    }
  }
}

/// The functions and lines of a profile while names are added.
private struct SymbolizedTables: ~Copyable {
  private let profile: Profile
  private var strings: StringTableBuilder
  private var known: [SymbolFrame: FunctionID] = [:]
  private var ids: [UInt64]
  private var nextID: UInt64
  private var names: [StringID]
  private var systemNames: [StringID]
  private var files: [StringID]
  private var startLines: [Int64]
  private var areFolded: [Bool] = []
  private var lineStarts: [UInt32] = [0]
  private var lines: [Line] = []

  init(_ profile: Profile) {
    self.profile = profile
    strings = StringTableBuilder(profile.strings)
    ids = Array(profile.functions.ids)
    nextID = (ids.max() ?? 0) &+ 1
    names = Array(profile.functions.names)
    systemNames = Array(profile.functions.systemNames)
    files = Array(profile.functions.filenames)
    startLines = Array(profile.functions.startLines)
  }

  /// Adds the lines of a location: those of the frames, or where there are none its own.
  mutating func add(_ frames: [SymbolFrame], _ location: Int) {
    if frames.isEmpty {
      lines += profile.locations.lines(of: LocationID(location))
    } else {
      for frame in frames { lines.append(Line(function: function(frame), line: frame.line)) }
    }
    areFolded.append(frames.isEmpty && profile.locations.areFolded[location])
    lineStarts.append(UInt32(truncatingIfNeeded: lines.count))
  }

  private mutating func function(_ frame: SymbolFrame) -> FunctionID {
    var key = frame
    key.line = 0
    if let id = known[key] { return id }
    let id = FunctionID(names.count)
    let name = strings.intern(frame.function)
    ids.append(nextID)
    nextID &+= 1
    names.append(name)
    systemNames.append(name)
    files.append(strings.intern(frame.file))
    startLines.append(0)
    known[key] = id
    return id
  }

  consuming func finish(mappings: [Mapping]) -> Profile {
    let locations = profile.locations
    return profile.replacing(
      strings: strings.finish(), mappings: mappings,
      functions: FunctionTable(
        ids: Column(ids), names: Column(names), systemNames: Column(systemNames),
        filenames: Column(files), startLines: Column(startLines)),
      locations: LocationTable(
        ids: locations.ids, addresses: locations.addresses, mappings: locations.mappings,
        areFolded: Column(areFolded), lineStarts: Column(lineStarts), lines: Column(lines)))
  }
}
