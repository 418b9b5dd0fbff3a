/// Reads names as Rust's older compilers mangle them: like C++, with a hash at the end.
enum RustName {
  /// The name without the hash; nil where `name` has none.
  static func demangled(_ name: [UInt8]) -> [UInt8]? {
    guard name.starts(with: "_ZN".utf8), var rest = path(of: name) else { return nil }
    var result: [UInt8] = []
    while !rest.isEmpty {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard var count = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
      rest = rest[digits.endIndex...]
      if rest.first == underscore {
        rest = rest.dropFirst()
        count -= 1
      }
      guard count >= 0, count <= rest.count else { return nil }
      if !result.isEmpty { result += "::".utf8 }
      appendUnescaped(rest.prefix(count), to: &result)
      rest = rest.dropFirst(count)
    }
    return result.isEmpty ? nil : result
  }

  private static let underscore = UInt8(ascii: "_")
  private static let dollar = UInt8(ascii: "$")

  /// What stands between `_ZN` and `17h`, sixteen digits, `E`; a suffix after a point is ignored.
  private static func path(of name: [UInt8]) -> ArraySlice<UInt8>? {
    var end = name.count
    if let point = name.indices.dropFirst().last(where: {
      name[$0] == UInt8(ascii: ".") && name[$0 - 1] == UInt8(ascii: "E")
    }) {
      end = point
    }
    guard end > 23, name[end - 1] == UInt8(ascii: "E") else { return nil }
    guard name[(end - 20)...].starts(with: "17h".utf8) else { return nil }
    let hash = name[(end - 17)..<(end - 1)]
    let isHash = hash.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    return isHash && Set(hash).count >= 5 ? name[3..<(end - 20)] : nil
  }

  private static func appendUnescaped(_ part: ArraySlice<UInt8>, to result: inout [UInt8]) {
    var rest = part
    if rest.starts(with: "_$".utf8) { rest = rest.dropFirst() }
    while let byte = rest.first {
      if byte == dollar {
        guard let end = rest.dropFirst().firstIndex(of: dollar),
          let character = character(of: rest[(rest.startIndex + 1)..<end])
        else {
          result += rest
          return
        }
        result.append(character)
        rest = rest[(end + 1)...]
      } else if rest.starts(with: "..".utf8) {
        result += "::".utf8
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
  }

  /// The character that stands as `$LT$` or `$u20$`.
  private static func character(of code: ArraySlice<UInt8>) -> UInt8? {
    let text = String(decoding: code, as: UTF8.self)
    let named: [String: Character] = [
      "C": ",", "SP": "@", "BP": "*", "RF": "&", "LT": "<", "GT": ">", "LP": "(", "RP": ")",
    ]
    if let character = named[text] { return character.asciiValue }
    guard code.count == 3, code.first == UInt8(ascii: "u") else { return nil }
    guard let value = UInt8(text.dropFirst(), radix: 16) else { return nil }
    return (0x20...0x7f).contains(value) ? value : nil
  }
}
