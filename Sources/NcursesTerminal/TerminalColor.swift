/// A colour in the three sizes of palette that terminals have.
///
/// Indices of 256 colours are xterm's: 0 to 15 as the user set them, then a 6x6x6 cube and greys.
struct TerminalColor: Hashable, Sendable {
  let of256: Int32
  let of16: Int32
  let of8: Int32
  /// Red, green and blue, where they were given.
  private var given: Int32?

  init(_ of256: Int32, _ of16: Int32, _ of8: Int32) {
    self.of256 = of256
    self.of16 = of16
    self.of8 = of8
  }

  /// A colour of xterm's 256, with the nearest of smaller palettes.
  init(number: Int32) {
    let rgb = Self(number, 0, 0).components
    self.init(
      number, number < 16 ? number : Self.nearest(to: rgb, below: 16),
      number < 8 ? number : Self.nearest(to: rgb, below: 8))
  }

  /// A colour by its red, green and blue, with the nearest that smaller palettes have.
  init(rgb: Int32) {
    let wanted = Self.components(of: rgb)
    // The first sixteen are as the user set them: only the others are known.
    self.init(
      Self.nearest(to: wanted, in: 16..<256), Self.nearest(to: wanted, below: 16),
      Self.nearest(to: wanted, below: 8))
    given = rgb
  }

  private var components: [Int32] { of256 < 8 ? Self.basic[Int(of256)] : Self.components(of: rgb) }

  private static func components(of rgb: Int32) -> [Int32] {
    [rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255]
  }

  private static func nearest(to wanted: [Int32], below count: Int32) -> Int32 {
    nearest(to: wanted, in: 0..<count)
  }

  private static func nearest(to wanted: [Int32], in numbers: Range<Int32>) -> Int32 {
    func distance(_ number: Int32) -> Int32 {
      zip(Self(number, 0, 0).components, wanted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return numbers.min { distance($0) < distance($1) } ?? 7
  }

  /// Red, green and blue of the first eight, as xterm has them.
  private static let basic: [[Int32]] = [
    [0, 0, 0], [205, 0, 0], [0, 205, 0], [205, 205, 0], [0, 0, 238], [205, 0, 205], [0, 205, 205],
    [229, 229, 229],
  ]

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
    if let given { return given }
    return switch of256 {
    case ..<8: of256
    case 8..<16: Self.bright[Int(of256) - 8]
    case 16..<232:
      Self.cube(of256 - 16)
    default: (8 + 10 * (min(of256, 255) - 232)) * 0x010101
    }
  }

  private static func cube(_ index: Int32) -> Int32 {
    func level(_ step: Int32) -> Int32 { step == 0 ? 0 : 55 + 40 * step }
    return level(index / 36) << 16 | level(index / 6 % 6) << 8 | level(index % 6)
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
