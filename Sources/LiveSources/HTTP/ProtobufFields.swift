/// The fields of a protobuf message, one after the other; stops at what is damaged.
///
/// For answers of some kilobytes that hold no profile.
struct ProtobufFields: Sequence, IteratorProtocol {
  /// What a field holds.
  enum Content {
    case varint(UInt64)
    case fixed64(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  private var rest: ArraySlice<UInt8>
  /// Whether all that was read so far made sense.
  private(set) var isIntact = true

  init(_ message: ArraySlice<UInt8>) { rest = message }

  mutating func next() -> (field: Int, content: Content)? {
    guard !rest.isEmpty else { return nil }
    guard let tag = varint(), tag >> 3 > 0, tag >> 3 < 1 << 29, let content = content(tag & 7)
    else {
      isIntact = false
      rest = []
      return nil
    }
    return (Int(tag >> 3), content)
  }

  private mutating func content(_ type: UInt64) -> Content? {
    switch type {
    case 0: return varint().map(Content.varint)
    case 1: return fixed(8).map(Content.fixed64)
    case 2:
      guard let count = varint(), count <= UInt64(rest.count) else { return nil }
      defer { rest = rest.dropFirst(Int(count)) }
      return .bytes(rest.prefix(Int(count)))
    case 5: return fixed(4).map(Content.fixed64)
    default: return nil
    }
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for (index, byte) in rest.prefix(10).enumerated() {
      value |= UInt64(byte & 0x7f) << UInt64(7 * index)
      if byte < 0x80 {
        rest = rest.dropFirst(index + 1)
        return value
      }
    }
    return nil
  }

  private mutating func fixed(_ count: Int) -> UInt64? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension ProtobufFields.Content {
  /// The content as text; empty where it is none.
  var text: String {
    if case .bytes(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { "" }
  }

  var message: ProtobufFields {
    if case .bytes(let bytes) = self { ProtobufFields(bytes) } else { ProtobufFields([]) }
  }

  var integer: Int64 {
    if case .varint(let value) = self { Int64(bitPattern: value) } else { 0 }
  }

  var double: Double {
    if case .fixed64(let bits) = self { Double(bitPattern: bits) } else { 0 }
  }
}

/// A protobuf message in the making. What is zero or empty is left out, as proto3 has it.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ field: UInt64, _ value: Int64) {
    guard value != 0 else { return }
    varint(field << 3)
    varint(UInt64(bitPattern: value))
  }

  mutating func add(_ field: UInt64, _ value: Double) {
    guard value != 0 else { return }
    varint(field << 3 | 1)
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
    }
  }

  mutating func add(_ field: UInt64, _ text: String) {
    guard !text.isEmpty else { return }
    varint(field << 3 | 2)
    varint(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  mutating func add(_ field: UInt64, _ texts: [String]) {
    for text in texts { add(field, text) }
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
