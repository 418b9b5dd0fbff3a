/// The source position of a frame.
@frozen public struct Line: BitwiseCopyable, Hashable, Sendable {
  public var function: FunctionID
  /// 0 where unknown. Files can hold negative ones.
  public var line: Int64
  /// 0 where unknown.
  public var column: Int64

  @inlinable public init(function: FunctionID, line: Int64, column: Int64 = 0) {
    self.function = function
    self.line = line
    self.column = column
  }
}

/// The locations of a profile, a row each: an address and the source lines it stands for.
///
/// A location has several lines where calls were inlined, the innermost callee first; it has none
/// where it was never symbolized.
public struct LocationTable: Sendable {
  /// The ids that the file gave them; not indices.
  public let ids: Column<UInt64>
  public let addresses: Column<UInt64>
  /// `.none` where the location belongs to no mapping.
  public let mappings: Column<MappingID>
  /// Whether the linker folded identical functions here, so that the lines may name another one.
  public let areFolded: Column<Bool>
  /// Where in `lines` each location's lines start; one more than there are locations, for the end.
  public let lineStarts: Column<UInt32>
  public let lines: Column<Line>

  public init(
    ids: Column<UInt64>, addresses: Column<UInt64>, mappings: Column<MappingID>,
    areFolded: Column<Bool>, lineStarts: Column<UInt32>, lines: Column<Line>
  ) {
    precondition(
      [addresses.count, mappings.count, areFolded.count, lineStarts.count - 1]
        .allSatisfy { $0 == ids.count }, "columns of one table have one length")
    self.ids = ids
    self.addresses = addresses
    self.mappings = mappings
    self.areFolded = areFolded
    self.lineStarts = lineStarts
    self.lines = lines
  }

  public var count: Int { ids.count }
  public var indices: Range<Int> { 0..<count }

  /// The rows of `lines` that belong to the location, innermost callee first.
  @inlinable public func lineRange(of location: LocationID) -> Range<Int> {
    Int(lineStarts[location.index])..<Int(lineStarts[location.index + 1])
  }

  /// The lines of the location, innermost callee first.
  @inlinable public func lines(of location: LocationID) -> Slice<Column<Line>> {
    lines[lineRange(of: location)]
  }
}
