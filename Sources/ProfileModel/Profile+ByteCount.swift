// What is kept of profiles takes, in bytes. What columns share with others counts in each.

extension Column {
  public var byteCount: Int { count * MemoryLayout<Element>.stride }
}

extension ColumnBuilder {
  /// Room for more elements included.
  public var byteCount: Int { capacity * MemoryLayout<Element>.stride }
}

extension StringTable {
  public var byteCount: Int { bytes.byteCount + ends.byteCount }
}

extension StackSums {
  public var byteCount: Int { before.byteCount }
}

extension Profile {
  /// What the tables take; header, mappings and warnings are few.
  public var byteCount: Int {
    strings.byteCount + functions.byteCount + locations.byteCount + stacks.byteCount
      + labelSets.starts.byteCount + labelSets.labels.byteCount + samples.byteCount
  }
}

extension FunctionTable {
  fileprivate var byteCount: Int {
    ids.byteCount + names.byteCount + systemNames.byteCount + filenames.byteCount
      + startLines.byteCount
  }
}

extension LocationTable {
  fileprivate var byteCount: Int {
    ids.byteCount + addresses.byteCount + mappings.byteCount + areFolded.byteCount
      + lineStarts.byteCount + lines.byteCount
  }
}

extension StackTable {
  fileprivate var byteCount: Int {
    sharedDepths.byteCount + starts.byteCount + ends.byteCount + ownLocations.byteCount
      + changedLocations.byteCount
  }
}

extension SampleTable {
  fileprivate var byteCount: Int {
    stacks.byteCount + labelSetColumn.byteCount + originColumn.byteCount
      + values.reduce(0) { $0 + $1.byteCount }
  }
}
