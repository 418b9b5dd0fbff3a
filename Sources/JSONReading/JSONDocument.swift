import CJSON

/// JSON that somebody sent: whatever is not there, or of another kind, is nil or empty.
package final class JSONDocument {
  private let object: OpaquePointer

  /// How deep values may be nested.
  private static let depthLimit: Int32 = 32

  /// - Returns: nil where the bytes are no JSON.
  package init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count < Int(Int32.max), let parser = json_tokener_new_ex(Self.depthLimit) else {
      return nil
    }
    defer { json_tokener_free(parser) }
    let parsed = bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) {
        json_tokener_parse_ex(parser, $0.baseAddress, Int32($0.count))
      }
    }
    guard let parsed, json_tokener_get_error(parser) == json_tokener_success else { return nil }
    object = parsed
  }

  deinit { json_object_put(object) }

  package var value: Value { Value(object: object, document: self) }

  /// A part of a document.
  package struct Value {
    fileprivate let object: OpaquePointer?
    /// Keeps what `object` is part of.
    fileprivate let document: JSONDocument

    /// The member of that name.
    package subscript(_ name: String) -> Value {
      var member: OpaquePointer?
      guard has(json_type_object), json_object_object_get_ex(object, name, &member) != 0 else {
        return Value(object: nil, document: document)
      }
      return Value(object: member, document: document)
    }

    /// The values of an array.
    package var elements: [Value] {
      guard has(json_type_array) else { return [] }
      return (0..<json_object_array_length(object)).map {
        Value(object: json_object_array_get_idx(object, $0), document: document)
      }
    }

    package var text: String? {
      guard has(json_type_string), let bytes = json_object_get_string(object) else { return nil }
      let count = Int(json_object_get_string_len(object))
      return bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
        String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
      }
    }

    /// A number, or the number that a text writes, as 64-bit ones are sent.
    package var number: Double? {
      if let text { return Double(text) }
      guard has(json_type_int) || has(json_type_double) else { return nil }
      return json_object_get_double(object)
    }

    /// A whole number, as `number`.
    package var integer: Int64? {
      if let text { return Int64(text) }
      if has(json_type_int) { return json_object_get_int64(object) }
      return number.flatMap { Int64(exactly: $0.rounded()) }
    }

    package var isTrue: Bool { has(json_type_boolean) && json_object_get_boolean(object) != 0 }
    package var isObject: Bool { has(json_type_object) }

    private func has(_ type: json_type) -> Bool {
      object != nil && json_object_is_type(object, type) != 0
    }
  }
}
