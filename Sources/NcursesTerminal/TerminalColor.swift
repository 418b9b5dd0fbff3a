/// A colour in the three sizes of palette that terminals have.
///
/// Indices of 256 colours are xterm's: 0 to 15 as the user set them, then a 6x6x6 cube and greys.
struct TerminalColor: Hashable, Sendable {
  let of256: Int32
  let of16: Int32
  let of8: Int32

  init(_ of256: Int32, _ of16: Int32, _ of8: Int32) {
    self.of256 = of256
    self.of16 = of16
    self.of8 = of8
  }

  /// What ncurses is told on a terminal with `depth`.
  func index(_ depth: ColorDepth) -> Int32 {
    switch depth {
    case .none: -1
    case .eight: of8
    case .sixteen: of16
    case .twoHundredFiftySix: of256
    case .direct: rgb
    }
  }

  /// The colour as red, green and blue; the first eight, which terminals keep in their palette even
  /// then, as they are.
  private var rgb: Int32 {
    switch of256 {
    case ..<8: return of256
    case 8..<16: return Self.bright[Int(of256) - 8]
    case 16..<232:
      let cube = of256 - 16
      let level = { (step: Int32) -> Int32 in step == 0 ? 0 : 55 + 40 * step }
      return level(cube / 36) << 16 | level(cube / 6 % 6) << 8 | level(cube % 6)
    default: return (8 + 10 * (min(of256, 255) - 232)) * 0x010101
    }
  }

  private static let bright: [Int32] = [
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]
}

/// How many colours a terminal has.
enum ColorDepth: Hashable, Sendable {
  case none, eight, sixteen, twoHundredFiftySix
  /// Colours are given by their red, green and blue.
  case direct

  init(colors: Int32, isDirect: Bool) {
    self =
      switch colors {
      case _ where isDirect && colors > 256: .direct
      case 256...: .twoHundredFiftySix
      case 16...: .sixteen
      case 8...: .eight
      default: .none
      }
  }
}
