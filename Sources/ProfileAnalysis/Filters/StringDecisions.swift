import ProfileModel

/// Which strings of a profile match a pattern; each is held against it once, when first asked about.
struct StringDecisions: ~Copyable {
  private enum Decision: UInt8 {
    case open, no, yes
  }

  private var matcher: PatternMatcher
  private let strings: StringTable
  private var decisions: [Decision]

  init(_ pattern: Pattern, _ strings: StringTable) {
    matcher = pattern.makeMatcher()
    self.strings = strings
    decisions = Array(repeating: .open, count: strings.count)
  }

  /// Whether some string took too long and counts as not matching.
  var gaveUp: Bool { matcher.gaveUp }

  mutating func matches(_ string: StringID) -> Bool {
    if decisions[string.index] == .open {
      let matches = strings.withBytes(of: string) { matcher.matches($0) }
      decisions[string.index] = matches ? .yes : .no
    }
    return decisions[string.index] == .yes
  }
}
