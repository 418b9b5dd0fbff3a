import EscapeAnalysis
import LeakFindings
import ProfileAnalysis
import ProfileModel

/// What there is to find out about allocations and leaks, and what was: each made when first asked
/// for, and kept.
package final class EscapeAnswers: Sendable {
  /// Finds out what the samples of a profile allocated, which may be that of a comparison.
  package typealias EvidenceMaker =
    @Sendable (_ profile: Profile, _ comparison: ProfileComparison?) -> EscapeEvidence

  private let whole: Profile
  private let comparison: ProfileComparison?
  private let makeEvidence: EvidenceMaker
  private let makeModule: @Sendable (Profile) -> String?
  private let makeSnapshots: @Sendable () -> [Profile]
  private let evidences: Kept<Int, EscapeEvidence>
  private let modules: Kept<Int, String?>
  private let diagnoses: Kept<Int, Diagnosis>
  private let summaries: Kept<ProfileSession.AnswerKey, EscapeSummary>
  private let trees: Kept<TreeKey, EscapeTree>
  private let notes = Kept<String, [Int64: EscapeNoteOfLine]>(limit: 16)
  private let columns: Kept<ColumnKey, [Int64]>
  /// What large answers are kept within, those about the profile included.
  let budget: AnswerBudget

  private struct ColumnKey: Hashable, Sendable {
    var of: ProfileSession.AnswerKey
    var column: Int
  }

  private struct TreeKey: Hashable, Sendable {
    var of: ProfileSession.AnswerKey
    var arrangement: EscapeTree.Arrangement
  }

  /// What was found, and in how many profiles.
  package struct Diagnosis: Sendable {
    package let result: LeakDiagnosis
    package let snapshots: Int
  }

  /// - Parameters:
  ///   - whole: the profile as it was loaded.
  ///   - comparison: that which `whole` is the profile of; nil where there is one profile only.
  ///   - evidence: finds out what the samples of a profile allocated; may read files.
  ///   - mainModule: the module of a profile's program, where that is all that its program tells.
  ///   - snapshots: the profiles that were merged into `whole` and its base, one by one, oldest first;
  ///     `whole` alone where there are none.
  ///   - budget: what large answers are kept within, those about the profile included; what is in
  ///     proportion to it where nil.
  package convenience init(
    _ whole: Profile, _ comparison: ProfileComparison? = nil,
    evidence: @escaping EvidenceMaker = { profile, _ in EscapeEvidence(profile) },
    mainModule: @escaping @Sendable (Profile) -> String? = { _ in nil },
    snapshots: @escaping @Sendable () -> [Profile] = { [] }, budget: AnswerBudget? = nil
  ) {
    self.init(
      whole, comparison, evidence: evidence, mainModule: mainModule, snapshots: snapshots,
      diagnoses: Kept(limit: 1), budget: budget ?? AnswerBudget(for: whole))
  }

  private init(
    _ whole: Profile, _ comparison: ProfileComparison?, evidence: @escaping EvidenceMaker,
    mainModule: @escaping @Sendable (Profile) -> String?,
    snapshots: @escaping @Sendable () -> [Profile], diagnoses: Kept<Int, Diagnosis>,
    budget: AnswerBudget, ofSameSamples old: EscapeAnswers? = nil
  ) {
    self.whole = whole
    self.comparison = comparison
    self.diagnoses = diagnoses
    evidences = old?.evidences ?? Kept(limit: 1)
    modules = old?.modules ?? Kept(limit: 1)
    makeEvidence = evidence
    makeModule = mainModule
    makeSnapshots = snapshots
    self.budget = budget
    summaries = Kept(limit: 8, cost: .init(budget: budget) { $0.byteCount })
    trees = Kept(limit: 8, cost: .init(budget: budget) { $0.byteCount })
    columns = Kept(
      limit: 12, cost: .init(budget: budget) { $0.count * MemoryLayout<Int64>.stride })
  }

  /// What there is to find out where the same two profiles are compared the other way round. What
  /// leaks is the same: snapshots are in order of time.
  func about(_ whole: Profile, _ comparison: ProfileComparison) -> EscapeAnswers {
    EscapeAnswers(
      whole, comparison, evidence: makeEvidence, mainModule: makeModule, snapshots: makeSnapshots,
      diagnoses: diagnoses, budget: budget)
  }

  /// What there is to find out about a profile that differs from this one in nothing but the ids of its
  /// stacks.
  func about(sorted: Profile) -> EscapeAnswers {
    EscapeAnswers(
      sorted, comparison, evidence: makeEvidence, mainModule: makeModule, snapshots: makeSnapshots,
      diagnoses: diagnoses, budget: budget, ofSameSamples: self)
  }

  /// Whether the profile is of allocations.
  package var isOfMemory: Bool { EscapeEvidence.Subject(whole.header) == .memory }
  /// Whether it is of time: then there are operations, but no types.
  package var isOfTime: Bool { EscapeEvidence.Subject(whole.header) == .time }

  /// What each sample of the profile as it was loaded allocated.
  package var evidence: EscapeEvidence {
    evidences.value(for: 0) { makeEvidence(whole, comparison) }
  }

  /// The module that the program's main package is of; nil where unknown.
  package var mainModule: String? {
    // Of allocations it takes the evidence to tell whether it is the program at all.
    isOfMemory ? evidence.mainModule : modules.value(for: 0) { makeModule(whole) }
  }

  /// What looks like a leak.
  package var diagnosis: Diagnosis {
    diagnoses.value(for: 0) {
      let snapshots = makeSnapshots()
      guard !snapshots.isEmpty else {
        return Diagnosis(result: LeakDiagnosis([LeakSnapshot(whole, evidence)]), snapshots: 1)
      }
      let result = LeakDiagnosis(snapshots.map { LeakSnapshot($0, makeEvidence($0, nil)) })
      return Diagnosis(result: result, snapshots: snapshots.count)
    }
  }

  /// What the samples that are shown sum to, by finding.
  func summary(_ session: ProfileSession) -> EscapeSummary {
    summaries.value(for: session.answerKey) {
      EscapeSummary(evidence, session.profile, session.escapeMeasure)
    }
  }

  /// What the samples with any of the findings sum to in a column of the session's values.
  func sum(of findings: [Int], inColumn column: Int, _ session: ProfileSession) -> Int64 {
    let key = ColumnKey(of: session.answerKey, column: column)
    let sums = columns.value(for: key) {
      let values = session.profile.samples.values[column]
      var sums = [Int64](repeating: 0, count: evidence.findings.count)
      for sample in session.profile.samples.indices {
        let origin = session.profile.samples.origin(of: sample)
        if let finding = evidence.finding(ofSample: origin) { sums[finding] &+= values[sample] }
      }
      return sums
    }
    return findings.reduce(0) { $0 &+ sums[$1] }
  }

  func tree(_ session: ProfileSession, _ arrangement: EscapeTree.Arrangement) -> EscapeTree {
    trees.value(for: TreeKey(of: session.answerKey, arrangement: arrangement)) {
      EscapeTree(summary(session), arrangement)
    }
  }

  /// What is known of the allocations of a source file, by line.
  func notes(of file: String, _ profile: Profile) -> [Int64: EscapeNoteOfLine] {
    notes.value(for: file) {
      var notes: [Int64: EscapeNoteOfLine] = [:]
      for finding in evidence.findings {
        guard finding.cause != nil, finding.cause != .code, let function = finding.function,
          profile.strings[profile.functions.filenames[function.index]] == file
        else { continue }
        notes[finding.line, default: EscapeNoteOfLine()].add(finding)
      }
      return notes
    }
  }
}

/// What is allocated on a line of source: operations, types and reasons.
struct EscapeNoteOfLine: Hashable, Sendable {
  private var parts: [String] = []

  /// So many operations are named.
  private static let limit = 3

  mutating func add(_ finding: EscapeFinding) {
    var words = finding.cause?.rawValue ?? ""
    if !finding.type.isEmpty, finding.type != words { words += " \(finding.type)" }
    if let reason = finding.reason, reason != .alwaysOnHeap { words += ": \(reason.rawValue)" }
    if !parts.contains(words) { parts.append(words) }
  }

  var text: String {
    let shown = parts.prefix(Self.limit).joined(separator: "; ")
    return parts.count > Self.limit ? "\(shown); +\(parts.count - Self.limit)" : shown
  }
}

extension ProfileSession {
  /// The columns that say how much was allocated.
  var escapeMeasure: EscapeMeasure {
    EscapeMeasure(types: sampleTypes, shown: sampleType) { column(ofType: $0) }
  }

  /// The symbol of a frame of a function, at a line where rows are lines; nil where none is shown.
  ///
  /// - Complexity: O(*n*) in the lines of all locations.
  func node(of function: FunctionID, line: Int64) -> NodeID? {
    let (lines, nodes) = (profile.locations.lines, nodes.locationNodes)
    var found: NodeID?
    for row in 0..<min(lines.count, nodes.count) where lines[row].function == function {
      if lines[row].line == line { return nodes[row] }
      found = found ?? nodes[row]
    }
    return found
  }

  /// The symbol of a function by its name, at a line where rows are lines; nil where none is shown.
  func node(named name: String, line: Int64) -> NodeID? {
    for index in profile.functions.indices where profile.name(of: FunctionID(index)) == name {
      if let node = node(of: FunctionID(index), line: line) { return node }
    }
    return nil
  }
}
