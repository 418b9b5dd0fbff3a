/// The words by which a terminal is asked to take a text for its clipboard.
enum Clipboard {
  /// The most bytes of text that terminals take: 100,000 characters of base64 are what xterm
  /// allows.
  static let maximumBytes = 74_994

  /// The OSC 52 sequence for a text, or nil when it is too long.
  static func sequence(for text: String) -> [UInt8]? {
    guard text.utf8.count <= maximumBytes else { return nil }
    return Array("\u{1B}]52;c;".utf8) + base64(Array(text.utf8)) + [0x07]
  }

  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(0) { $0 << 8 | Int($1) }
      bits <<= 8 * (3 - group.count)
      for place in 0..<4 {
        let isPadding = place > group.count
        result.append(isPadding ? UInt8(ascii: "=") : digits[bits >> (18 - 6 * place) & 63])
      }
    }
    return result
  }
}
