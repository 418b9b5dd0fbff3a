/// Bytes in the wire format of protocol buffers.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// A whole number; nothing where it is 0, as that is what absence means.
  mutating func number(_ field: UInt64, _ value: Int) {
    guard value != 0 else { return }
    varint(field << 3)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// A list of numbers: packed where there are more than two, as Go's encoder does.
  mutating func numbers(_ field: UInt64, _ values: some Collection<Int>) {
    guard values.count > 2 else {
      for value in values {
        varint(field << 3)
        varint(UInt64(bitPattern: Int64(value)))
      }
      return
    }
    let length = values.reduce(0) { $0 + Self.length(of: UInt64(bitPattern: Int64($1))) }
    varint(field << 3 | 2)
    varint(UInt64(length))
    for value in values { varint(UInt64(bitPattern: Int64(value))) }
  }

  mutating func string(_ field: UInt64, _ value: String) {
    varint(field << 3 | 2)
    varint(UInt64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  mutating func message(_ field: UInt64, _ message: WireWriter) {
    varint(field << 3 | 2)
    varint(UInt64(message.bytes.count))
    bytes.append(contentsOf: message.bytes)
  }

  private static func length(of value: UInt64) -> Int {
    max(1, (70 - value.leadingZeroBitCount) / 7)
  }
}
