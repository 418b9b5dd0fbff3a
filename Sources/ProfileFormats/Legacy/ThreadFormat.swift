import ProfileModel

/// The stacks of all threads of a program, as C++ servers write them.
///
///     --- threadz 1 ---
///     --- Thread 7f01 (name: main/10) stack: ---
///       0x00401000 main
public struct ThreadFormat: ProfileFormat {
  public let name = "threadz"

  public init() {}

  public func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var lines = TextLines(bytes)
    return lines.advancePastComments()
      && (Self.isStart(lines.line) || Self.isThread(lines.line))
  }

  public func decode(
    _ bytes: UnsafeRawBufferPointer, progress: (DecodingProgress) -> Bool
  ) throws(ProfileDecodingError) -> Profile {
    var lines = try TextLines(whole: bytes)
    guard lines.advancePastComments() else { throw .unrecognized }
    if Self.isStart(lines.line) {
      while lines.advance() {
        if MemoryMap.isAnnounced(by: lines.line) || lines.line.hasPrefix("-") { break }
      }
    }
    let type = ValueType(type: "thread", unit: "count")
    var header = ProfileHeader(sampleTypes: [type])
    header.periodType = type
    header.period = 1
    var profile = AddressProfile(header: header)
    while !MemoryMap.isAnnounced(by: lines.line) {
      if lines.line.trimmed.hasPrefix("---- no stack trace for") { break }
      guard Self.isThread(lines.line) else {
        throw lines.malformed(name, "neither a thread nor a memory map begins here")
      }
      try lines.report(progress, bytes, sampleCount: profile.sampleCount)
      try readThread(&lines, into: &profile)
    }
    MemoryMap.skip(to: &lines)
    return try profile.finish(
      memoryMap: &lines, format: name, kind: .nativeWithDuplicateLeaves)
  }

  /// Reads the stack below the line at hand, and goes on to the line after it.
  private func readThread(
    _ lines: inout TextLines, into profile: inout AddressProfile
  ) throws(ProfileDecodingError) {
    var addresses: [UInt64] = []
    var isSameAsPrevious = false
    while lines.advance() {
      let line = lines.line.trimmed
      if line.hasPrefix("---") { break }
      if line.contains("same as previous thread") {
        isSameAsPrevious = true
      } else if !line.forEachAddress({ addresses.append($0) }) {
        throw lines.malformed(name, "an address has more than 64 bits")
      }
    }
    if isSameAsPrevious || addresses.isEmpty {
      profile.addToLastSample(1)
      return
    }
    var stack: [UInt32] = []
    for (depth, address) in addresses.enumerated() {
      stack.append(profile.index(of: depth == 0 ? address : address &- 1))
    }
    profile.addSample(stack, values: [1])
  }

  /// Whether the line has `--- threadz 1 ---`.
  private static func isStart(_ line: TextSlice) -> Bool {
    guard let start = line.firstIndex(of: "--- threadz ") else { return false }
    var cursor = TextCursor(line, at: start + 12)
    return cursor.digits() != nil && cursor.skip(" ---")
  }

  /// Whether the line has `--- Thread 7f01 (name: main/10) stack: ---`.
  private static func isThread(_ line: TextSlice) -> Bool {
    guard let start = line.firstIndex(of: "--- Thread ") else { return false }
    var cursor = TextCursor(line, at: start + 11)
    guard cursor.hexDigits() != nil, cursor.skip(" (name: "),
      let end = cursor.rest.firstIndex(of: ") stack: ---")
    else { return false }
    let name = cursor.rest[slice: 0..<end]
    guard let slash = name.lastIndex(of: UInt8(ascii: "/")), slash + 1 < name.count else {
      return false
    }
    return name[(slash + 1)...].allSatisfy(\.isDigit)
  }
}
