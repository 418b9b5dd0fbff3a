/// The package, module or namespace that a function's name begins with.
enum PackageName {
  /// The package's name, as it is written in the source; empty where the name has none.
  ///
  /// `net/http.(*conn).serve` is of `net/http`, `gopkg.in/yaml%2ev3.Unmarshal` of
  /// `gopkg.in/yaml.v3`, `std::vector<int>::push_back` and `<std::string as X>::f` of `std`, and
  /// in a `.java` file `java.util.HashMap.put` of `java.util`.
  static func of(
    function name: UnsafeBufferPointer<UInt8>, file: UnsafeBufferPointer<UInt8>
  ) -> [UInt8] {
    var name = name[...]
    while let first = name.first, first == UInt8(ascii: "<") || first == UInt8(ascii: "&") {
      name = name.dropFirst()
    }
    // Type arguments and parameters hold dots and slashes of their own.
    if let end = name.firstIndex(where: { "[(<{ ".utf8.contains($0) }) { name = name[..<end] }
    let start = name.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? name.startIndex
    guard let separator = firstSeparator(in: name, from: start), separator > start else {
      return []
    }
    if start == name.startIndex, file.reversed().starts(with: ".java".utf8.reversed()) {
      return javaPackage(of: name)
    }
    return unescaped(name[..<separator])
  }

  /// The first `.` or `::`.
  private static func firstSeparator(
    in name: Slice<UnsafeBufferPointer<UInt8>>, from start: Int
  ) -> Int? {
    let colon = UInt8(ascii: ":")
    return name[start...].indices.first {
      name[$0] == UInt8(ascii: ".")
        || (name[$0] == colon && $0 + 1 < name.endIndex && name[$0 + 1] == colon)
    }
  }

  /// The parts before the class, which is the first to begin with a capital.
  private static func javaPackage(of name: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    let parts = name.split(separator: UInt8(ascii: "."))
    let package = parts.prefix { !capitals.contains($0.first ?? 0) }
    // Without a class in the name the last part is a method, the one before it a class.
    let count = package.count == parts.count ? max(parts.count - 2, 0) : package.count
    return Array(parts.prefix(count).joined(separator: [UInt8(ascii: ".")]))
  }

  /// Go writes dots in the last part of an import path as `%2e`.
  private static func unescaped(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    guard name.contains(UInt8(ascii: "%")) else { return Array(name) }
    var result: [UInt8] = []
    var rest = name
    while let first = rest.first {
      let code = rest.dropFirst().prefix(2)
      if first == UInt8(ascii: "%"), code.count == 2,
        let byte = UInt8(String(decoding: code, as: UTF8.self), radix: 16)
      {
        result.append(byte)
        rest = rest.dropFirst(3)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
