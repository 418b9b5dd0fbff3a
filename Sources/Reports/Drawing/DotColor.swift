#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The colours of a drawing: green for what shrank, grey for nothing, red for what costs.
enum DotColor {
  /// The colour for a share from -1 to 1, as `#rrggbb`; light where it lies behind text.
  static func of(_ share: Double, isBackground: Bool) -> String {
    // Colours are shifted away from grey, so that small values can be told apart.
    let shift = 0.7
    var saturation = isBackground ? 0.1 : 1.0
    let value = isBackground ? 0.93 : 0.7
    var share = share.isNaN ? share : max(-1, min(1, share))
    if share.magnitude < 0.2 { saturation *= share.magnitude / 0.2 }
    if share > 0 { share = pow(share, 1 - shift) }
    if share < 0 { share = -pow(-share, 1 - shift) }
    let isNegative = share < 0
    let red = isNegative ? value * (1 + saturation * share) : value
    let green = isNegative ? value : value * (1 - saturation * share)
    let blue = value * (1 - saturation)
    return "#" + [red, green, blue].map(hexadecimal).joined()
  }

  private static func hexadecimal(_ part: Double) -> String {
    let byte = part.isNaN ? 0 : UInt8(max(0, min(255, part * 255)))
    return (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
