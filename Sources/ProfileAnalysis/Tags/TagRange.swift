/// A range of numbers with a unit, as `32kb`, `:64kb`, `4mb:` or `12kb:64mb`; both ends are in it.
struct TagRange: Sendable {
  let lower: Double?
  let upper: Double?
  /// The unit of the first number, in `Measurement`'s spelling.
  let unit: String

  private struct Number {
    var digits: String
    var unit: String

    func value(option: String) throws(FilterError) -> Int64 {
      guard let value = Int64(digits) else {
        throw .numberOutOfRange(option: option, digits)
      }
      return value
    }
  }

  /// - Returns: nil where `text` is not such a range from end to end.
  static func parse(_ text: String, option: String) throws(FilterError) -> TagRange? {
    var rest = Array(text.utf8)[...]
    let startsOpen = rest.first == UInt8(ascii: ":")
    if startsOpen { rest.removeFirst() }
    guard let first = number(&rest) else { return nil }
    let hasColon = rest.first == UInt8(ascii: ":")
    if hasColon { rest.removeFirst() }
    if startsOpen && hasColon { return nil }
    let second = hasColon ? number(&rest) : nil
    guard rest.isEmpty else { return nil }

    let (value, unit) = Measurement.scale(
      try first.value(option: option), from: first.unit, to: first.unit)
    guard let second else {
      return TagRange(lower: startsOpen ? nil : value, upper: hasColon ? nil : value, unit: unit)
    }
    let (end, endUnit) = Measurement.scale(
      try second.value(option: option), from: second.unit, to: unit)
    return endUnit == unit ? TagRange(lower: value, upper: end, unit: unit) : nil
  }

  /// Whether a number is in the range; one whose unit does not convert into the range's is not.
  func contains(_ number: Int64, unit: String) -> Bool {
    let (value, scaledUnit) = Measurement.scale(number, from: unit, to: self.unit)
    guard scaledUnit.utf8.elementsEqual(self.unit.utf8) else { return false }
    return value >= lower ?? value && value <= upper ?? value
  }

  /// Takes a number with its unit, if there is one, from the start of `text`.
  private static func number(_ text: inout ArraySlice<UInt8>) -> Number? {
    let start = text.startIndex
    var end = start
    if end < text.endIndex, text[end] == UInt8(ascii: "+") || text[end] == UInt8(ascii: "-") {
      end += 1
    }
    let digits = end
    while end < text.endIndex, (0x30...0x39).contains(text[end]) { end += 1 }
    guard end > digits else { return nil }
    let unit = end
    while end < text.endIndex, (0x41...0x5A).contains(text[end] & 0xDF) { end += 1 }
    defer { text = text[end...] }
    return Number(
      digits: String(decoding: text[start..<unit], as: UTF8.self),
      unit: String(decoding: text[unit..<end], as: UTF8.self))
  }
}
