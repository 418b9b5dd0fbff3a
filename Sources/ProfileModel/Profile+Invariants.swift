extension Profile {
  /// What is wrong with the tables, nil where every id resolves.
  ///
  /// For tests of whatever makes profiles; nothing that a user does may make this fail.
  public func checkInvariants() -> String? {
    for function in functions.indices {
      for column in [functions.names, functions.systemNames, functions.filenames]
      where column[function].index >= strings.count {
        return "function \(function) has string \(column[function].index) of \(strings.count)"
      }
    }
    for location in locations.indices {
      let mapping = locations.mappings[location]
      if !mapping.isNone && mapping.index >= mappings.count {
        return "location \(location) has mapping \(mapping.index) of \(mappings.count)"
      }
      let (start, end) = (locations.lineStarts[location], locations.lineStarts[location + 1])
      if start > end { return "location \(location) ends before it starts" }
      for line in locations.lines(of: LocationID(location))
      where line.function.index >= functions.count {
        return "location \(location) has function \(line.function.index) of \(functions.count)"
      }
    }
    if Int(locations.lineStarts[locations.count]) != locations.lines.count {
      return "lines that belong to no location"
    }
    if let fault = stacks.fault(locationCount: locations.count) { return fault }
    for label in labelSets.labels
    where label.key.index >= strings.count || label.string.index >= strings.count
      || label.unit.index >= strings.count
    {
      return "a label has a string beyond \(strings.count)"
    }
    for sample in samples.indices {
      if samples.stacks[sample].index >= stacks.count {
        return "sample \(sample) has stack \(samples.stacks[sample].index) of \(stacks.count)"
      }
      if samples.labelSet(sample).index >= labelSets.count {
        return "sample \(sample) has label set \(samples.labelSet(sample).index)"
      }
    }
    return nil
  }
}

extension StackTable {
  fileprivate func fault(locationCount: Int) -> String? {
    var depth = 0
    var frames = 0
    for stack in indices {
      let (start, end) = (Int(starts[stack]), Int(ends[stack]))
      if start > end { return "stack \(stack) ends before it starts" }
      let isChanged = start >= ownLocations.count
      if end > (isChanged ? ownLocationCount : ownLocations.count) {
        return "stack \(stack) ends after all locations"
      }
      let shared = Int(sharedDepths[stack])
      if shared > depth { return "stack \(stack) shares \(shared) locations of \(depth)" }
      if shared > 0, stack % Self.restartInterval == 0 { return "stack \(stack) is not whole" }
      depth = shared + (end - start)
      frames += depth
    }
    for location in [ownLocations, changedLocations].joined()
    where location.index >= locationCount {
      return "a stack has location \(location.index) of \(locationCount)"
    }
    if changedLocations.isEmpty, ends.last.map({ Int($0) }) ?? 0 != ownLocations.count {
      return "locations that belong to no stack"
    }
    return frames == frameCount ? nil : "\(frames) frames instead of \(frameCount)"
  }
}
