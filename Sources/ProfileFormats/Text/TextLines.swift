/// Some bytes of a text: a line, or a part of one. Valid as long as the text is.
typealias TextSlice = UnsafeBufferPointer<UInt8>

/// Walks over a text line by line.
struct TextLines {
  private let text: TextSlice
  /// The line at hand, without what ends it; empty before the first and after the last.
  private(set) var line: TextSlice
  /// Counts lines from 1.
  private(set) var number = 0
  /// Where the line at hand begins.
  private(set) var offset = 0
  /// Whether a line end follows the line at hand; the text may stop without one.
  private(set) var isEnded = false
  private var next = 0
  private var reported = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    text = bytes.bindMemory(to: UInt8.self)
    line = TextSlice(start: nil, count: 0)
  }

  /// The lines of a file that is to be decoded; throws where no table could hold its strings.
  init(whole bytes: UnsafeRawBufferPointer) throws(ProfileDecodingError) {
    guard bytes.count < UInt32.max else { throw .tooMany("bytes of text") }
    self.init(bytes)
  }

  /// Goes on to the next line; false where there is none.
  mutating func advance() -> Bool {
    guard next < text.count else {
      offset = text.count
      line = TextSlice(start: nil, count: 0)
      isEnded = false
      return false
    }
    let rest = TextSlice(rebasing: text[next...])
    let length = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.count
    offset = next
    number += 1
    isEnded = length < rest.count
    next = min(next + length + 1, text.count)
    line = rest.prefix(upTo: length, droppingReturn: true)
    return true
  }

  /// Goes on to the next line that is neither blank nor a comment; false where there is none.
  mutating func advancePastComments() -> Bool {
    while advance() {
      if !line.isBlankOrComment { return true }
    }
    return false
  }

  /// Tells how far the reading has come, every 4096 lines or so.
  mutating func report(
    _ progress: (DecodingProgress) -> Bool, _ bytes: UnsafeRawBufferPointer, sampleCount: Int
  ) throws(ProfileDecodingError) {
    guard number &- reported >= 4096 else { return }
    reported = number
    let done = DecodingProgress(
      step: .readingTables, completedBytes: offset, totalBytes: bytes.count,
      sampleCount: sampleCount)
    guard progress(done) else { throw .cancelled }
  }

  func malformed(_ format: String, _ problem: String) -> ProfileDecodingError {
    .malformedLine(line: number, offset: offset, format: format, problem: problem)
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate func prefix(upTo length: Int, droppingReturn: Bool) -> TextSlice {
    let line = TextSlice(rebasing: self[..<length])
    return line.last == UInt8(ascii: "\r") ? TextSlice(rebasing: line.dropLast()) : line
  }

  /// Without blanks at either end.
  var trimmed: TextSlice {
    var start = 0
    var end = count
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return TextSlice(rebasing: self[start..<end])
  }

  var isBlankOrComment: Bool {
    let trimmed = trimmed
    return trimmed.isEmpty || trimmed[0] == UInt8(ascii: "#")
  }

  func hasPrefix(_ prefix: StaticString) -> Bool {
    prefix.withUTF8Buffer { starts(with: $0) }
  }

  func isEqual(to string: StaticString) -> Bool {
    string.withUTF8Buffer { elementsEqual($0) }
  }

  /// Where `string` first begins, nil where it does not occur.
  func firstIndex(of string: StaticString, from start: Int = 0) -> Int? {
    string.withUTF8Buffer { wanted in
      guard count >= wanted.count else { return nil }
      var index = start
      while index <= count - wanted.count {
        if self[index] == wanted[0], self[index...].starts(with: wanted) { return index }
        index += 1
      }
      return nil
    }
  }

  func contains(_ string: StaticString) -> Bool { firstIndex(of: string) != nil }

  subscript(slice range: Range<Int>) -> TextSlice { TextSlice(rebasing: self[range]) }

  /// The slice as a string; bytes that are not UTF-8 read as U+FFFD.
  var string: String { String(decoding: self, as: UTF8.self) }
}

extension UInt8 {
  /// Whether this is white space of ASCII.
  var isBlank: Bool { self == 0x20 || (9...13).contains(self) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  /// Whether this is a digit of hexadecimal numbers in small letters.
  var isSmallHexDigit: Bool { isDigit || (0x61...0x66).contains(self) }
  var isHexDigit: Bool { isSmallHexDigit || (0x41...0x46).contains(self) }
}
