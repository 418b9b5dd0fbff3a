import ProfileModel

/// Finds the mapping that an address lies in, mending the mistakes of old profilers on the way.
struct MappingSearch {
  private(set) var mappings: [Mapping]
  /// The row of the mapping that stands for everything no mapping holds; nil before it is needed.
  private var stray: Int?

  init(_ mappings: [Mapping]) {
    self.mappings = mappings
    mendFirst()
    number()
  }

  /// Whether so many lookups end in reasonable time: each walks over all mappings at worst.
  func isFeasible(lookups: Int) -> Bool {
    !mappings.count.multipliedReportingOverflow(by: lookups).overflow
      && mappings.count * lookups < 1 << 31
  }

  /// Takes away what keeps the first mapping from being that of the program.
  private mutating func mendFirst() {
    if mappings.count > 1, mappings[0].file.hasPrefix("/anon_hugepage"),
      mappings[0].limit == mappings[1].start
    {
      mappings.removeFirst()
    }
    // Linkers place programs here: an offset to it is one from a section that was mapped anew.
    let programStart: UInt64 = 0x40_0000
    if let first = mappings.first, first.start &- first.offset == programStart {
      mappings[0].start = programStart
      mappings[0].offset = 0
    }
  }

  /// The row of the mapping that `address` lies in, nil for address 0.
  mutating func mapping(of address: UInt64) -> Int? {
    guard address != 0 else { return nil }
    for row in mappings.indices
    where mappings[row].start <= address && address < mappings[row].limit {
      return row
    }
    // Some profilers write only the second part of a mapping that was split.
    for row in mappings.indices {
      let mapping = mappings[row]
      guard mapping.offset != 0, address < mapping.start,
        mapping.start &- mapping.offset <= address
      else { continue }
      mappings[row].start = mapping.start &- mapping.offset
      mappings[row].offset = 0
      return row
    }
    if stray == nil {
      var mapping = Mapping()
      mapping.limit = .max
      stray = mappings.count
      mappings.append(mapping)
      number()
    }
    return stray
  }

  private mutating func number() {
    for row in mappings.indices { mappings[row].id = UInt64(row + 1) }
  }
}
