import ProfileAnalysis
import ProfileModel

/// Holds the growth between two profiles against a policy.
public struct GrowthCheck: Sendable {
  /// What came of one budget for one symbol.
  public struct Finding: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable {
      /// Beyond the limit.
      case failed
      /// Beyond the limit, but within what sampling explains.
      case noise
      /// The budget could not be checked, or nothing is there to check.
      case unchecked
    }

    public let verdict: Verdict
    /// What grew: `total`, `function`, `package`, `label`, `type`.
    public let kind: String
    /// Its name; empty for the total.
    public let name: String
    public let value: ComparedValue
    /// The limit as it was written.
    public let limit: String
    /// Where most of it is allocated or spent; nil where that is not known.
    public let place: Place?
    /// Why it was not checked, or where most of the growth is; empty where there is nothing to say.
    public let reason: String
  }

  /// A line of source.
  public struct Place: Hashable, Sendable {
    public let file: String
    public let line: Int64
  }

  /// What is measured, as `inuse_space`.
  public let sampleType: String
  public let unit: String
  /// All samples together.
  public let sum: ComparedValue
  /// What is beyond a limit or could not be checked; what grew most first.
  public let findings: [Finding]
  /// How many budgets there were.
  public let budgetCount: Int

  public var isPassed: Bool { !findings.contains { $0.verdict == .failed } }

  /// - Parameter subject: made by `ReportSubject.prepare` of a comparison.
  /// - Complexity: that of a few reports.
  public init(_ subject: ReportSubject, _ policy: CheckPolicy) {
    sampleType = subject.sampleType
    unit = subject.unit
    budgetCount = policy.budgets.count
    guard let comparison = subject.comparison else {
      sum = ComparedValue(base: 0, other: 0, change: 0)
      findings = []
      return
    }
    sum = comparison.sum(of: subject.profile, type: subject.typeIndex)
    let judge = Judge(subject, comparison, sum, policy)
    findings = policy.budgets.flatMap(judge.findings).sorted { $0.isBefore($1) }
  }
}

extension GrowthCheck.Finding {
  fileprivate func isBefore(_ other: Self) -> Bool {
    let order: [Verdict] = [.failed, .noise, .unchecked]
    let (mine, theirs) = (
      order.firstIndex(of: verdict) ?? 0, order.firstIndex(of: other.verdict) ?? 0
    )
    if mine != theirs { return mine < theirs }
    // The whole stands before its parts.
    if (kind == "total") != (other.kind == "total") { return kind == "total" }
    if value.change != other.value.change { return value.change > other.value.change }
    return name.utf8.lexicographicallyPrecedes(other.name.utf8)
  }
}

/// Looks at each budget.
private struct Judge {
  typealias Finding = GrowthCheck.Finding

  private let subject: ReportSubject
  private let comparison: ProfileComparison
  private let sum: ComparedValue
  private let policy: CheckPolicy
  private let functions: GrowthRows
  private let places: GrowthPlaces
  /// Nil where no budget asks for types.
  private let types: GrowthOfTypes?

  /// Growth by less than this share of the whole is no failure of a function, unless asked for.
  private static let negligibleShare = 0.005

  init(
    _ subject: ReportSubject, _ comparison: ProfileComparison, _ sum: ComparedValue,
    _ policy: CheckPolicy
  ) {
    self.subject = subject
    self.comparison = comparison
    self.sum = sum
    self.policy = policy
    functions = GrowthRows(subject, comparison, .functions)
    places = GrowthPlaces(GrowthRows(subject, comparison, .lines))
    let asksForTypes = policy.budgets.contains { $0.subject == .types }
    types = asksForTypes ? GrowthOfTypes(subject, comparison) : nil
  }

  func findings(_ budget: CheckPolicy.Budget) -> [Finding] {
    if budget.limit.isExceeded(by: sum, unit: subject.unit) == nil {
      return [unchecked(budget, "\(budget.limit.text) is not an amount of \(subject.unit)")]
    }
    switch budget.subject {
    case .total:
      return [finding(budget, "total", "", sum, rowCount: 1)].compactMap { $0 }
    case .eachFunction:
      return functions.findings { name, row, count in
        isNegligible(row.flat) ? nil : finding(budget, "function", name, row.flat, rowCount: count)
      }
    case .functions: return matching(functions, budget, "function")
    case .packages: return matching(GrowthRows(subject, comparison, .packages), budget, "package")
    case .label(let key):
      let sums = GrowthSums.ofLabel(key, subject, comparison)
      return matching(sums, budget, "no label matches") { name, value in
        finding(budget, "label", "\(key)=\(name)", value, rowCount: 1)
      }
    case .types: return types(budget)
    }
  }

  private func matching(_ rows: GrowthRows, _ budget: CheckPolicy.Budget, _ kind: String)
    -> [Finding]
  {
    var matched = 0
    let found = rows.findings { name, row, _ in
      guard let pattern = budget.pattern, pattern.matches(name) else { return nil }
      matched += 1
      return finding(budget, kind, name, row.cumulative, rowCount: 1)
    }
    return matched > 0 ? found : [unchecked(budget, "nothing matches")]
  }

  private func types(_ budget: CheckPolicy.Budget) -> [Finding] {
    guard let types else { return [] }
    let reason =
      types.isOfProgram
      ? "no type matches" : "types need the program: proftui check PROGRAM OLD NEW"
    return matching(types.sums, budget, reason) { name, value in
      finding(budget, "type", name, value, rowCount: 1, at: types.place(of: name))
    }
  }

  private func matching(
    _ sums: GrowthSums, _ budget: CheckPolicy.Budget, _ reason: String,
    _ found: (_ name: String, _ value: ComparedValue) -> Finding?
  ) -> [Finding] {
    let matches = sums.values.sorted { $0.key < $1.key }
      .filter { budget.pattern?.matches($0.key) ?? false }
    return matches.isEmpty
      ? [unchecked(budget, reason)] : matches.compactMap { found($0.key, $0.value) }
  }

  private func finding(
    _ budget: CheckPolicy.Budget, _ kind: String, _ name: String, _ value: ComparedValue,
    rowCount: Int, at place: GrowthCheck.Place? = nil
  ) -> Finding? {
    guard budget.limit.isExceeded(by: value, unit: subject.unit) == true else { return nil }
    let isNoise = Double(value.change) <= Self.threshold(rowCount) * value.standardError
    return Finding(
      verdict: isNoise && !policy.isStrict ? .noise : .failed, kind: kind, name: name,
      value: value, limit: budget.limit.text,
      place: kind == "function"
        ? places.place(of: name) : kind == "total" ? places.worst?.place : place,
      reason: kind == "total" ? places.worst.map { "most in \($0.function)" } ?? "" : "")
  }

  private func unchecked(_ budget: CheckPolicy.Budget, _ reason: String) -> Finding {
    Finding(
      verdict: .unchecked, kind: "budget", name: budget.text,
      value: ComparedValue(base: 0, other: 0, change: 0), limit: budget.limit.text, place: nil,
      reason: reason)
  }

  private func isNegligible(_ value: ComparedValue) -> Bool {
    guard !policy.isStrict else { return false }
    let whole = max(Double(sum.base).magnitude, Double(sum.other).magnitude)
    return Double(value.change).magnitude < whole * Self.negligibleShare
  }

  /// How many standard errors growth has to be beyond: two, and more where many rows are looked at,
  /// as one of very many is that far off by chance.
  private static func threshold(_ rowCount: Int) -> Double {
    var (wide, left) = (2.0, Double(rowCount) * 0.02275)
    // The chance of z standard errors and more goes down by about this for each half.
    while left > 0.05, wide < 8 {
      left *= 0.27
      wide += 0.5
    }
    return wide
  }
}
