/// A profile: samples over stacks of locations, in tables of dense ids over one string table.
///
/// Immutable and shared by reference. What filters and merges make is another profile, which shares
/// the columns that did not change. Every id resolves: whoever makes a profile has checked that
/// (`checkInvariants()` tells a test), so that analysis needs no check of its own.
public final class Profile: Sendable {
  public let header: ProfileHeader
  public let strings: StringTable
  public let mappings: [Mapping]
  public let functions: FunctionTable
  public let locations: LocationTable
  public let stacks: StackTable
  public let labelSets: LabelTable
  public let samples: SampleTable
  /// What is odd but not wrong about the file, in words for the user.
  public let warnings: [ProfileWarning]

  public init(
    header: ProfileHeader, strings: StringTable, mappings: [Mapping], functions: FunctionTable,
    locations: LocationTable, stacks: StackTable, labelSets: LabelTable, samples: SampleTable,
    warnings: [ProfileWarning] = []
  ) {
    precondition(samples.values.count == header.sampleTypes.count, "a column for each sample type")
    self.header = header
    self.strings = strings
    self.mappings = mappings
    self.functions = functions
    self.locations = locations
    self.stacks = stacks
    self.labelSets = labelSets
    self.samples = samples
    self.warnings = warnings
  }

  /// The same profile but for the parts given.
  public func replacing(
    header: ProfileHeader? = nil, strings: StringTable? = nil, mappings: [Mapping]? = nil,
    functions: FunctionTable? = nil, locations: LocationTable? = nil, stacks: StackTable? = nil,
    labelSets: LabelTable? = nil, samples: SampleTable? = nil
  ) -> Profile {
    Profile(
      header: header ?? self.header, strings: strings ?? self.strings,
      mappings: mappings ?? self.mappings,
      functions: functions ?? self.functions, locations: locations ?? self.locations,
      stacks: stacks ?? self.stacks, labelSets: labelSets ?? self.labelSets,
      samples: samples ?? self.samples, warnings: warnings)
  }

  /// Whether all but samples and stacks are the very tables of `other`: what was found out about
  /// locations there holds here.
  public func hasLocations(of other: Profile) -> Bool {
    locations.lines.isSame(as: other.locations.lines)
      && locations.lineStarts.isSame(as: other.locations.lineStarts)
      && locations.addresses.isSame(as: other.locations.addresses)
      && locations.mappings.isSame(as: other.locations.mappings)
      && functions.names.isSame(as: other.functions.names)
      && functions.filenames.isSame(as: other.functions.filenames)
      && functions.startLines.isSame(as: other.functions.startLines)
      && strings.allBytes.isSame(as: other.strings.allBytes) && mappings == other.mappings
  }

  /// Whether the stacks are the very table of `other`, of which the samples name others.
  public func hasStacks(of other: Profile) -> Bool {
    stacks.ownLocations.isSame(as: other.stacks.ownLocations)
      && stacks.starts.isSame(as: other.stacks.starts)
      && stacks.sharedDepths.isSame(as: other.stacks.sharedDepths)
  }

  /// The name to show of a function.
  public func name(of function: FunctionID) -> String { strings[functions.names[function.index]] }
}

/// Something odd about a profile that could be read all the same.
public struct ProfileWarning: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
