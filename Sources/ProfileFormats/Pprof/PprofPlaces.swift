/// Finds where in the bytes a row stands, for an error: nothing that is read right pays for it.
struct PprofPlaces {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The offset of the tag that the `row`th field of that number has at the top level.
  ///
  /// Fields of which the last counts are searched for with row 0, and the first of them is found.
  /// - Precondition: the top level has been read without an error.
  func offset(ofRow row: Int, field: UInt64) -> Int {
    var left = row
    return firstOffset { tag, _ in
      guard tag.field == field else { return false }
      left -= 1
      return left < 0
    }
  }

  /// The offset of the location that has the line, the lines of all locations counted together.
  func offset(ofLine line: Int) -> Int {
    var left = line
    return firstOffset { tag, message in
      guard tag.field == 4, var location = message else { return false }
      while !location.isAtEnd {
        guard let inner = try? location.tag("location"),
          (try? location.skip(inner, "location")) != nil
        else { return false }
        if inner.field == 4 { left -= 1 }
      }
      return left < 0
    }
  }

  private func firstOffset(_ isWanted: (WireReader.Tag, WireReader?) -> Bool) -> Int {
    var reader = WireReader(bytes)
    while !reader.isAtEnd {
      let start = reader.offset
      guard let tag = try? reader.tag("profile") else { return start }
      var message: WireReader?
      if tag.type == 2 {
        message = try? reader.lengthDelimited("profile")
      } else {
        try? reader.skip(tag, "profile")
      }
      if isWanted(tag, message) { return start }
      // A reader that did not move would never end.
      guard reader.offset > start else { return start }
    }
    return reader.offset
  }
}
