/// A regular expression with RE2's meaning, which is that of Go's `regexp` package.
///
/// Matching is a search: an expression matches a text if it matches any part of it. To hold one
/// against many texts, take a matcher once (`makeMatcher()`).
public struct Pattern: Sendable {
  /// The expression as it was written.
  public let source: String
  let compiled: CompiledPattern

  /// - Throws: `PatternError` for what RE2 refuses: back references, lookaround, unknown escapes…
  public init(_ source: String) throws(PatternError) {
    let translated = PatternTranslator(try PatternParser.parse(source))
    self.source = source
    do {
      compiled = try CompiledPattern(translated.text, foldsCase: translated.foldsCase)
    } catch {
      // The parser let nothing through that PCRE2 does not know; size is all that can be wrong.
      throw PatternError(.tooLarge, source)
    }
  }

  /// Whether any part of `text` matches. Bytes that are not UTF-8 count as U+FFFD, one each.
  ///
  /// For one text; allocates.
  public func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var matcher = makeMatcher()
    return matcher.matches(text)
  }

  /// Whether any part of `text` matches.
  ///
  /// For one text; allocates.
  public func matches(_ text: String) -> Bool {
    var matcher = makeMatcher()
    return matcher.matches(text)
  }

  /// What holds this pattern against many texts, one after the other.
  public func makeMatcher() -> PatternMatcher { PatternMatcher(compiled) }
}
