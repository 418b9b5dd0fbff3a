/// What a sample's value measures: `alloc_space` in `bytes`.
public struct ValueType: Hashable, Sendable {
  /// The name, as `inuse_space` or `cpu`.
  public var type: String
  /// The unit as the profile spells it, as `bytes` or `nanoseconds`; may be empty.
  public var unit: String

  public init(type: String, unit: String) {
    self.type = type
    self.unit = unit
  }
}

/// What a profile says of itself as a whole.
public struct ProfileHeader: Hashable, Sendable {
  /// What each value of a sample measures, in order.
  public var sampleTypes: [ValueType]
  /// The name of the type to show first; empty, or the name of none of the types, means none was chosen.
  public var defaultSampleType = ""
  /// What `period` counts; nil where the profile has none.
  public var periodType: ValueType?
  /// Events between two samples, in units of `periodType`; 0 where not given.
  public var period: Int64 = 0
  /// When the profile was taken, in nanoseconds since 1970 UTC; 0 where not given.
  public var timeNanos: Int64 = 0
  /// How long it was taken, in nanoseconds; 0 where not given.
  public var durationNanos: Int64 = 0
  public var comments: [String] = []
  /// Where the profile's kind is documented; may be empty.
  public var docURL = ""
  /// A regular expression for functions to cut from stacks with all that they call; may be empty.
  public var dropFrames = ""
  /// A regular expression for functions to keep although `dropFrames` matches; may be empty.
  public var keepFrames = ""

  public init(sampleTypes: [ValueType]) { self.sampleTypes = sampleTypes }
}

/// A file that was mapped into the profiled process: the binary, a library.
public struct Mapping: Hashable, Sendable {
  /// The id that the file gave it; not an index.
  public var id: UInt64 = 0
  /// The first address.
  public var start: UInt64 = 0
  /// The address after the last.
  public var limit: UInt64 = 0
  /// The offset in the file that is found at `start`.
  public var offset: UInt64 = 0
  public var file = ""
  public var buildID = ""
  public var hasFunctions = false
  public var hasFilenames = false
  public var hasLineNumbers = false
  public var hasInlineFrames = false

  public init() {}
}
