import ProfileModel

extension AddressProfile {
  /// What the addresses of a profile are.
  enum AddressKind {
    /// Where code stands in memory.
    case native
    /// The same, in stacks that have the leaf twice, once as the signal and once as the stack has it.
    case nativeWithDuplicateLeaves
    /// Numbers that stand for lines of a list at the end, and for nothing where it has no such line.
    case java
  }

  /// The profile, with the memory map of the lines to come.
  consuming func finish(
    memoryMap lines: inout TextLines, format: String, kind: AddressKind = .native
  ) throws(ProfileDecodingError) -> Profile {
    let mappings = try MemoryMap.mappings(&lines, format: format)
    return try finish(mappings: MemoryMap.arranged(mappings), kind: kind)
  }

  /// The profile, with every location in the mapping that its address lies in.
  consuming func finish(
    mappings: [Mapping], kind: AddressKind
  ) throws(ProfileDecodingError) -> Profile {
    // Locations are numbered as samples name them, before duplicate leaves are dropped.
    let order = locationOrder()
    var search = MappingSearch(mappings)
    guard search.isFeasible(lookups: order.count) else { throw .tooMany("mappings") }
    var locationMappings: [MappingID] = []
    for index in order {
      let isExplained = kind == .java && lines[Int(index)] != nil
      let mapping = isExplained ? nil : search.mapping(of: addresses[Int(index)])
      locationMappings.append(mapping.map { MappingID($0) } ?? .none)
    }
    if kind == .nativeWithDuplicateLeaves { removeDuplicateLeaves() }
    header.setLegacyFrames()
    return try finish(
      order: order, mappings: search.mappings, locationMappings: locationMappings,
      hasAddresses: kind != .java)
  }

  private func locationOrder() -> [UInt32] {
    var order: [UInt32] = []
    var isSeen = [Bool](repeating: false, count: addresses.count)
    for index in frames where !isSeen[Int(index)] {
      isSeen[Int(index)] = true
      order.append(index)
    }
    return order
  }

  private mutating func removeDuplicateLeaves() {
    let addresses = self.addresses
    removeFrames(at: 1) { stack in
      let leaf = addresses[Int(stack[stack.startIndex])]
      return leaf == addresses[Int(stack[stack.startIndex + 1])] &+ 1
    }
  }

  private consuming func finish(
    order: [UInt32], mappings: [Mapping], locationMappings: [MappingID], hasAddresses: Bool
  ) throws(ProfileDecodingError) -> Profile {
    guard frames.count < UInt32.max, strings.byteCount < UInt32.max else {
      throw .tooMany("frames")
    }
    var mappings = mappings
    var rows = [UInt32](repeating: 0, count: addresses.count)
    var functionRows = [FunctionID](repeating: .none, count: functions.count)
    var functionOrder: [FunctionKey] = []
    var lineStarts = ColumnBuilder<UInt32>(capacity: order.count + 1)
    var lineColumn = ColumnBuilder<Line>()
    lineStarts.append(0)
    for (row, index) in order.enumerated() {
      rows[Int(index)] = UInt32(row)
      if var line = lines[Int(index)] {
        if functionRows[line.function.index].isNone {
          functionRows[line.function.index] = FunctionID(functionOrder.count)
          functionOrder.append(functions[line.function.index])
        }
        line.function = functionRows[line.function.index]
        lineColumn.append(line)
        let mapping = locationMappings[row]
        if !mapping.isNone { mappings[mapping.index].markSymbolized() }
      }
      lineStarts.append(UInt32(lineColumn.count))
    }

    let locations = LocationTable(
      ids: Column((0..<order.count).map { UInt64($0 + 1) }),
      addresses: Column(order.map { hasAddresses ? addresses[Int($0)] : 0 }),
      mappings: Column(locationMappings), areFolded: Column(repeating: false, count: order.count),
      lineStarts: lineStarts.finish(), lines: lineColumn.finish())
    let functionTable = FunctionTable(
      ids: Column((0..<functionOrder.count).map { UInt64($0 + 1) }),
      names: Column(functionOrder.map(\.name)), systemNames: Column(functionOrder.map(\.name)),
      filenames: Column(functionOrder.map(\.file)),
      startLines: Column(repeating: 0, count: functionOrder.count))
    let stacks = StackTable(
      starts: starts.map { UInt32($0) },
      locations: Column(frames.map { LocationID(rawValue: rows[Int($0)]) }))
    let (header, values, sampleLabels) = (self.header, self.values, self.sampleLabels)
    let labelSets = self.labelSets.finish()
    return Profile(
      header: header, strings: strings.finish(), mappings: mappings, functions: functionTable,
      locations: locations, stacks: stacks, labelSets: labelSets,
      samples: SampleTable(
        stacks: Column((0..<stacks.count).map { StackID($0) }), values: values.map { Column($0) },
        labelSets: labelSets.count > 1 ? Column(sampleLabels) : []))
  }
}

extension Mapping {
  /// Says that names, files and lines of its locations are known.
  fileprivate mutating func markSymbolized() {
    hasFunctions = true
    hasFilenames = true
    hasLineNumbers = true
  }
}
