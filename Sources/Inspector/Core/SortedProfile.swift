import ProfileAnalysis
import ProfileModel

/// A profile whose stacks were sorted, with what is known of it, to take the place of the one that it
/// was made of: it takes less memory, and trees of it take less time.
///
/// It has the same samples in the same order, and the same nodes: no view shows it differently.
package struct SortedProfile: Sendable {
  let profiles: RefinedProfiles
  let escapes: EscapeAnswers
  /// What the profile is known by that it was made of.
  private let origin: RefinedProfile.Revision

  /// Sorts the stacks of the profile as it was loaded.
  ///
  /// - Complexity: about that of loading it.
  init(_ session: ProfileSession) {
    let sorted = session.whole.sortingStacks()
    origin = session.profiles.whole.revision
    profiles = RefinedProfiles(sorted: sorted, from: session.profiles)
    escapes = session.escapes.about(sorted: sorted)
  }

  /// Whether it can take the place of the profile that is open.
  func isMade(of session: ProfileSession) -> Bool { origin == session.profiles.whole.revision }
}

extension ProfileSession {
  /// Whether sorting the stacks can change anything: of two profiles both are kept as they are.
  var canBeSorted: Bool { comparison == nil && !profiles.isSorted }
}
