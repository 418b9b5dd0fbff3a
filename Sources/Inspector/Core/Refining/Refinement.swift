import ProfileAnalysis

/// A step that narrows down what all views show, in the words of `pprof`: `focus=json`.
///
/// To add one, add a case to `Kind`, and say in `RefinedProfile` what it does.
package struct Refinement: Hashable, Sendable {
  /// What a step does; the raw value is its name in texts.
  package enum Kind: String, CaseIterable, Sendable {
    // In the order in which `pprof` applies them.
    case tagRoot = "tagroot"
    case tagLeaf = "tagleaf"
    case focus
    case ignore
    case hide
    case show
    case showFrom = "show_from"
    case tagFocus = "tagfocus"
    case tagIgnore = "tagignore"
    case tagShow = "tagshow"
    case tagHide = "taghide"
    case pruneFrom = "prune_from"
    // What `pprof` has no option for.
    case project
    case foldRecursion = "fold_recursion"
    case granularity

    /// What it does, in a few words for help and completion.
    package var summary: String {
      switch self {
      case .tagRoot: "KEYS: make these labels the root of every stack"
      case .tagLeaf: "KEYS: make these labels the leaf of every stack"
      case .focus: "REGEX: keep samples with a frame that matches"
      case .ignore: "REGEX: drop samples with a frame that matches"
      case .hide: "REGEX: take matching frames out; their cost falls to the caller"
      case .show: "REGEX: take out all frames but the matching ones"
      case .showFrom: "REGEX: cut what is above the outermost match"
      case .tagFocus: "KEY=REGEX or RANGE: keep samples with such a label"
      case .tagIgnore: "KEY=REGEX or RANGE: drop samples with such a label"
      case .tagShow: "REGEX: keep only labels whose key matches"
      case .tagHide: "REGEX: drop labels whose key matches"
      case .pruneFrom: "REGEX: cut what is below the innermost match"
      case .project: "show project code only"
      case .foldRecursion: "calls of a symbol to itself are one frame"
      case .granularity: "NAME: what a row is"
      }
    }

    /// Whether it makes another profile of the loaded one, rather than another way to look at it.
    var changesProfile: Bool { self != .foldRecursion && self != .granularity }

    /// Whether it leaves out frames, and no sample but those that had no others.
    var leavesOutFrames: Bool { self == .hide || self == .show || self == .project }

    /// Whether there is at most one such step: a second one takes its place.
    var isSingle: Bool {
      switch self {
      case .project, .foldRecursion, .granularity: true
      case .tagRoot, .tagLeaf, .focus, .ignore, .hide, .show, .showFrom, .tagFocus, .tagIgnore,
        .tagShow, .tagHide, .pruneFrom:
        false
      }
    }

    /// Whether the step takes no value.
    var isSwitch: Bool { self == .foldRecursion }
  }

  package let kind: Kind
  /// The expression, the keys or the name; empty for a switch.
  package let value: String
  /// The value as crumbs show it: a name instead of the expression that matches it only.
  let label: String

  /// - Parameter label: what to show instead of the value.
  package init(_ kind: Kind, _ value: String = "", label: String? = nil) {
    self.kind = kind
    self.value = value
    self.label = label ?? value
  }

  package static func == (left: Refinement, right: Refinement) -> Bool {
    left.kind == right.kind && left.value == right.value
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(value)
  }

  /// The step as a line of text that `init(text:)` reads: `focus=^main\.parse$`.
  package var text: String { kind.isSwitch ? kind.rawValue : "\(kind.rawValue)=\(value)" }

  /// Reads a step from `focus=json`; nil where the word before the sign is none.
  ///
  /// Hyphen and underscore are the same in the word.
  package init?(text: String) {
    let equals = text.firstIndex(of: "=")
    let word = text[..<(equals ?? text.endIndex)].map { $0 == "-" ? "_" : $0 }
    guard let kind = Kind(rawValue: String(word)) else { return nil }
    let value = equals.map { String(text[text.index(after: $0)...]) } ?? ""
    guard !value.isEmpty || kind.isSwitch || kind == .project else { return nil }
    if kind == .granularity, Granularity(rawValue: value) == nil { return nil }
    self.init(kind, kind.isSwitch ? "" : value)
  }

  /// The step as the header shows it.
  package var crumb: String {
    switch kind {
    case .project: "project"
    case .foldRecursion: "fold"
    case .granularity: "by=\(value)"
    case .tagRoot, .tagLeaf, .focus, .ignore, .hide, .show, .showFrom, .tagFocus, .tagIgnore,
      .tagShow, .tagHide, .pruneFrom:
      "\(kind.rawValue)=\(label)"
    }
  }

  /// The steps that filters given at the start come to, in `pprof`'s order.
  package static func steps(of filters: FilterOptions) -> [Refinement] {
    let values: [(Kind, String)] = [
      (.tagRoot, filters.tagRoot), (.tagLeaf, filters.tagLeaf), (.focus, filters.focus),
      (.ignore, filters.ignore), (.hide, filters.hide), (.show, filters.show),
      (.showFrom, filters.showFrom), (.tagFocus, filters.tagFocus),
      (.tagIgnore, filters.tagIgnore), (.tagShow, filters.tagShow), (.tagHide, filters.tagHide),
      (.pruneFrom, filters.pruneFrom),
    ]
    return values.filter { !$0.1.isEmpty }.map { Refinement($0.0, $0.1) }
  }
}

/// The steps that narrow down what is shown, the first one first; each applies to what those before it leave.
package struct RefinementStack: Hashable, Sendable {
  package private(set) var steps: [Refinement] = []

  package init() {}

  package var isEmpty: Bool { steps.isEmpty }

  /// The steps that make another profile of the loaded one.
  var profileSteps: [Refinement] { steps.filter(\.kind.changesProfile) }

  package var granularity: Granularity {
    last(.granularity).flatMap { Granularity(rawValue: $0.value) } ?? .functions
  }

  package var foldsRecursion: Bool { last(.foldRecursion) != nil }

  /// The latest step of a kind; nil where there is none.
  package func last(_ kind: Refinement.Kind) -> Refinement? { steps.last { $0.kind == kind } }

  /// Puts a step on top; of a kind of which there is at most one, the old one goes.
  mutating func push(_ step: Refinement) {
    if step.kind.isSingle { steps.removeAll { $0.kind == step.kind } }
    // Functions are what rows are without any step.
    if step.kind == .granularity, step.value == Granularity.functions.rawValue { return }
    steps.append(step)
  }

  mutating func pop() -> Refinement? { steps.popLast() }

  mutating func remove(_ step: Refinement) { steps.removeAll { $0 == step } }
}
