/// The functions of a profile, a row each.
public struct FunctionTable: Sendable {
  /// The ids that the file gave them; not indices.
  public let ids: Column<UInt64>
  /// The names to show.
  public let names: Column<StringID>
  /// The names as the linker knows them.
  public let systemNames: Column<StringID>
  public let filenames: Column<StringID>
  /// The lines where the functions begin; 0 where unknown.
  public let startLines: Column<Int64>

  public init(
    ids: Column<UInt64>, names: Column<StringID>, systemNames: Column<StringID>,
    filenames: Column<StringID>, startLines: Column<Int64>
  ) {
    precondition(
      [names.count, systemNames.count, filenames.count, startLines.count]
        .allSatisfy { $0 == ids.count }, "columns of one table have one length")
    self.ids = ids
    self.names = names
    self.systemNames = systemNames
    self.filenames = filenames
    self.startLines = startLines
  }

  public var count: Int { ids.count }
  public var indices: Range<Int> { 0..<count }
}
