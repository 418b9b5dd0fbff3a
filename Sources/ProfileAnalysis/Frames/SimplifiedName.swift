/// Function names without what keeps expressions for whole names from matching them.
enum SimplifiedName {
  private static let reserved: [StaticString] = ["(anonymous namespace)", "operator()"]

  /// The part of `name` that such expressions see: without a leading `.`, which PowerPC's ABI puts
  /// before a function, and without the argument list and all after it.
  static func range(in name: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    let start = name.first == UInt8(ascii: ".") ? 1 : 0
    var index = start
    scan: while index < name.count {
      for word in reserved where hasPrefix(name[index...], word) {
        index += word.utf8CodeUnitCount
        continue scan
      }
      if name[index] == UInt8(ascii: "(") { return start..<index }
      index += 1
    }
    return start..<name.count
  }

  private static func hasPrefix(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ word: StaticString)
    -> Bool
  {
    word.withUTF8Buffer { text.count >= $0.count && text.prefix($0.count).elementsEqual($0) }
  }
}
