/// Floating-point numbers as text, digit for digit as Go's and C's `printf` write them.
public enum DecimalFormat {
  /// The number with `fractionDigits` digits after the point, as `%.2f` does.
  public static func fixed(_ value: Double, fractionDigits: Int) -> String {
    if let special = nonFinite(value) { return special }
    let sign = value.sign == .minus ? "-" : ""
    if fractionDigits == 2, let hundredths = hundredths(value.magnitude) {
      var text = NumberText()
      text.prepend(hundredths, fractionDigits: 2, isNegative: value.sign == .minus)
      return text.string
    }
    var decimal = ExactDecimal(value.magnitude)
    decimal.round(toSignificant: decimal.pointPosition + fractionDigits)
    var text = sign
    appendFixed(decimal, fractionDigits: fractionDigits, to: &text)
    return text
  }

  /// The number with at most `significantDigits` digits, as `%.2g` does: `0.066`, `3.9e-06`, `0`.
  public static func general(_ value: Double, significantDigits: Int) -> String {
    if let special = nonFinite(value) { return special }
    let precision = max(significantDigits, 1)
    if precision == 2, let digits = twoDigits(value.magnitude) {
      var text = NumberText()
      text.prepend(
        digits.number, fractionDigits: digits.fractionDigits, isNegative: value.sign == .minus)
      return text.string
    }
    var text = value.sign == .minus ? "-" : ""
    var decimal = ExactDecimal(value.magnitude)
    decimal.round(toSignificant: precision)
    guard !decimal.digits.isEmpty else { return text + "0" }
    let exponent = decimal.pointPosition - 1
    if exponent < -4 || exponent >= precision {
      appendScientific(decimal, exponent: exponent, to: &text)
    } else {
      let fractionDigits = max(decimal.digits.count - decimal.pointPosition, 0)
      appendFixed(decimal, fractionDigits: fractionDigits, to: &text)
    }
    return text
  }

  /// `text` after as many blanks as make it `width` characters wide.
  static func padded(_ text: String, to width: Int) -> String {
    let missing = width - text.utf8.count
    return missing > 0 ? String(repeating: " ", count: missing) + text : text
  }

  /// The magnitude in hundredths, rounded with ties to even; nil where it is 2^52 or more.
  static func hundredths(_ magnitude: Double) -> UInt64? {
    magnitude < 0x1p52 ? scaled(magnitude, by: 100).rounded : nil
  }

  /// Two significant digits of what is from 0.0001 to 1, as a number and how many of its digits are
  /// after the point, without exact decimals; nil for others.
  static func twoDigits(_ magnitude: Double) -> (number: UInt64, fractionDigits: Int)? {
    guard magnitude >= 0.0001, magnitude < 1 else { return nil }
    var factor: UInt64 = 10
    var fractionDigits = 1
    var digits: (whole: UInt64, rounded: UInt64) = (0, 0)
    while digits.whole < 10 {
      factor *= 10
      fractionDigits += 1
      digits = scaled(magnitude, by: factor)
    }
    var rounded = digits.rounded
    while fractionDigits > 0, rounded % 10 == 0 {
      rounded /= 10
      fractionDigits -= 1
    }
    return (rounded, fractionDigits)
  }

  /// The magnitude times `factor`, cut off, and rounded with ties to even.
  ///
  /// - Precondition: the magnitude is below 2^52, and the factor below 2^20.
  private static func scaled(
    _ magnitude: Double, by factor: UInt64
  ) -> (whole: UInt64, rounded: UInt64) {
    let isSubnormal = magnitude.exponentBitPattern == 0
    let significand = magnitude.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    // The value is significand / 2^shift with a shift of at least 1, and 53 bits times 20 are 73.
    let shift = 1075 - Int(magnitude.exponentBitPattern)
    guard shift < 80 else { return (0, 0) }
    let scaled = UInt128(significand) * UInt128(factor)
    let quotient = UInt64(truncatingIfNeeded: scaled >> UInt128(shift))
    let remainder = scaled & (1 << UInt128(shift) - 1)
    let half: UInt128 = 1 << UInt128(shift - 1)
    let roundsUp = remainder > half || (remainder == half && quotient & 1 == 1)
    return (quotient, quotient + (roundsUp ? 1 : 0))
  }

  private static func nonFinite(_ value: Double) -> String? {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return nil
  }

  private static func appendFixed(
    _ decimal: ExactDecimal, fractionDigits: Int, to text: inout String
  ) {
    func digit(at position: Int) -> UInt8 {
      decimal.digits.indices.contains(position) ? decimal.digits[position] : 0
    }
    func append(_ position: Int, to text: inout String) {
      text.unicodeScalars.append(Unicode.Scalar(UInt8(ascii: "0") + digit(at: position)))
    }
    if decimal.pointPosition <= 0 { text += "0" }
    for position in 0..<max(decimal.pointPosition, 0) { append(position, to: &text) }
    guard fractionDigits > 0 else { return }
    text += "."
    for place in 0..<fractionDigits { append(decimal.pointPosition + place, to: &text) }
  }

  private static func appendScientific(
    _ decimal: ExactDecimal, exponent: Int, to text: inout String
  ) {
    for (index, digit) in decimal.digits.enumerated() {
      if index == 1 { text += "." }
      text.unicodeScalars.append(Unicode.Scalar(UInt8(ascii: "0") + digit))
    }
    text += exponent < 0 ? "e-" : "e+"
    text += exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
  }
}
