import ProfileModel

/// The comments that Go writes below each stack of its text profiles, which say what the addresses are:
///
///     # labels: {"pool":"w0"}
///     #	0x561f04	main.waiter+0x44	confgen/goprof/main.go:302
///
/// Go leaves out the frames of its runtime at the leaf and the one at the root. What it leaves out is
/// left out of the stack, since nothing is known of it; stacks without any comment stay as they are.
struct SymbolComments {
  private let isRead: Bool
  /// The indices of the addresses that comments of this sample name.
  private var named: Set<UInt32> = []

  /// - Parameter isRead: false for stacks as they are without comments, which is how pprof has them.
  init(isRead: Bool) { self.isRead = isRead }

  /// Reads a line that is blank or a comment, as far as it is about the last sample.
  mutating func read(_ line: TextSlice, into profile: inout AddressProfile) {
    guard isRead, profile.sampleCount > 0, !line.isEmpty else { return }
    var cursor = TextCursor(line, at: 1)
    if cursor.skip(" labels: ") {
      readLabels(cursor.rest, into: &profile)
      return
    }
    guard cursor.skip("\t0x"), let digits = cursor.hexDigits(), let address = digits.hexadecimal,
      cursor.skipBlanks() > 0
    else { return }
    // The comment names the byte before the return address, where functions begin with a call itself.
    guard let index = profile.knownIndex(of: address) ?? profile.knownIndex(of: address &- 1) else {
      return
    }
    let symbol = cursor.run { $0 != UInt8(ascii: "\t") }
    cursor.skipBlanks()
    let place = cursor.rest
    guard !symbol.isEmpty, let colon = place.lastIndex(of: UInt8(ascii: ":")) else { return }
    named.insert(index)
    guard profile.lines[Int(index)] == nil else { return }
    let name = profile.string(Self.withoutOffset(symbol))
    let file = profile.string(place[slice: 0..<colon])
    let number = place[slice: (colon + 1)..<place.count].trimmed.decimal ?? 0
    let function = profile.function(name, file: file)
    profile.setLine(Line(function: function, line: number), of: index)
  }

  /// Ends what is about the last sample.
  mutating func finishSample(of profile: inout AddressProfile) {
    guard !named.isEmpty, profile.sampleCount > 0 else { return }
    if let kept = keptFrames(of: profile) { profile.cutLastStack(to: kept) }
    named.removeAll(keepingCapacity: true)
  }

  /// The frames of the last stack from the first that a comment names to the last one.
  ///
  /// Nothing of the stack may be held while it is cut, or all stacks are copied.
  private func keptFrames(of profile: borrowing AddressProfile) -> Range<Int>? {
    let stack = profile.stack(profile.sampleCount - 1)
    guard let first = stack.firstIndex(where: named.contains),
      let last = stack.lastIndex(where: named.contains)
    else { return nil }
    return first - stack.startIndex..<last - stack.startIndex + 1
  }

  /// The name without the `+0x44` after it.
  private static func withoutOffset(_ symbol: TextSlice) -> TextSlice {
    guard let plus = symbol.lastIndex(of: UInt8(ascii: "+")), plus > 0,
      symbol[slice: plus..<symbol.count].hasPrefix("+0x")
    else { return symbol }
    return symbol[slice: 0..<plus]
  }

  private func readLabels(_ text: TextSlice, into profile: inout AddressProfile) {
    guard let pairs = GoLabels.pairs(text) else { return }
    profile.labelLastSample(
      pairs.map { Label(key: profile.string($0.key), string: profile.string($0.value)) })
  }
}
