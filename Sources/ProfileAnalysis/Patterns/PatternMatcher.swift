import CPCRE2

/// Holds a pattern against many texts, one after the other, in bounded time for each.
public struct PatternMatcher: ~Copyable {
  /// Whether some text was given up on, and reported as not matching, because it would take too long.
  public private(set) var gaveUp = false

  private let pattern: CompiledPattern
  private let matchData: OpaquePointer
  private let context: OpaquePointer
  private var jitStack: OpaquePointer?
  private var repaired: [UInt8] = []
  private var workspace: [Int32] = []
  private var slowTexts = 0

  /// Steps that PCRE2's backtracking matcher may take for one text: about a millisecond.
  private static let stepLimit: UInt32 = 100_000
  /// As `stepLimit`, once a pattern has shown that it runs into it with every text.
  private static let loweredStepLimit: UInt32 = 1_000
  /// How many texts may be tried without backtracking, which never takes exponential time.
  private static let slowTextLimit = 64
  private static let slowTextLength = 4096
  private static let workspaceSize = 20_000

  init(_ pattern: CompiledPattern) {
    self.pattern = pattern
    guard let matchData = pcre2_match_data_create_8(1, nil),
      let context = pcre2_match_context_create_8(nil)
    else { fatalError("out of memory") }
    self.matchData = matchData
    self.context = context
    pcre2_set_match_limit_8(context, Self.stepLimit)
  }

  deinit {
    pcre2_match_data_free_8(matchData)
    pcre2_match_context_free_8(context)
    if let jitStack { pcre2_jit_stack_free_8(jitStack) }
  }

  /// Whether any part of `text` matches.
  public mutating func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }

  /// Whether any part of `text` matches. Bytes that are not UTF-8 count as U+FFFD, one each.
  public mutating func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if UTF8Repair.isValid(text) { return matchesValid(text) }
    repaired.removeAll(keepingCapacity: true)
    UTF8Repair.append(text, to: &repaired)
    let copy = repaired  // shares its memory; a second reference keeps `self` free to change
    return copy.withUnsafeBufferPointer { matchesValid($0) }
  }

  private mutating func matchesValid(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var result = match(text)
    if result == PCRE2_ERROR_JIT_STACKLIMIT, jitStack == nil {
      jitStack = pcre2_jit_stack_create_8(32 << 10, 1 << 20, nil)
      pcre2_jit_stack_assign_8(context, nil, jitStack.map { UnsafeMutableRawPointer($0) })
      result = match(text)
    }
    if result >= 0 { return true }
    if result == PCRE2_ERROR_NOMATCH { return false }
    return matchesSlowly(text)
  }

  private func match(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    pcre2_match_8(
      pattern.code, text.baseAddress, text.count, 0, PCRE2_NO_UTF_CHECK, matchData, context)
  }

  /// Tries without backtracking where backtracking ran out of steps.
  private mutating func matchesSlowly(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    slowTexts += 1
    if slowTexts == Self.slowTextLimit {
      pcre2_set_match_limit_8(context, Self.loweredStepLimit)
    }
    if slowTexts <= Self.slowTextLimit, text.count <= Self.slowTextLength {
      if workspace.isEmpty { workspace = Array(repeating: 0, count: Self.workspaceSize) }
      let result = pcre2_dfa_match_8(
        pattern.code, text.baseAddress, text.count, 0, PCRE2_NO_UTF_CHECK | PCRE2_DFA_SHORTEST,
        matchData, context, &workspace, workspace.count)
      if result >= 0 { return true }
      if result == PCRE2_ERROR_NOMATCH { return false }
    }
    gaveUp = true
    return false
  }
}
