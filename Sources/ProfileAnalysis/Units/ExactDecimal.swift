/// The decimal digits of a floating-point number, all of them: what `%.2f` and `%.4g` are cut from.
///
/// The C library's `printf` would do, but its decimal point follows the locale, which a terminal
/// program has to set. Digits are those of the exact binary value, so that rounding is too.
struct ExactDecimal {
  /// From the first that is not 0 to the last that is not 0, each 0 to 9; empty for 0.
  private(set) var digits: [UInt8]
  /// How many of `digits` stand before the decimal point; negative where zeros follow the point.
  private(set) var pointPosition: Int

  /// - Precondition: `magnitude` is finite and not negative.
  init(_ magnitude: Double) {
    precondition(magnitude.isFinite && magnitude >= 0)
    var limbs: [UInt32] = []
    let isSubnormal = magnitude.exponentBitPattern == 0
    var significand = magnitude.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    var exponent = Int(magnitude.exponentBitPattern) - 1075 + (isSubnormal ? 1 : 0)
    while significand != 0 && significand & 1 == 0 {
      significand >>= 1
      exponent += 1
    }
    limbs.append(UInt32(truncatingIfNeeded: significand))
    limbs.append(UInt32(truncatingIfNeeded: significand >> 32))
    // m / 2^k is m * 5^k / 10^k: a whole number and a place for the point.
    let fractionDigits = significand == 0 ? 0 : max(0, -exponent)
    if significand != 0 {
      Self.multiply(&limbs, by: exponent > 0 ? 2 : 5, times: abs(exponent))
    }
    digits = Self.decimalDigits(of: limbs)
    pointPosition = digits.count - fractionDigits
    removeTrailingZeros()
  }

  /// Rounds to `count` significant digits, ties to even; fewer are left where the last are 0.
  mutating func round(toSignificant count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let isTie = digits[count] == 5 && count + 1 == digits.count
    let isOdd = count > 0 && digits[count - 1] & 1 == 1
    let roundsUp = isTie ? isOdd : digits[count] >= 5
    digits.removeSubrange(count...)
    if roundsUp {
      while digits.last == 9 { digits.removeLast() }
      if digits.isEmpty {
        digits = [1]
        pointPosition += 1
      } else {
        digits[digits.count - 1] += 1
      }
    }
    removeTrailingZeros()
  }

  private mutating func removeTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { pointPosition = 0 }
  }

  private static func multiply(_ limbs: inout [UInt32], by factor: UInt32, times: Int) {
    var remaining = times
    while remaining > 0 {
      var step: UInt64 = 1
      // 5^13 and 2^13 both fit a limb.
      for _ in 0..<min(remaining, 13) { step *= UInt64(factor) }
      remaining -= 13
      var carry: UInt64 = 0
      for index in limbs.indices {
        let product = UInt64(limbs[index]) * step + carry
        limbs[index] = UInt32(truncatingIfNeeded: product)
        carry = product >> 32
      }
      if carry != 0 { limbs.append(UInt32(carry)) }
    }
  }

  private static func decimalDigits(of number: [UInt32]) -> [UInt8] {
    var limbs = number
    var reversed: [UInt8] = []
    while true {
      while limbs.last == 0 { limbs.removeLast() }
      guard !limbs.isEmpty else { break }
      var remainder: UInt64 = 0
      for index in limbs.indices.reversed() {
        let value = remainder << 32 | UInt64(limbs[index])
        limbs[index] = UInt32(value / 1_000_000_000)
        remainder = value % 1_000_000_000
      }
      for _ in 0..<9 {
        reversed.append(UInt8(remainder % 10))
        remainder /= 10
      }
    }
    while reversed.last == 0 { reversed.removeLast() }
    return reversed.reversed()
  }
}
