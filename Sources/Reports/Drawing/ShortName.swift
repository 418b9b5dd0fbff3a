/// Shortens names of functions for drawings: without packages, namespaces and arguments.
enum ShortName {
  /// The name as a drawing shows it.
  static func of(_ name: [UInt8]) -> [UInt8] {
    var name = name
    let anonymous = "(anonymous namespace)::".utf8
    if name.starts(with: anonymous) { name.removeFirst(anonymous.count) }
    name = withoutModuleVersion(name)
    guard let range = goName(name) ?? javaName(name) ?? cppName(name) else { return name }
    return Array(name[range])
  }

  /// The name without the first `/v2` that ends a part of a Go module's path.
  private static func withoutModuleVersion(_ bytes: [UInt8]) -> [UInt8] {
    var index = 0
    while index + 2 < bytes.count, bytes[index] != newline {
      defer { index += 1 }
      guard bytes[index] == slash, bytes[index + 1] == UInt8(ascii: "v") else { continue }
      let digits = bytes[(index + 2)...].prefix(while: isDigit)
      guard let first = digits.first, first != UInt8(ascii: "0") else { continue }
      guard digits.count > 1 || first >= UInt8(ascii: "2") else { continue }
      guard digits.endIndex < bytes.count, [slash, dot].contains(bytes[digits.endIndex]) else {
        continue
      }
      return Array(bytes[..<index] + bytes[digits.endIndex...])
    }
    return bytes
  }

  /// `pkg.Function` of `path/to/pkg.Function`.
  private static func goName(_ bytes: [UInt8]) -> Range<Int>? {
    var ends: [Int] = []
    var index = 0
    while index < bytes.count {
      let part = bytes[index...].prefix { isWord($0) || $0 == UInt8(ascii: "-") || $0 == dot }
      guard !part.isEmpty, part.endIndex < bytes.count, bytes[part.endIndex] == slash else { break }
      index = part.endIndex + 1
      ends.append(index)
    }
    for start in ends.reversed() {
      let package = bytes[start...].prefix { $0 != dot }
      guard !package.isEmpty, package.endIndex < bytes.count else { continue }
      let rest = bytes[(package.endIndex + 1)...].prefix { $0 != newline }
      if !rest.isEmpty { return start..<rest.endIndex }
    }
    return nil
  }

  /// `Class.method` of `org.example.Class.method(Arguments)`.
  private static func javaName(_ bytes: [UInt8]) -> Range<Int>? {
    var start = 0
    while start < bytes.count, isLower(bytes[start]) {
      let part = bytes[start...].prefix(while: isWord)
      guard part.endIndex < bytes.count, bytes[part.endIndex] == dot else { return nil }
      start = part.endIndex + 1
    }
    guard start < bytes.count, isUpper(bytes[start]) else { return nil }
    let isPart = { (byte: UInt8) in isWord(byte) || byte == UInt8(ascii: "$") }
    let type = bytes[start...].prefix(while: isPart)
    guard type.endIndex < bytes.count, bytes[type.endIndex] == dot else { return nil }
    let method = type.endIndex + 1
    var end = method
    if bytes[method...].starts(with: "<init>".utf8) {
      end += 6
    } else if method < bytes.count, isLower(bytes[method]) {
      end = bytes[method...].prefix(while: isPart).endIndex
    } else {
      return nil
    }
    return end == bytes.count || bytes[end] == UInt8(ascii: "(") ? start..<end : nil
  }

  /// `Class::method<…>` of `space::Class::method<…>(arguments)`.
  private static func cppName(_ bytes: [UInt8]) -> Range<Int>? {
    var starts: [Int] = []
    var index = 0
    while let end = identifier(bytes, from: index), isScope(bytes, at: end) {
      index = end + 2
      starts.append(index)
    }
    for start in starts.reversed() {
      let name = bytes[start...].drop { $0 == underscore }
      guard let first = name.first, isUpper(first) else { continue }
      let type = name.prefix(while: isWord)
      guard isScope(bytes, at: type.endIndex) else { continue }
      var method = type.endIndex + 2
      if method < bytes.count, bytes[method] == UInt8(ascii: "~") { method += 1 }
      guard let end = identifier(bytes, from: method) else { continue }
      guard end < bytes.count, bytes[end] == UInt8(ascii: "<") else { return start..<end }
      let line = bytes[end...].prefix { $0 != newline }
      return start..<(line.lastIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? end)
    }
    return nil
  }

  private static func identifier(_ bytes: [UInt8], from start: Int) -> Int? {
    guard start < bytes.count, isWord(bytes[start]), !isDigit(bytes[start]) else { return nil }
    return bytes[start...].prefix(while: isWord).endIndex
  }

  private static func isScope(_ bytes: [UInt8], at index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index] == colon && bytes[index + 1] == colon
  }

  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")
  private static let colon = UInt8(ascii: ":")
  private static let newline = UInt8(ascii: "\n")
  private static let underscore = UInt8(ascii: "_")

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }
  private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLower(byte) || isUpper(byte) || byte == underscore
  }
}
