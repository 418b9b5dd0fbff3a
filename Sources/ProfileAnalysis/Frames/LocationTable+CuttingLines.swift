import ProfileModel

extension LocationTable {
  /// The table with other lines for its locations.
  ///
  /// - Parameter rewrite: appends the lines that the location keeps. Called once for each location.
  func rewritingLines(_ rewrite: (LocationID, inout ColumnBuilder<Line>) -> Void) -> LocationTable {
    var starts = ColumnBuilder<UInt32>(capacity: count + 1)
    var lines = ColumnBuilder<Line>(capacity: self.lines.count)
    starts.append(0)
    for location in indices {
      rewrite(LocationID(location), &lines)
      starts.append(UInt32(lines.count))
    }
    return LocationTable(
      ids: ids, addresses: addresses, mappings: mappings, areFolded: areFolded,
      lineStarts: starts.finish(), lines: lines.finish())
  }

  /// The table with each location's lines cut to `range`, one for each location, within `lines`.
  func cuttingLines(to ranges: [Range<Int>]) -> LocationTable {
    rewritingLines { location, result in
      for line in ranges[location.index] { result.append(lines[line]) }
    }
  }
}
