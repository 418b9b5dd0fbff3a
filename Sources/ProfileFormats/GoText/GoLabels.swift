/// Labels as Go prints them: `{"pool":"w0", "op":"read"}`, in tracebacks with quotes only where needed.
enum GoLabels {
  /// The labels, nil where the text is no list of labels.
  static func pairs(_ text: TextSlice) -> [(key: String, value: String)]? {
    var cursor = TextCursor(text)
    guard cursor.skip("{") else { return nil }
    var pairs: [(key: String, value: String)] = []
    while true {
      cursor.skipSpaces()
      guard let key = word(&cursor, until: ":"), cursor.skip(":") else { return nil }
      cursor.skipSpaces()
      guard let value = word(&cursor, until: ",") else { return nil }
      pairs.append((key, value))
      if cursor.skip(",") { continue }
      return cursor.skip("}") ? pairs : nil
    }
  }

  /// A word in quotes, or one up to `end` or the closing brace.
  private static func word(_ cursor: inout TextCursor, until end: Unicode.Scalar) -> String? {
    guard cursor.skip("\"") else {
      return cursor.run { $0 != UInt8(ascii: end) && $0 != UInt8(ascii: "}") }.string
    }
    var bytes: [UInt8] = []
    while let byte = cursor.byte {
      cursor.position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escape = cursor.byte else { return nil }
        cursor.position += 1
        guard appendEscaped(escape, &cursor, to: &bytes) else { return nil }
      default: bytes.append(byte)
      }
    }
    return nil
  }

  private static func appendEscaped(
    _ escape: UInt8, _ cursor: inout TextCursor, to bytes: inout [UInt8]
  ) -> Bool {
    let single: [UInt8: UInt8] = [
      UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
      UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11,
    ]
    let lengths: [UInt8: Int] = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8]
    if let byte = single[escape] {
      bytes.append(byte)
      return true
    }
    guard let length = lengths[escape] else {
      bytes.append(escape)
      return true
    }
    guard cursor.rest.count >= length,
      let code = cursor.rest[slice: 0..<length].hexadecimal
    else { return false }
    cursor.position += length
    if length == 2 {
      bytes.append(UInt8(truncatingIfNeeded: code))
    } else {
      let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: code)) ?? "\u{fffd}"
      bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
    }
    return true
  }
}
