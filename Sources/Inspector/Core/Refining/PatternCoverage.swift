import ProfileAnalysis
import TerminalUI

/// What an expression would match if it were a refinement: shown while it is typed.
struct PatternCoverage {
  private let matches: SearchMatches?
  private let problem: String?
  private let session: ProfileSession

  /// - Complexity: O(*n*) in the bytes of names and the frames of all samples.
  init(_ text: String, in session: ProfileSession) {
    self.session = session
    guard !text.isEmpty else {
      (matches, problem) = (nil, nil)
      return
    }
    do throws(PatternError) {
      matches = SearchMatches(try Pattern(text), text, in: session)
      problem = nil
    } catch {
      (matches, problem) = (nil, error.reason.rawValue)
    }
  }

  /// `12 match · 47.1% stay`.
  func note(for kind: Refinement.Kind, glyphs: GlyphSet) -> String {
    guard let matches else { return problem ?? "" }
    guard matches.count > 0 else { return "no match" }
    let total = session.leftTotal(ofType: session.sampleType)
    let dot = glyphs == .ascii ? "-" : "·"
    let verb = kind == .ignore ? "go" : "stay"
    return "\(matches.count) match \(dot) \(Share.text(matches.covered, of: total)) \(verb)"
  }
}
