import ProfileModel

/// What a line of a memory map says.
enum MapEntry {
  /// A mapping that code may run in.
  case code(Mapping)
  /// A mapping without code.
  case data

  /// Nil where the line is no mapping.
  init?(_ line: TextSlice) {
    for range in Range.candidates(line) {
      if let entry = Self.fromProc(line, range) {
        guard let entry = entry.entry else { return nil }
        self = entry
        return
      }
    }
    guard let range = Range.candidates(line).first,
      let entry = Self.brief(line, range).entry
    else { return nil }
    self = entry
  }

  /// Two addresses at the beginning of a line, and where they end.
  private struct Range {
    var start: TextSlice
    var limit: TextSlice
    var end: Int

    /// The ways to read two addresses: parted by a dash or blanks, or else the last digit of one
    /// number is the second address. Odd, but what pprof does.
    static func candidates(_ line: TextSlice) -> [Range] {
      var cursor = TextCursor(line)
      cursor.skipBlanks()
      cursor.skipHexMark()
      guard let first = cursor.hexDigits() else { return [] }
      let firstEnd = cursor.position
      var ranges: [Range] = []
      if let byte = cursor.byte, byte.isBlank || byte == UInt8(ascii: "-") { cursor.position += 1 }
      cursor.skipBlanks()
      cursor.skipHexMark()
      if let second = cursor.hexDigits() {
        ranges.append(Range(start: first, limit: second, end: cursor.position))
      }
      if first.count > 1 {
        let start = first[slice: 0..<(first.count - 1)]
        var mark = TextCursor(line, at: firstEnd - 1)
        if mark.skipHexMark(), let second = mark.hexDigits() {
          ranges.append(Range(start: start, limit: second, end: mark.position))
        } else {
          let last = first[slice: (first.count - 1)..<first.count]
          ranges.append(Range(start: start, limit: last, end: firstEnd))
        }
      }
      return ranges
    }
  }

  /// The parts of an entry, as texts.
  private struct Parts {
    var range: Range
    var permissions: TextSlice?
    var file: TextSlice?
    var offset: TextSlice?
    var buildID: TextSlice?

    /// Nil where a number has more than 64 bits.
    var entry: MapEntry? {
      if let permissions, !permissions.contains(UInt8(ascii: "x")) { return .data }
      guard let start = range.start.hexadecimal, let limit = range.limit.hexadecimal else {
        return nil
      }
      var mapping = Mapping()
      mapping.start = start
      mapping.limit = limit
      if let offset {
        guard let offset = offset.hexadecimal else { return nil }
        mapping.offset = offset
      }
      mapping.file = file?.string ?? ""
      mapping.buildID = buildID?.string ?? ""
      return .code(mapping)
    }
  }

  private static func isPermission(_ byte: UInt8) -> Bool {
    [0x2d, 0x72, 0x77, 0x78, 0x70].contains(byte)  // -rwxp
  }

  /// `START-END PERMISSIONS OFFSET DEVICE:DEVICE INODE FILE`, all but device and inode optional.
  private static func fromProc(_ line: TextSlice, _ range: Range) -> Parts? {
    var cursor = TextCursor(line, at: range.end)
    _ = cursor.skip(":")
    guard cursor.skipBlanks() > 0 else { return nil }
    var words: [TextSlice] = []
    while words.count < 5, !cursor.isAtEnd {
      words.append(cursor.run { !$0.isBlank })
      cursor.skipBlanks()
    }
    for hasPermissions in [true, false] {
      for hasOffset in [true, false] {
        var parts = Parts(range: range)
        var rest = words[...]
        if hasPermissions {
          guard let word = rest.popFirst(), word.allSatisfy(isPermission) else { continue }
          parts.permissions = word
        }
        if hasOffset {
          guard let word = rest.popFirst(), word.allSatisfy(\.isHexDigit) else { continue }
          parts.offset = word
        }
        guard let device = rest.popFirst(), isDevice(device), let inode = rest.popFirst(),
          inode.first?.isDigit == true
        else { continue }
        if inode.allSatisfy(\.isDigit) { parts.file = rest.popFirst() }
        return parts
      }
    }
    return nil
  }

  private static func isDevice(_ word: TextSlice) -> Bool {
    var cursor = TextCursor(word)
    return cursor.hexDigits() != nil && cursor.skip(":") && cursor.hexDigits() != nil
      && cursor.isAtEnd
  }

  /// `START-END PERMISSIONS FILE (@OFFSET) BUILDID`, all but the range optional.
  private static func brief(_ line: TextSlice, _ range: Range) -> Parts {
    var parts = Parts(range: range)
    var cursor = TextCursor(line, at: range.end)
    _ = cursor.skip(":")
    cursor.optional { cursor in
      guard cursor.skipBlanks() > 0 else { return false }
      let run = cursor.run(while: isPermission)
      if !run.isEmpty { parts.permissions = run }
      return !run.isEmpty
    }
    cursor.optional { cursor in
      guard cursor.skipBlanks() > 0 else { return false }
      let run = cursor.run { !$0.isBlank }
      if !run.isEmpty { parts.file = run }
      return !run.isEmpty
    }
    cursor.optional { cursor in
      guard cursor.skipBlanks() > 0, cursor.skip("(@"), let digits = cursor.hexDigits(),
        cursor.skip(")")
      else { return false }
      parts.offset = digits
      return true
    }
    cursor.optional { cursor in
      guard cursor.skipBlanks() > 0, let digits = cursor.hexDigits() else { return false }
      parts.buildID = digits
      return true
    }
    return parts
  }
}

extension TextCursor {
  /// Moves over `0x` where a digit follows it.
  @discardableResult fileprivate mutating func skipHexMark() -> Bool {
    guard rest.hasPrefix("0x"), position + 2 < text.count, text[position + 2].isHexDigit else {
      return false
    }
    position += 2
    return true
  }

  /// Stays where it is unless `part` moves it over something and says so.
  fileprivate mutating func optional(_ part: (inout TextCursor) -> Bool) {
    let start = position
    if !part(&self) { position = start }
  }
}
