/// A set of characters as written between brackets.
struct CharacterClass {
  /// A named set that PCRE2 knows, as `L` or `sc:Greek`.
  struct Property {
    var name: String
    var isNegated: Bool
  }

  var isNegated = false
  var foldsCase: Bool
  private(set) var ranges: [ClosedRange<UInt32>] = []
  private(set) var properties: [Property] = []

  static let lastCharacter: UInt32 = 0x10FFFF
  private static let surrogates: ClosedRange<UInt32> = 0xD800...0xDFFF

  init(foldsCase: Bool) { self.foldsCase = foldsCase }

  mutating func insert(_ range: ClosedRange<UInt32>) {
    // PCRE2 takes no surrogate by itself, and no text holds one.
    var (low, high) = (range.lowerBound, range.upperBound)
    if Self.surrogates.contains(low) { low = Self.surrogates.upperBound + 1 }
    if Self.surrogates.contains(high) { high = Self.surrogates.lowerBound - 1 }
    if low <= high { ranges.append(low...high) }
  }

  mutating func insert(_ property: Property) { properties.append(property) }

  /// Adds a set of ASCII characters, or all characters that are not in it.
  ///
  /// - Parameter set: in ascending order.
  mutating func insert(_ set: [ClosedRange<UInt32>], isNegated: Bool) {
    guard isNegated else {
      for range in set { insert(range) }
      return
    }
    var next: UInt32 = 0
    for range in foldsCase ? Self.folded(set) : set {
      if next < range.lowerBound { insert(next...(range.lowerBound - 1)) }
      next = max(next, range.upperBound + 1)
    }
    insert(next...Self.lastCharacter)
  }

  /// `set` with the other case of its letters, in ascending order.
  ///
  /// Two characters outside ASCII fold to ASCII letters: the long s and the Kelvin sign.
  private static func folded(_ set: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    let (upper, lower): (ClosedRange<UInt32>, ClosedRange<UInt32>) = (0x41...0x5A, 0x61...0x7A)
    var characters = Set(set.flatMap { Array($0) })
    for character in characters {
      if upper.contains(character) { characters.insert(character + 0x20) }
      if lower.contains(character) { characters.insert(character - 0x20) }
    }
    if characters.contains(0x73) { characters.insert(0x17F) }
    if characters.contains(0x6B) { characters.insert(0x212A) }
    return characters.sorted().map { $0...$0 }
  }

  /// The set that `\d`, `\s` or `\w` stands for; nil for any other letter.
  static func perlSet(_ letter: Unicode.Scalar) -> [ClosedRange<UInt32>]? {
    switch letter {
    case "d": [0x30...0x39]
    case "s": [0x09...0x0A, 0x0C...0x0D, 0x20...0x20]
    case "w": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    default: nil
    }
  }

  /// The set that `[:name:]` stands for; nil for a name that there is not.
  static func posixSet(_ name: some StringProtocol) -> [ClosedRange<UInt32>]? {
    switch name {
    case "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A]
    case "alpha": [0x41...0x5A, 0x61...0x7A]
    case "ascii": [0x00...0x7F]
    case "blank": [0x09...0x09, 0x20...0x20]
    case "cntrl": [0x00...0x1F, 0x7F...0x7F]
    case "digit": [0x30...0x39]
    case "graph": [0x21...0x7E]
    case "lower": [0x61...0x7A]
    case "print": [0x20...0x7E]
    case "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
    case "space": [0x09...0x0D, 0x20...0x20]
    case "upper": [0x41...0x5A]
    case "word": perlSet("w")
    case "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66]
    default: nil
    }
  }
}
