import ProfileAnalysis

/// How much something may grow: `10%`, `5MB`, or `10%,64kB`, where only growth beyond both counts.
public struct CheckLimit: Hashable, Sendable {
  /// A part of a limit.
  public enum Part: Hashable, Sendable {
    /// In percent of what it was.
    case percent(Double)
    /// In a unit; an empty one is that of the values.
    case amount(Double, unit: String)
  }

  public let parts: [Part]
  /// As it was written.
  public let text: String

  /// The limit that `text` says; nil where it says none.
  public init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(Self.part)
    guard parts.allSatisfy({ $0 != nil }) else { return nil }
    self.parts = parts.compactMap { $0 }
    self.text = text
  }

  /// Whether the growth is beyond the limit.
  ///
  /// - Returns: nil where the limit is not in a unit of the values.
  func isExceeded(by value: ComparedValue, unit: String) -> Bool? {
    guard value.change > 0 else { return parts.allSatisfy { fits($0, unit) } ? false : nil }
    for part in parts {
      switch part {
      case .percent(let percent):
        // What was not there grew without bound.
        let base = Double(value.base).magnitude
        guard Double(value.change) > base * percent / 100 else { return false }
      case .amount(let amount, let own):
        guard fits(part, unit) else { return nil }
        let factor = own.isEmpty ? 1 : Measurement.scale(1, from: own, to: unit).value
        guard Double(value.change) > amount * factor else { return false }
      }
    }
    return true
  }

  private func fits(_ part: Part, _ unit: String) -> Bool {
    guard case .amount(_, let own) = part, !own.isEmpty else { return true }
    return Measurement.areConvertible(own, unit)
  }

  private static func part(_ text: Substring) -> Part? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(digits.count)
    guard let number = Double(digits), number.isFinite else { return nil }
    if unit == "%" { return .percent(number) }
    guard unit.allSatisfy({ $0.isLetter }) else { return nil }
    return .amount(number, unit: String(unit))
  }
}
