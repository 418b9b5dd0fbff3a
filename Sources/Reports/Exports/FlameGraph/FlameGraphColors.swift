import ProfileAnalysis

/// The colours of a flame graph, light enough for black text.
enum FlameGraphColors {
  /// A frame's colour is that of its package, in every profile.
  static let packages = (0..<36).map { step in
    color(hue: Double(step * 10), saturation: step % 2 == 0 ? 0.62 : 0.45, lightness: 0.74)
  }

  /// What grew is orange, what shrank is blue, the more the stronger; under half a percent is grey.
  static let signed: [(name: String, fill: String)] =
    [("same", "#ddd")]
    + (1...4).flatMap { grade in
      let lightness = 0.94 - 0.08 * Double(grade)
      return [
        ("grew\(grade)", color(hue: 28, saturation: 0.9, lightness: lightness)),
        ("shrank\(grade)", color(hue: 212, saturation: 0.8, lightness: lightness)),
      ]
    }

  /// The class for a change of `value` where shares are of `total`.
  static func signedClass(of value: Int64, total: Int64) -> String {
    let share = total == 0 ? 0 : Double(value.magnitude) / Double(total.magnitude)
    let grade =
      switch share {
      case ..<0.005: 0
      case ..<0.02: 1
      case ..<0.08: 2
      case ..<0.3: 3
      default: 4
      }
    if grade == 0 { return "same" }
    return (value < 0 ? "shrank" : "grew") + String(grade)
  }

  /// The colour as `#rrggbb`.
  private static func color(hue: Double, saturation: Double, lightness: Double) -> String {
    let chroma = (1 - abs(2 * lightness - 1)) * saturation
    func part(_ offset: Double) -> String {
      let position = (offset + hue / 30).truncatingRemainder(dividingBy: 12)
      let wave = max(-1, min(position - 3, 9 - position, 1))
      let digits = String(Int(((lightness - chroma / 2 * wave) * 255).rounded()), radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }
    return "#" + part(0) + part(8) + part(4)
  }
}
