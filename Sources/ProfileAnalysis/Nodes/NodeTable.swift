import ProfileModel

/// What a report is about: the functions, files, lines or addresses of a profile, a row each.
///
/// A frame belongs to the node whose every property it shares, of those that the granularity
/// keeps; the others are empty or 0. Made once for a profile and granularity; nodes are numbered in
/// the order in which the profile's locations name them, so that equal input gives equal ids.
public struct NodeTable: Sendable {
  public let granularity: Granularity
  public let options: NodeOptions
  /// The profile's strings under the same ids, and after them those that the nodes need besides.
  public let strings: StringTable

  /// The functions' names.
  public let names: Column<StringID>
  public let files: Column<StringID>
  /// 0 where unknown or not kept.
  public let lines: Column<Int64>
  /// 0 where unknown or not kept.
  public let columns: Column<Int64>
  /// 0 where unknown or not kept.
  public let addresses: Column<UInt64>
  /// The binaries; only kept where a node has no name, or where the options ask for it.
  public let objectFiles: Column<StringID>
  /// The lines where the functions begin; kept as `objectFiles` is.
  public let startLines: Column<Int64>

  /// Where in `locationNodes` each location's nodes start; one more than there are locations.
  public let locationStarts: Column<UInt32>
  /// The nodes of all locations one after the other, the innermost callee of each first.
  ///
  /// Every location has at least one; one without source lines stands for its address or binary.
  public let locationNodes: Column<NodeID>

  public var count: Int { names.count }
  public var indices: Range<Int> { 0..<count }

  /// The rows of `locationNodes` that belong to the location, innermost callee first.
  @inlinable public func range(of location: LocationID) -> Range<Int> {
    Int(locationStarts[location.index])..<Int(locationStarts[location.index + 1])
  }

  /// The nodes of the location, innermost callee first.
  @inlinable public subscript(location: LocationID) -> Slice<Column<NodeID>> {
    locationNodes[range(of: location)]
  }

  /// - Complexity: O(*n*) in locations and their lines; samples are not looked at.
  public init(_ profile: Profile, granularity: Granularity, options: NodeOptions = .init()) {
    var builder = NodeTableBuilder(profile, granularity: granularity, options: options)
    for location in profile.locations.indices { builder.addLocation(LocationID(location)) }
    self.granularity = granularity
    self.options = options
    strings = builder.strings.finish()
    locationStarts = builder.locationStarts.finish()
    locationNodes = builder.locationNodes.finish()
    names = builder.rows.names.finish()
    files = builder.rows.files.finish()
    lines = builder.rows.lines.finish()
    columns = builder.rows.columns.finish()
    addresses = builder.rows.addresses.finish()
    objectFiles = builder.rows.objectFiles.finish()
    startLines = builder.rows.startLines.finish()
  }
}
