/// A position in a line that moves over what it is asked for.
struct TextCursor {
  let text: TextSlice
  var position: Int

  init(_ text: TextSlice, at position: Int = 0) {
    self.text = text
    self.position = position
  }

  var isAtEnd: Bool { position >= text.count }
  var byte: UInt8? { position < text.count ? text[position] : nil }
  var rest: TextSlice { text[slice: position..<text.count] }

  /// Moves over the bytes from here on that fit, and returns them.
  mutating func run(while fits: (UInt8) -> Bool) -> TextSlice {
    let start = position
    while position < text.count, fits(text[position]) { position += 1 }
    return text[slice: start..<position]
  }

  /// Moves over `string`, if it stands here.
  mutating func skip(_ string: StaticString) -> Bool {
    guard rest.hasPrefix(string) else { return false }
    position += string.utf8CodeUnitCount
    return true
  }

  /// Moves over spaces; returns how many there were.
  @discardableResult mutating func skipSpaces() -> Int { run { $0 == 0x20 }.count }

  /// Moves over white space; returns how much there was.
  @discardableResult mutating func skipBlanks() -> Int { run(while: \.isBlank).count }

  /// Moves over decimal digits; nil where there are none.
  mutating func digits() -> TextSlice? {
    let digits = run(while: \.isDigit)
    return digits.isEmpty ? nil : digits
  }

  /// Moves over hexadecimal digits; nil where there are none.
  mutating func hexDigits() -> TextSlice? {
    let digits = run(while: \.isHexDigit)
    return digits.isEmpty ? nil : digits
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The number that these digits are, an optional sign before them; nil if it is none, or too large.
  var decimal: Int64? { Int64(string) }

  /// The number that these hexadecimal digits are; nil if it is none, or too large.
  var hexadecimal: UInt64? {
    guard !isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in self {
      guard byte.isHexDigit, value >> 60 == 0 else { return nil }
      value = value << 4 | UInt64(byte & 0xf) &+ (byte.isDigit ? 0 : 9)
    }
    return value
  }

  /// The number as Go writes it: 0x, 0b and 0o or a bare 0 before it give its base; nil if it is none.
  var number: Int64? {
    var digits = self
    var isNegative = false
    if let sign = first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      digits = digits[slice: 1..<digits.count]
    }
    var radix = 10
    if digits.count > 1, digits[0] == UInt8(ascii: "0") {
      let radices: [UInt8: Int] = [0x78: 16, 0x62: 2, 0x6f: 8]
      let prefixed = radices[digits[1] | 0x20]
      radix = prefixed ?? 8
      digits = digits[slice: (prefixed == nil ? 1 : 2)..<digits.count]
    }
    guard let first = digits.first, first.isHexDigit else { return nil }
    return Int64((isNegative ? "-" : "") + digits.string, radix: radix)
  }

  /// Calls `body` with each number of the form 0x12ab, small letters only.
  ///
  /// - Returns: false, and no more calls, where one has more than 64 bits.
  func forEachAddress(_ body: (UInt64) -> Void) -> Bool {
    var cursor = TextCursor(self)
    while let start = firstIndex(of: "0x", from: cursor.position) {
      cursor.position = start + 2
      let digits = cursor.run(while: \.isSmallHexDigit)
      if digits.isEmpty {
        // The 0 before the x is no part of another number, but the x may have one after it.
        cursor.position = start + 1
        continue
      }
      guard let address = digits.hexadecimal else { return false }
      body(address)
    }
    return true
  }
}
