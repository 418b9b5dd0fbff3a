/// Writes protobuf's encoding.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  /// A number; 0 is left out, which reads as the same.
  mutating func number(_ field: UInt64, _ value: UInt64) {
    guard value != 0 else { return }
    varint(field << 3)
    varint(value)
  }

  mutating func number(_ field: UInt64, _ value: Int64) {
    number(field, UInt64(bitPattern: value))
  }

  mutating func flag(_ field: UInt64, _ value: Bool) { number(field, value ? 1 : UInt64(0)) }

  /// A list of numbers; `scratch` is emptied and used.
  mutating func numbers(
    _ field: UInt64, _ values: some Collection<UInt64>, scratch: inout WireWriter
  ) {
    guard values.count > 2 else {
      for value in values {
        varint(field << 3)
        varint(value)
      }
      return
    }
    scratch.removeAll()
    for value in values { scratch.varint(value) }
    message(field, scratch)
  }

  mutating func message(_ field: UInt64, _ message: WireWriter) {
    message.bytes.withUnsafeBufferPointer { data(field, $0) }
  }

  mutating func data(_ field: UInt64, _ data: UnsafeBufferPointer<UInt8>) {
    varint(field << 3 | 2)
    varint(UInt64(data.count))
    bytes.append(contentsOf: data)
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
