@testable import ProfileFormats

/// A profile written by hand, field by field, in the order of the calls.
struct Wire {
  private var writer = WireWriter()

  var bytes: [UInt8] { writer.bytes }

  init() {}

  /// The smallest profile with one sample: a location of one line, a value, the given strings.
  static func minimal(
    strings: [String] = ["", "cpu", "ns", "main"], _ more: (inout Wire) -> Void = { _ in }
  ) -> Wire {
    var wire = Wire()
    wire.message(1) {
      $0.number(1, 1)
      $0.number(2, 2)
    }
    wire.message(2) {
      $0.number(1, 1)
      $0.number(2, 10)
    }
    wire.message(4) {
      $0.number(1, 1)
      $0.message(4) {
        $0.number(1, 1)
        $0.number(2, 7)
      }
    }
    wire.message(5) {
      $0.number(1, 1)
      $0.number(2, 3)
    }
    wire.strings(strings)
    more(&wire)
    return wire
  }

  /// A number, also where it is 0.
  mutating func number(_ field: UInt64, _ value: UInt64) {
    writer.varint(field << 3)
    writer.varint(value)
  }

  mutating func message(_ field: UInt64, _ body: (inout Wire) -> Void) {
    var inner = Wire()
    body(&inner)
    data(field, inner.bytes)
  }

  mutating func data(_ field: UInt64, _ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { writer.data(field, $0) }
  }

  mutating func packed(_ field: UInt64, _ values: [UInt64]) {
    var list = WireWriter()
    for value in values { list.varint(value) }
    data(field, list.bytes)
  }

  mutating func strings(_ strings: [String]) {
    for string in strings { data(6, Array(string.utf8)) }
  }

  mutating func raw(_ bytes: [UInt8]) {
    for byte in bytes { writer.append(byte) }
  }
}
