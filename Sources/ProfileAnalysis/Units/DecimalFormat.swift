/// Floating-point numbers as text, digit for digit as Go's and C's `printf` write them.
public enum DecimalFormat {
  /// The number with `fractionDigits` digits after the point, as `%.2f` does.
  public static func fixed(_ value: Double, fractionDigits: Int) -> String {
    if let special = nonFinite(value) { return special }
    let sign = value.sign == .minus ? "-" : ""
    if fractionDigits == 2, let hundredths = hundredths(value.magnitude) {
      let fraction = hundredths % 100
      return "\(sign)\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
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
    String(repeating: " ", count: max(0, width - text.utf8.count)) + text
  }

  /// The magnitude times 100, rounded, ties to even; nil where that takes more than 64 bits.
  private static func hundredths(_ magnitude: Double) -> UInt64? {
    guard magnitude < 0x1p52 else { return nil }
    let isSubnormal = magnitude.exponentBitPattern == 0
    let significand = magnitude.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    // Below 2^52 the value is significand / 2^shift with a shift of at least 1, and 53 bits times
    // 100 are 60 bits.
    let shift = 1075 - Int(magnitude.exponentBitPattern)
    guard shift < 62 else { return 0 }
    let scaled = significand * 100
    let quotient = scaled >> UInt64(shift)
    let remainder = scaled & (1 << UInt64(shift) - 1)
    let half: UInt64 = 1 << UInt64(shift - 1)
    let roundsUp = remainder > half || (remainder == half && quotient & 1 == 1)
    return quotient + (roundsUp ? 1 : 0)
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
