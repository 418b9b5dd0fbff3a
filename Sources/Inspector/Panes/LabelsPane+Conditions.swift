import ProfileAnalysis
import ProfileModel

/// The conditions of `pprof` that a label's samples meet and no others.
enum LabelCondition {
  /// A condition for a key or one of its values; nil where `pprof` has no words for it.
  static func of(_ row: LabelRows.Row, _ rows: LabelRows, _ session: ProfileSession) -> String? {
    let key = rows.totals.keys[row.key]
    guard let value = row.value else {
      // Expressions see texts only.
      return key.values.allSatisfy { $0.label.isNumeric } ? nil : text(nil, under: key.name)
    }
    guard key.values[value].label.isNumeric else {
      return text(key.values[value].text, under: key.name)
    }
    return range(of: key.values[value], under: key, session)
  }

  /// `key=^value$`; a key with a sign that would end it stands in the expression itself.
  private static func text(_ value: [UInt8]?, under key: [UInt8]) -> String {
    let name = String(decoding: key, as: UTF8.self)
    let rest = value.map { "\(quoted(String(decoding: $0, as: UTF8.self)))$" } ?? ""
    if name.isEmpty || name.contains("=") { return "^\(quoted(name)):\(rest)" }
    return value == nil ? "\(name)=" : "\(name)=^\(rest)"
  }

  /// Commas and equals signs have a meaning of their own in conditions.
  private static func quoted(_ text: String) -> String {
    SymbolPattern.quoted(text).split(separator: ",", omittingEmptySubsequences: false)
      .joined(separator: "\\x2c").split(separator: "=", omittingEmptySubsequences: false)
      .joined(separator: "\\x3d")
  }

  /// The numbers that read as the value does, as a range: `bytes=16384bytes:16390bytes`.
  private static func range(
    of value: LabelTotals.Value, under key: LabelTotals.Key, _ session: ProfileSession
  ) -> String? {
    let name = String(decoding: key.name, as: UTF8.self)
    let unit = session.labelUnits[key.id]
    guard !name.isEmpty, !name.contains("="), unit.utf8.allSatisfy(isLetter) else { return nil }
    var (lowest, highest) = (value.label.number, value.label.number)
    for label in session.profile.labelSets.labels where label.isNumeric && label.key == key.id {
      let text = Measurement.scaledLabel(label.number, from: unit, to: "auto")
      guard text.utf8.elementsEqual(value.text) else { continue }
      lowest = min(lowest, label.number)
      highest = max(highest, label.number)
    }
    return "\(name)=\(lowest)\(unit):\(highest)\(unit)"
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }
}
