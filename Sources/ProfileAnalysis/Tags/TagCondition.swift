import ProfileModel

/// A condition on a sample's labels: `key=rest` or `rest`, where the rest is a range of numbers or a
/// list of regular expressions with commas between them.
///
/// Ranges look at numbers only, expressions at text only. With a key, one of the expressions has to
/// match one of its values; without, each has to match some `key:value`.
public struct TagCondition: Sendable {
  private enum Test: Sendable {
    case range(TagRange)
    case patterns([Pattern])
  }

  private let option: String
  /// The bytes of the key; nil for any.
  private let key: [UInt8]?
  private let test: Test

  /// - Parameters:
  ///   - option: the name of the option, for errors and notices.
  ///   - notices: is told where the value was taken for a range.
  public init(
    _ source: String, option: String, notices: inout [FilterNotice]
  ) throws(FilterError) {
    self.option = option
    var value = source[...]
    var key: [UInt8]?
    if let equals = source.utf8.firstIndex(of: UInt8(ascii: "=")) {
      value = source[source.utf8.index(after: equals)...]
      if equals > source.startIndex { key = Array(source.utf8[..<equals]) }
    }
    self.key = key
    if let range = try TagRange.parse(String(value), option: option) {
      notices.append(.readAsRange(option: option, value: String(value)))
      test = .range(range)
      return
    }
    var patterns: [Pattern] = []
    for part in value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      do throws(PatternError) {
        patterns.append(try Pattern(String(Substring(part))))
      } catch {
        throw .pattern(option: option, error)
      }
    }
    test = .patterns(patterns)
  }

  /// Whether each label set of the profile meets the condition.
  func decisions(
    in profile: Profile, units: LabelUnits, notices: inout [FilterNotice]
  ) -> [Bool] {
    let sets = (0..<profile.labelSets.count).map { profile.labelSets[LabelSetID($0)] }
    func isWanted(_ label: Label) -> Bool {
      guard let key else { return true }
      return profile.strings.withBytes(of: label.key) { $0.elementsEqual(key) }
    }
    switch test {
    case .range(let range):
      return sets.map { labels in
        labels.contains {
          $0.isNumeric && isWanted($0) && range.contains($0.number, unit: units[$0.key])
        }
      }
    case .patterns(let patterns):
      let matches = patterns.map { LabelTextMatches($0, withKey: key == nil, in: profile) }
      if matches.contains(where: \.gaveUp) { notices.append(.gaveUp(option: option)) }
      return sets.map { labels in
        let texts = labels.filter { !$0.isNumeric && isWanted($0) }
        return key == nil
          ? matches.allSatisfy { pattern in texts.contains { pattern.matches($0) } }
          : texts.contains { label in matches.contains { $0.matches(label) } }
      }
    }
  }
}

/// Which textual labels of a profile a pattern matches; each distinct text is tried once.
private struct LabelTextMatches {
  private struct Text: Hashable {
    var key: StringID
    var value: StringID
  }

  private var known: [Text: Bool] = [:]
  private let withKey: Bool
  let gaveUp: Bool

  /// - Parameter withKey: match `key:value` rather than the value.
  init(_ pattern: Pattern, withKey: Bool, in profile: Profile) {
    self.withKey = withKey
    var matcher = pattern.makeMatcher()
    var buffer: [UInt8] = []
    for label in profile.labelSets.labels where !label.isNumeric {
      let text = Self.text(of: label, withKey)
      guard known[text] == nil else { continue }
      buffer.removeAll(keepingCapacity: true)
      if withKey {
        profile.strings.withBytes(of: label.key) { buffer.append(contentsOf: $0) }
        buffer.append(UInt8(ascii: ":"))
      }
      profile.strings.withBytes(of: label.string) { buffer.append(contentsOf: $0) }
      known[text] = buffer.withUnsafeBufferPointer { matcher.matches($0) }
    }
    gaveUp = matcher.gaveUp
  }

  func matches(_ label: Label) -> Bool { known[Self.text(of: label, withKey)] ?? false }

  private static func text(of label: Label, _ withKey: Bool) -> Text {
    Text(key: withKey ? label.key : .empty, value: label.string)
  }
}
