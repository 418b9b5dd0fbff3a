/// Prints values of one unit in another; made once for many values.
public struct ValueFormatter: Sendable {
  private enum Conversion: Sendable {
    /// Divide by the target's factor.
    case fixed(UnitFamily.Unit)
    /// The unit that suits each value.
    case automatic(UnitFamily)
    /// No unit that we know: the number stays, the text follows it.
    case none(suffix: String)
  }

  /// Bytes of a unit that fit beside any number into a `NumberText`.
  private static let shortUnit = 8

  private let sourceFactor: Double
  private let conversion: Conversion

  /// - Parameters:
  ///   - source: the unit of the values, as a profile spells it.
  ///   - target: the unit to print; `auto` and `minimum` choose the largest of which the value has
  ///     one. A unit of another kind counts as the kind's usual one: bytes, seconds.
  public init(from source: String, to target: String) {
    for family in UnitFamily.all {
      guard let unit = family.unit(spelled: source) else { continue }
      sourceFactor = unit.factor
      conversion =
        target == "minimum" || target == "auto"
        ? .automatic(family) : .fixed(family.unit(spelled: target) ?? family.defaultUnit)
      return
    }
    sourceFactor = 1
    let isUninteresting = ["count", "sample", "unit", "minimum", "auto"].contains(target)
    conversion = .none(suffix: isUninteresting ? "" : target)
  }

  /// The value in the target unit, and that unit's name; empty where it is a plain count.
  public func scale(_ value: Int64) -> (value: Double, unit: String) {
    // The smallest integer has no positive counterpart and is scaled as it is.
    if value < 0, 0 &- value > 0 {
      let (scaled, unit) = scale(0 &- value)
      return (-scaled, unit)
    }
    let measure = Double(value) * sourceFactor
    switch conversion {
    case .fixed(let unit):
      return (measure / unit.factor, unit.name)
    case .automatic(let family):
      let unit = family.largestUnit(within: measure) ?? family.defaultUnit
      return (measure / unit.factor, unit.name)
    case .none(let suffix):
      return (Double(value), suffix)
    }
  }

  /// The value with its unit, as `1.50MB`, `3s` or `0`: two decimals, or none where both are 0.
  public func label(_ value: Int64) -> String {
    let (scaled, unit) = scale(value)
    if let hundredths = DecimalFormat.hundredths(scaled.magnitude),
      unit.utf8.count <= Self.shortUnit
    {
      if hundredths == 0 { return "0" }
      var text = NumberText()
      text.prepend(unit)
      let isWhole = hundredths % 100 == 0
      text.prepend(
        isWhole ? hundredths / 100 : hundredths, fractionDigits: isWhole ? 0 : 2,
        isNegative: scaled < 0)
      return text.string
    }
    var text = DecimalFormat.fixed(scaled, fractionDigits: 2)
    if text.hasSuffix(".00") { text.removeLast(3) }
    return text == "0" || text == "-0" ? "0" : text + unit
  }
}
