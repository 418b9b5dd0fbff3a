import CNcurses

/// The colour pairs of an ncurses screen, made when first needed, as far as the terminal has any.
///
/// Without colours not one colour code is sent: ncurses is never told to start with them.
struct ColorPairs {
  let depth: ColorDepth
  private let limit: Int32
  private let hasDefaults: Bool
  private var pairs: [Pair: Int32] = [:]

  private struct Pair: Hashable {
    let foreground: Int32
    let background: Int32
  }

  /// Starts ncurses' colours, after `newterm` and only if they are wanted.
  init(areWanted: Bool) {
    guard areWanted, has_colors(), start_color() == OK else {
      depth = .none
      limit = 0
      hasDefaults = false
      return
    }
    depth = ColorDepth(colors: cn_colors(), isDirect: tigetflag("RGB") > 0)
    limit = depth == .none ? 0 : cn_color_pairs()
    hasDefaults = use_default_colors() == OK
  }

  /// The pair for a paint's colours; 0, the terminal's own, when it has none or no pair is left.
  mutating func pair(for paint: Paint) -> Int32 {
    guard limit > 1, paint.foreground != nil || paint.background != nil else { return 0 }
    let pair = Pair(
      foreground: paint.foreground?.index(depth) ?? (hasDefaults ? -1 : 7),
      background: paint.background?.index(depth) ?? (hasDefaults ? -1 : 0))
    if let known = pairs[pair] { return known }
    let number = Int32(truncatingIfNeeded: pairs.count) + 1
    guard number < limit,
      init_extended_pair(number, pair.foreground, pair.background) == OK
    else { return 0 }
    pairs[pair] = number
    return number
  }
}
