/// The variables of a memory map: a line `build=/path` makes `$build` mean `/path` after it.
struct MapVariables {
  private var names: [[UInt8]] = []
  private var values: [[UInt8]] = []

  /// More than any line of a memory map has, and few enough to be harmless.
  private static let maximumLength = 1 << 16
  private static let maximumCount = 16

  /// Takes the line for a definition, if it has an equals sign.
  mutating func define(by line: TextSlice) {
    guard let sign = line.firstIndex(of: UInt8(ascii: "=")), names.count < Self.maximumCount else {
      return
    }
    names.append(Array(line[slice: 0..<sign].trimmed))
    values.append(Array(line[slice: (sign + 1)..<line.count].trimmed))
  }

  /// The line with values in place of variables, nil where it gets too long.
  ///
  /// Of two variables that both stand at a place, the one defined first counts.
  func expanded(_ line: TextSlice) -> [UInt8]? {
    guard line.count <= Self.maximumLength else { return nil }
    if names.isEmpty { return Array(line) }
    var expanded: [UInt8] = []
    var index = 0
    while index < line.count {
      let rest = line[slice: (index + 1)..<line.count]
      if line[index] == UInt8(ascii: "$"),
        let variable = names.firstIndex(where: { rest.starts(with: $0) })
      {
        expanded += values[variable]
        index += 1 + names[variable].count
        guard expanded.count <= Self.maximumLength else { return nil }
      } else {
        expanded.append(line[index])
        index += 1
      }
    }
    return expanded
  }
}
