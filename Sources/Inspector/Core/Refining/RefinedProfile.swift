import ProfileAnalysis
import ProfileModel
import Synchronization

/// What a stack of refinements leaves of a profile, with what is derived from it.
package final class RefinedProfile: Sendable {
  let profile: Profile
  let answers: ProfileAnswers
  let revision: Revision
  /// What the last step has to say: that it matched nothing, for one.
  let notices: [FilterNotice]

  /// - Parameters:
  ///   - revision: what it is known by.
  ///   - former: what `profile` was made of.
  ///   - leavesOutFrames: whether it has the same samples, with fewer frames in their stacks.
  ///   - focus: what samples had to match, if that was all.
  ///   - budget: what answers about it are kept within.
  init(
    _ profile: Profile, _ revision: Revision, former: RefinedProfile? = nil,
    leavesOutFrames: Bool = false, focus: Pattern? = nil, notices: [FilterNotice] = [],
    budget: AnswerBudget
  ) {
    self.profile = profile
    self.revision = revision
    self.notices = notices
    let isAlike = former.map { profile.hasLocations(of: $0.profile) } ?? false
    answers = ProfileAnswers(
      profile, madeOf: former?.answers, hasItsNodes: isAlike, hasItsSamples: leavesOutFrames,
      focus: focus, budget: budget)
  }

  /// A profile that differs from an old one in nothing but the ids of its stacks.
  init(sorted: Profile, from old: RefinedProfile, budget: AnswerBudget) {
    profile = sorted
    revision = Revision()
    notices = old.notices
    answers = ProfileAnswers(sorted: sorted, from: old.answers, budget: budget)
  }

  /// What a refined profile is known by: it is the same whenever the same steps leave it of the same
  /// loaded profile, however often it is made, and so are its nodes.
  package struct Revision: Hashable, Sendable {
    private let loaded: Int
    private let steps: [Refinement]

    private static let count = Atomic<Int>(0)

    /// That of a profile which is loaded now, another one than those of all before it.
    init() { self.init(loaded: Self.count.add(1, ordering: .relaxed).newValue, steps: []) }

    private init(loaded: Int, steps: [Refinement]) {
      self.loaded = loaded
      self.steps = steps
    }

    /// That of what steps leave of the loaded profile.
    func refined(by steps: [Refinement]) -> Revision { Revision(loaded: loaded, steps: steps) }
  }
}

/// A profile as it was loaded, and what the last few stacks of refinements leave of it.
final class RefinedProfiles: Sendable {
  let whole: RefinedProfile
  /// Whether its stacks were sorted after it was loaded.
  let isSorted: Bool
  /// The units of numeric labels, which filters must not change.
  let labelUnits: LabelUnits
  private let kept = Mutex(State())
  private let totals: Kept<Int, Int64>

  private struct State {
    var profiles: [[Refinement]: RefinedProfile] = [:]
    /// The stacks, those used last at the end.
    var order: [[Refinement]] = []
  }

  /// How many stacks are kept, so that undoing them takes no time; fewer where each takes much memory.
  private let limit: Int
  private let budget: AnswerBudget

  /// - Parameter budget: what answers about all of them are kept within together.
  init(_ profile: Profile, budget: AnswerBudget) {
    self.budget = budget
    whole = RefinedProfile(profile, RefinedProfile.Revision(), budget: budget)
    isSorted = false
    labelUnits = LabelUnits(profile)
    totals = Kept(limit: 64)
    limit = Self.isModest(profile) ? 6 : 3
  }

  /// Those of a profile that differs from an old one in nothing but the ids of its stacks.
  init(sorted: Profile, from old: RefinedProfiles) {
    budget = old.budget
    whole = RefinedProfile(sorted: sorted, from: old.whole, budget: budget)
    isSorted = true
    labelUnits = old.labelUnits
    totals = old.totals
    limit = old.limit
  }

  /// Whether what refinements leave of the profile takes so little memory that some can be made unasked.
  static func isModest(_ profile: Profile) -> Bool {
    max(profile.stacks.count, profile.locations.count) <= 1 << 19
  }

  /// The sum of a column of the whole profile's values, of which percentages are.
  func total(ofColumn column: Int) -> Int64 {
    totals.value(for: column) {
      SampleTotal.compute(whole.profile, values: whole.profile.samples.values[column])
    }
  }

  /// What the steps leave; those that change no profile count for nothing.
  ///
  /// - Complexity: a pass over stacks and names for each step that is not kept.
  func refined(by steps: [Refinement]) throws(FilterError) -> RefinedProfile {
    guard let step = steps.last else { return whole }
    if let known = known(steps) { return known }
    let before = try refined(by: steps.dropLast())
    var notices: [FilterNotice] = []
    let profile = try apply(step, to: before.profile, &notices)
    let refined = RefinedProfile(
      profile, whole.revision.refined(by: steps), former: before,
      leavesOutFrames: step.kind.leavesOutFrames,
      focus: step.kind == .focus ? try pattern(step) : nil, notices: notices, budget: budget)
    keep(refined, for: steps)
    return refined
  }

  private func known(_ steps: [Refinement]) -> RefinedProfile? {
    kept.withLock { state in
      // What is left when the last steps are undone is as likely to be asked for.
      for count in 1...steps.count {
        let part = Array(steps.prefix(count))
        guard let index = state.order.firstIndex(of: part) else { continue }
        state.order.append(state.order.remove(at: index))
      }
      return state.profiles[steps]
    }
  }

  private func keep(_ profile: RefinedProfile, for steps: [Refinement]) {
    kept.withLock { state in
      if state.profiles.updateValue(profile, forKey: steps) != nil { return }
      state.order.append(steps)
      if state.order.count > limit { state.profiles[state.order.removeFirst()] = nil }
    }
  }

  // MARK: Steps

  private func apply(
    _ step: Refinement, to profile: Profile, _ notices: inout [FilterNotice]
  ) throws(FilterError) -> Profile {
    var frames = FrameFilters()
    var tags = TagFilters()
    switch step.kind {
    case .focus: frames.focus = try pattern(step)
    case .ignore: frames.ignore = try pattern(step)
    case .hide: frames.hide = try pattern(step)
    case .show: frames.show = try pattern(step)
    case .showFrom: frames.showFrom = try pattern(step)
    case .tagFocus: tags.focus = try condition(step, &notices)
    case .tagIgnore: tags.ignore = try condition(step, &notices)
    case .tagShow: tags.show = try pattern(step)
    case .tagHide: tags.hide = try pattern(step)
    case .pruneFrom: return profile.pruned(from: try pattern(step), notices: &notices)
    case .tagRoot:
      return profile.withTagFrames(
        rootKeys: keys(step), leafKeys: [], unit: "minimum", notices: &notices)
    case .tagLeaf:
      return profile.withTagFrames(
        rootKeys: [], leafKeys: keys(step), unit: "minimum", notices: &notices)
    case .project:
      let code = try ProjectCode(step.value)
      return profile.showing(
        functions: code.functions(of: profile, labelsFrom: whole.profile.functions.count))
    case .foldRecursion, .granularity: return profile
    }
    switch step.kind {
    case .tagFocus, .tagIgnore, .tagShow, .tagHide:
      return profile.filtered(by: tags, units: labelUnits, notices: &notices)
    default: return profile.filtered(by: frames, notices: &notices)
    }
  }

  private func keys(_ step: Refinement) -> [String] {
    step.value.split(separator: ",").map(String.init)
  }

  private func pattern(_ step: Refinement) throws(FilterError) -> Pattern {
    do throws(PatternError) {
      return try Pattern(step.value)
    } catch {
      throw .pattern(option: step.kind.rawValue, error)
    }
  }

  private func condition(
    _ step: Refinement, _ notices: inout [FilterNotice]
  ) throws(FilterError) -> TagCondition {
    try TagCondition(step.value, option: step.kind.rawValue, notices: &notices)
  }
}
