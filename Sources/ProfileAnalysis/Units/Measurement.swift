/// Values with units and shares as `pprof` prints them, digit for digit.
public enum Measurement {
  /// The value in the unit `to`, and that unit's name; empty where it is a plain count.
  ///
  /// See `ValueFormatter` for what the units mean, and to convert many values.
  public static func scale(
    _ value: Int64, from: String, to: String
  ) -> (value: Double, unit: String) {
    ValueFormatter(from: from, to: to).scale(value)
  }

  /// The value in the unit `to`, as `1.50MB`.
  public static func scaledLabel(_ value: Int64, from: String, to: String) -> String {
    ValueFormatter(from: from, to: to).label(value)
  }

  /// The value in the unit that suits it.
  public static func label(_ value: Int64, unit: String) -> String {
    ValueFormatter(from: unit, to: "auto").label(value)
  }

  /// The share of `value` in `total`, never negative, at least five characters and `%`: ` 7.25%`,
  /// `  100%`, `0.066%`, `3.9e-06%`.
  ///
  /// - Parameter total: 0 makes every share 0.
  public static func percentage(_ value: Int64, of total: Int64) -> String {
    let share = total == 0 ? 0 : (Double(value) / Double(total)).magnitude * 100
    if share >= 99.95 && share <= 100.05 { return "  100%" }
    var text = NumberText()
    text.prepend(UInt8(ascii: "%"))
    if share >= 1, let hundredths = DecimalFormat.hundredths(share) {
      text.prepend(hundredths, fractionDigits: 2, isNegative: false)
    } else if share < 1, let digits = DecimalFormat.twoDigits(share) {
      text.prepend(digits.number, fractionDigits: digits.fractionDigits, isNegative: false)
    } else {
      let digits =
        share >= 1
        ? DecimalFormat.fixed(share, fractionDigits: 2)
        : DecimalFormat.general(share, significantDigits: 2)
      return DecimalFormat.padded(digits, to: 5) + "%"
    }
    text.pad(to: 6)
    return text.string
  }

  /// The one unit in which a whole report prints values from `minimum` to `maximum`.
  ///
  /// - Parameters:
  ///   - minimum: the smallest magnitude shown other than 0; 0 where there is none.
  ///   - maximum: the report's total.
  ///   - unit: the values' unit, which is the answer where it is of no kind that we know.
  ///   - ratio: what printed values are multiplied by; counts where it is above 0 and not 1.
  ///   - prefersLarger: whether the smallest value may print as little as 0.01 so that the others
  ///     read better. Not for output of whole numbers.
  public static func commonUnit(
    minimum: Int64, maximum: Int64, unit: String, ratio: Double = 1, prefersLarger: Bool = true
  ) -> String {
    var minimum = minimum == 0 ? maximum : minimum
    var maximum = maximum
    if ratio > 0 && ratio != 1 {
      minimum = scaled(minimum, by: ratio)
      maximum = scaled(maximum, by: ratio)
    }
    let formatter = ValueFormatter(from: unit, to: "minimum")
    var common = formatter.scale(minimum).unit
    if prefersLarger, common != formatter.scale(maximum).unit, minimum &* 100 < maximum {
      common = formatter.scale(minimum &* 100).unit
    }
    return common.isEmpty ? unit : common
  }

  /// The value times `ratio` without its fraction; `Int64.min` where that is out of range.
  public static func scaled(_ value: Int64, by ratio: Double) -> Int64 {
    Int64(exactly: (Double(value) * ratio).rounded(.towardZero)) ?? .min
  }

  /// Whether values of the two units can be converted into each other, or are of the same unit.
  public static func areConvertible(_ first: String, _ second: String) -> Bool {
    first == second
      || UnitFamily.all.contains {
        $0.unit(spelled: first) != nil && $0.unit(spelled: second) != nil
      }
  }

  /// Whether values of the unit are times.
  public static func isTime(_ unit: String) -> Bool {
    UnitFamily.time.unit(spelled: unit) != nil
  }
}
