import ProfileAnalysis
import ProfileModel
import TerminalUI

/// What an expression would match if it were a refinement: shown while it is typed.
///
/// As filters do, it looks at the names of functions, of their files and of mapped files.
struct PatternCoverage {
  /// How many functions match; nil where there is no expression yet.
  private(set) var count: Int?
  /// The sum of the samples with a match in their stack.
  private(set) var covered: Int64 = 0
  private let total: Int64
  private var problem = ""

  /// - Complexity: O(*n*) in the bytes of names and the frames of all samples.
  init(_ text: String, in session: ProfileSession) {
    total = session.leftTotal(ofType: session.sampleType)
    guard !text.isEmpty else { return }
    do throws(PatternError) {
      measure(try Pattern(text), session)
    } catch {
      problem = error.reason.rawValue
    }
  }

  private mutating func measure(_ pattern: Pattern, _ session: ProfileSession) {
    let profile = session.profile
    let matches = FrameMatches(pattern, in: profile)
    var isUsed = [Bool](repeating: false, count: profile.functions.count)
    for line in profile.locations.lines { isUsed[line.function.index] = true }
    count = isUsed.indices.reduce(0) { $0 + (isUsed[$1] && matches.functions[$1] ? 1 : 0) }
    let weights = StackWeights.compute(profile, values: session.values)
    covered = SearchMatches.sum(
      weights, of: profile.stacks, where: matches.hits(in: profile.locations))
  }

  /// `12 match · 47.1% stay`.
  func note(for kind: Refinement.Kind, glyphs: GlyphSet) -> String {
    guard let count else { return problem }
    guard count > 0 || covered != 0 else { return "no match" }
    let verb = kind == .ignore ? "go" : "stay"
    return "\(count) match \(glyphs.separator) \(Share.text(covered, of: total)) \(verb)"
  }
}
