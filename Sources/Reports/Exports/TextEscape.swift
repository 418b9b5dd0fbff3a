/// How a name from a profile is written so that it stays a name: nothing in it ends what it stands in,
/// and nothing reaches a terminal, a parser or a browser as an instruction.
///
/// Bytes that are not UTF-8 become U+FFFD, and so do control and direction characters, but in JSON, which can
/// spell them.
enum TextEscape {
  /// A frame of a folded stack: `;` parts frames, so that one in a name is written as `:`.
  case folded
  /// Between the quotes of a JSON string.
  case json
  /// Text or an attribute of XML or HTML.
  case xml
  /// Between the quotes of a CSV field.
  case csv
  /// A frame of a folded stack between the quotes of a CSV field.
  case foldedCSV

  /// The text as it is written.
  func escaped(_ text: String) -> [UInt8] {
    var text = text
    return text.withUTF8 { bytes in
      var result: [UInt8] = []
      append(bytes, to: &result)
      return result
    }
  }

  /// Appends the text as it is written.
  func append(_ text: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
    if text.allSatisfy(isPlain) {
      result.append(contentsOf: text)
      return
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      append(scalar, to: &result)
    }
  }

  /// Whether the byte stands for itself in every form.
  private func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "&"),
      UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "'"):
      false
    default: byte >= 0x20 && byte < 0x7f
    }
  }

  private func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
    guard !scalar.isInstruction else {
      result.append(self == .json ? scalar.jsonEscape : "\u{FFFD}")
      return
    }
    switch (self, scalar) {
    case (.folded, ";"), (.foldedCSV, ";"): result.append(":")
    case (.csv, "\""), (.foldedCSV, "\""): result.append("\"\"")
    case (.json, "\""): result.append("\\\"")
    case (.json, "\\"): result.append("\\\\")
    // So that a page may hold the text in a script.
    case (.json, "<"): result.append("\\u003c")
    case (.xml, "&"): result.append("&amp;")
    case (.xml, "<"): result.append("&lt;")
    case (.xml, ">"): result.append("&gt;")
    case (.xml, "\""): result.append("&quot;")
    case (.xml, "'"): result.append("&#39;")
    default: result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
}

extension Unicode.Scalar {
  /// Whether it tells a terminal, a line or the direction of text what to do, or may not stand in XML.
  fileprivate var isInstruction: Bool {
    switch value {
    case 0..<0x20, 0x7f...0x9f, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069,
      0xfffe...0xffff:
      true
    default: false
    }
  }

  /// As `\u001b`.
  fileprivate var jsonEscape: String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
