/// A short text around a number while it is put together from its end on, in registers and on the
/// stack: reports print several for each row.
struct NumberText {
  /// The most bytes that it holds; `prepend` drops more.
  static let capacity = 32

  private var bytes = InlineArray<32, UInt8>(repeating: UInt8(ascii: " "))
  /// Where the text starts; it ends with `bytes`.
  private var start = Self.capacity

  var count: Int { Self.capacity - start }

  mutating func prepend(_ byte: UInt8) {
    precondition(start > 0, "a number's text is too long")
    start -= 1
    bytes[start] = byte
  }

  /// Puts `text` before the rest; it is short.
  mutating func prepend(_ text: String) {
    for byte in text.utf8.reversed() { prepend(byte) }
  }

  /// Puts `number` before the rest, with a point before its last `fractionDigits` digits.
  ///
  /// It takes 22 bytes at most, one more with a sign.
  mutating func prepend(_ number: UInt64, fractionDigits: Int, isNegative: Bool) {
    var rest = number
    var left = fractionDigits
    repeat {
      prepend(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
      left -= 1
      if left == 0 {
        prepend(UInt8(ascii: "."))
        if rest == 0 { prepend(UInt8(ascii: "0")) }
      }
    } while rest > 0 || left > 0
    if isNegative { prepend(UInt8(ascii: "-")) }
  }

  /// Puts blanks before the text until it is `width` bytes long.
  mutating func pad(to width: Int) {
    while count < width { prepend(UInt8(ascii: " ")) }
  }

  /// The text; of up to 15 bytes, it takes no memory of its own.
  var string: String {
    let (bytes, start) = (bytes, start)
    return String(unsafeUninitializedCapacity: count) { text in
      // `text` has room for `count` bytes, which are those from `start` to the end.
      for index in start..<Self.capacity { text[index - start] = bytes[index] }
      return Self.capacity - start
    }
  }
}
