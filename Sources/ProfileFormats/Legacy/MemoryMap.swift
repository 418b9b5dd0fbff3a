import ProfileModel

/// The list of what was mapped into a process, at the end of old profiles: the lines of Linux's
/// /proc/PID/maps, or `START-END FILE (@OFFSET) BUILDID`.
enum MemoryMap {
  /// Whether the line announces a memory map.
  static func isAnnounced(by line: TextSlice) -> Bool {
    line.contains("--- Memory map: ---") || line.contains("MAPPED_LIBRARIES:")
  }

  /// Goes on to the line that announces a memory map, if it is not at hand, or to the end.
  static func skip(to lines: inout TextLines) {
    while !isAnnounced(by: lines.line), lines.advance() {}
  }

  /// The mappings of code in the lines to come; lines that are no mapping are left out.
  static func mappings(
    _ lines: inout TextLines, format: String
  ) throws(ProfileDecodingError) -> [Mapping] {
    var mappings: [Mapping] = []
    var variables = MapVariables()
    while lines.advance() {
      let line = withoutLogPrefix(lines.line)
      guard let expanded = variables.expanded(line) else {
        throw lines.malformed(format, "a line of the memory map is too long")
      }
      expanded.withUnsafeBufferPointer { line in
        switch MapEntry(line) {
        case .code(let mapping): mappings.append(mapping)
        case .data: break
        case nil: variables.define(by: line)
        }
      }
    }
    return mappings
  }

  /// What follows the `file:line] ` that a logging library put before the line.
  private static func withoutLogPrefix(_ line: TextSlice) -> TextSlice {
    guard let end = line.firstIndex(of: UInt8(ascii: "]")), end + 1 < line.count,
      line[end + 1].isBlank, !line[..<end].contains(UInt8(ascii: "["))
    else { return line }
    var digits = end
    while digits > 0, line[digits - 1].isDigit { digits -= 1 }
    guard digits < end, digits > 1, line[digits - 1] == UInt8(ascii: ":") else { return line }
    return line[slice: (end + 2)..<line.count]
  }

  /// The mappings with the parts of one file put together, and that of the program first.
  static func arranged(_ mappings: [Mapping]) -> [Mapping] {
    var arranged: [Mapping] = []
    for mapping in mappings {
      guard let last = arranged.last, last.isContinued(by: mapping) else {
        arranged.append(mapping)
        continue
      }
      arranged[arranged.count - 1].limit = mapping.limit
      if !mapping.file.isEmpty { arranged[arranged.count - 1].file = mapping.file }
      if !mapping.buildID.isEmpty { arranged[arranged.count - 1].buildID = mapping.buildID }
    }
    if let program = arranged.firstIndex(where: \.isProgram) { arranged.swapAt(0, program) }
    return arranged
  }
}

extension Mapping {
  /// Whether `other` is the part of the same file that follows in memory.
  fileprivate func isContinued(by other: Mapping) -> Bool {
    if !file.isEmpty, !other.file.isEmpty, file != other.file { return false }
    if !buildID.isEmpty, !other.buildID.isEmpty, buildID != other.buildID { return false }
    guard limit == other.start else { return false }
    if offset == 0 || other.offset == 0 { return true }
    return offset &+ (limit &- start) == other.offset
  }

  /// Whether the name is such as a program has, and no library or region of the kernel.
  fileprivate var isProgram: Bool {
    let name = file.replacing("(deleted)", with: "")
    let trimmed = Array(name.utf8).withUnsafeBufferPointer { $0.trimmed.string }
    return !trimmed.isEmpty && !trimmed.hasPrefix("[") && !Self.isLibrary(Array(trimmed.utf8))
  }

  /// Whether the name ends in `.so`, or has `.so.` or `.so_` with a digit after it.
  private static func isLibrary(_ name: [UInt8]) -> Bool {
    name.withUnsafeBufferPointer { name in
      var from = 0
      while let start = name.firstIndex(of: ".so", from: from) {
        let end = start + 3
        if end == name.count { return true }
        if name[end] == UInt8(ascii: ".") || name[end] == UInt8(ascii: "_"), end + 1 < name.count,
          name[end + 1].isDigit
        {
          return true
        }
        from = end
      }
      return false
    }
  }
}
