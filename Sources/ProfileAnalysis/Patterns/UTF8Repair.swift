/// UTF-8 as Go reads it: each byte that is part of no character stands for U+FFFD by itself.
enum UTF8Repair {
  /// Whether `text` needs no repair. Fast for ASCII.
  static func isValid(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = UnsafeRawBufferPointer(text)
    var index = 0
    while index < bytes.count {
      if index &+ 8 <= bytes.count,
        bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index &+= 8
      } else if text[index] < 0x80 {
        index &+= 1
      } else {
        let length = characterLength(text, at: index)
        if length == 0 { return false }
        index &+= length
      }
    }
    return true
  }

  /// Appends `text` with U+FFFD in place of each byte that is part of no character.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let length = characterLength(text, at: index)
      if length == 0 {
        result.append(contentsOf: [0xEF, 0xBF, 0xBD])
        index += 1
      } else {
        result.append(contentsOf: text[index..<index + length])
        index += length
      }
    }
  }

  /// The number of bytes of the character at `index`; 0 where there is none.
  static func characterLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let first = text[index]
    // The ranges of the second byte keep out surrogates, overlong forms and what is past U+10FFFF.
    let (length, second): (Int, ClosedRange<UInt8>)
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard index + length <= text.count, second.contains(text[index + 1]) else { return 0 }
    for next in index + 2..<max(index + 2, index + length) where text[next] & 0xC0 != 0x80 {
      return 0
    }
    return length
  }
}
