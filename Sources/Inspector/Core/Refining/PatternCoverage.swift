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
    var matcher = pattern.makeMatcher()
    var known: [Bool?] = Array(repeating: nil, count: profile.strings.count)
    func matches(_ id: StringID) -> Bool {
      if let decision = known[id.index] { return decision }
      let decision = profile.strings.withBytes(of: id) { matcher.matches($0) }
      known[id.index] = decision
      return decision
    }
    let functions = profile.functions
    let isMatch = functions.indices.map {
      matches(functions.names[$0]) || matches(functions.filenames[$0])
    }
    let areMapped = profile.mappings.map { matcher.matches($0.file) }
    let locations = profile.locations
    var isUsed = [Bool](repeating: false, count: functions.count)
    let isHit = locations.indices.map { location in
      let mapping = locations.mappings[location]
      var isHit = !mapping.isNone && areMapped[mapping.index]
      for line in locations.lines(of: LocationID(location)) {
        isUsed[line.function.index] = true
        if isMatch[line.function.index] { isHit = true }
      }
      return isHit
    }
    count = functions.indices.reduce(0) { $0 + (isMatch[$1] && isUsed[$1] ? 1 : 0) }
    let weights = StackWeights.compute(profile, values: session.values)
    covered = SearchMatches.sum(weights, of: profile.stacks, where: Column(isHit))
  }

  /// `12 match · 47.1% stay`.
  func note(for kind: Refinement.Kind, glyphs: GlyphSet) -> String {
    guard let count else { return problem }
    guard count > 0 || covered != 0 else { return "no match" }
    let dot = glyphs == .ascii ? "-" : "·"
    let verb = kind == .ignore ? "go" : "stay"
    return "\(count) match \(dot) \(Share.text(covered, of: total)) \(verb)"
  }
}
