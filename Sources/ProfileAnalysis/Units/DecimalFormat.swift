/// Floating-point numbers as text, digit for digit as Go's and C's `printf` write them.
public enum DecimalFormat {
  /// The number with `fractionDigits` digits after the point, as `%.2f` does.
  public static func fixed(_ value: Double, fractionDigits: Int) -> String {
    if let special = nonFinite(value) { return special }
    let sign = value.sign == .minus ? "-" : ""
    if fractionDigits == 2, value.magnitude < 0x1p52 {
      let hundredths = scaled(value.magnitude, by: 100).rounded
      return text(hundredths, fractionDigits: 2, isNegative: value.sign == .minus)
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
    if precision == 2, let digits = short(value) { return digits }
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

  /// Two significant digits of what is from 0.0001 to 1, without exact decimals; nil for others.
  private static func short(_ value: Double) -> String? {
    guard value.magnitude >= 0.0001, value.magnitude < 1 else { return nil }
    var factor: UInt64 = 10
    var fractionDigits = 1
    var digits: (whole: UInt64, rounded: UInt64) = (0, 0)
    while digits.whole < 10 {
      factor *= 10
      fractionDigits += 1
      digits = scaled(value.magnitude, by: factor)
    }
    var rounded = digits.rounded
    while fractionDigits > 0, rounded % 10 == 0 {
      rounded /= 10
      fractionDigits -= 1
    }
    return text(rounded, fractionDigits: fractionDigits, isNegative: value.sign == .minus)
  }

  /// `number` with a point before its last `fractionDigits` digits.
  private static func text(_ number: UInt64, fractionDigits: Int, isNegative: Bool) -> String {
    // A sign, a point, and 20 digits at most, or a 0 before the fraction.
    String(unsafeUninitializedCapacity: 32) { bytes in
      var position = 32
      func write(_ byte: UInt8) {
        position -= 1
        bytes[position] = byte
      }
      var rest = number
      var left = fractionDigits
      repeat {
        write(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
        left -= 1
        if left == 0 {
          write(UInt8(ascii: "."))
          if rest == 0 { write(UInt8(ascii: "0")) }
        }
      } while rest > 0 || left > 0
      if isNegative { write(UInt8(ascii: "-")) }
      for index in position..<32 { bytes[index - position] = bytes[index] }
      return 32 - position
    }
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
