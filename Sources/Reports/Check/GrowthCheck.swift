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
  private let functions: Rows
  private let places: GrowthPlaces

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
    functions = Rows(subject, comparison, .functions)
    places = GrowthPlaces(Rows(subject, comparison, .lines))
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
    case .packages: return matching(Rows(subject, comparison, .packages), budget, "package")
    case .label(let key): return labels(key, budget)
    case .types: return [unchecked(budget, "the types of objects are not known here")]
    }
  }

  private func matching(_ rows: Rows, _ budget: CheckPolicy.Budget, _ kind: String) -> [Finding] {
    var matched = 0
    let found = rows.findings { name, row, _ in
      guard let pattern = budget.pattern, pattern.matches(name) else { return nil }
      matched += 1
      return finding(budget, kind, name, row.cumulative, rowCount: 1)
    }
    return matched > 0 ? found : [unchecked(budget, "nothing matches")]
  }

  private func labels(_ key: String, _ budget: CheckPolicy.Budget) -> [Finding] {
    let sums = LabelSums(subject, comparison, key: key)
    var matched = 0
    let found = sums.values.sorted { $0.key < $1.key }.compactMap { name, value -> Finding? in
      guard let pattern = budget.pattern, pattern.matches(name) else { return nil }
      matched += 1
      return finding(budget, "label", "\(key)=\(name)", value, rowCount: 1)
    }
    return matched > 0 ? found : [unchecked(budget, "no label matches")]
  }

  private func finding(
    _ budget: CheckPolicy.Budget, _ kind: String, _ name: String, _ value: ComparedValue,
    rowCount: Int
  ) -> Finding? {
    guard budget.limit.isExceeded(by: value, unit: subject.unit) == true else { return nil }
    let isNoise = Double(value.change) <= Self.threshold(rowCount) * value.standardError
    return Finding(
      verdict: isNoise && !policy.isStrict ? .noise : .failed, kind: kind, name: name,
      value: value, limit: budget.limit.text,
      place: kind == "function"
        ? places.place(of: name) : kind == "total" ? places.worst?.place : nil,
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

/// The rows of a report with their values in both profiles.
private struct Rows {
  let nodes: NodeTable
  let totals: ComparisonTotals

  init(_ subject: ReportSubject, _ comparison: ProfileComparison, _ granularity: Granularity) {
    nodes = NodeTable(subject.profile, granularity: granularity)
    totals = ComparisonTotals(comparison, subject.profile, nodes, type: subject.typeIndex)
  }

  typealias Row = (flat: ComparedValue, cumulative: ComparedValue)

  func findings(
    _ body: (_ name: String, _ row: Row, _ count: Int) -> GrowthCheck.Finding?
  ) -> [GrowthCheck.Finding] {
    nodes.indices.compactMap { index in
      let node = NodeID(index)
      let row = (flat: totals.flat(node), cumulative: totals.cumulative(node))
      // What did not grow is beyond no limit, but has to be seen to have matched.
      return body(nodes.printableName(of: node), row, nodes.count)
    }
  }
}

/// The lines that grew most.
private struct GrowthPlaces {
  private var places: [String: (place: GrowthCheck.Place, growth: Int64)] = [:]
  private(set) var worst: (place: GrowthCheck.Place, function: String)?

  init(_ rows: Rows) {
    var most: Int64 = 0
    for index in rows.nodes.indices where rows.nodes.lines[index] > 0 {
      let node = NodeID(index)
      let growth = rows.totals.change.cumulative[index]
      let name = rows.nodes.strings[rows.nodes.names[index]]
      let place = GrowthCheck.Place(
        file: rows.nodes.strings[rows.nodes.files[index]], line: rows.nodes.lines[index])
      if growth > places[name]?.growth ?? 0 { places[name] = (place, growth) }
      let flat = rows.totals.change.flat[node.index]
      if flat > most { (worst, most) = ((place, name), flat) }
    }
  }

  func place(of function: String) -> GrowthCheck.Place? { places[function]?.place }
}

/// What the samples with each value of a label sum to.
private struct LabelSums {
  private(set) var values: [String: ComparedValue] = [:]

  init(_ subject: ReportSubject, _ comparison: ProfileComparison, key: String) {
    let profile = subject.profile
    let type = subject.typeIndex
    func values(_ column: Int) -> Column<Int64> { profile.samples.values[column] }
    let columns =
      [ComparisonSide.base, .other, .change].map { values(comparison.column($0, ofType: type)) }
      + comparison.noiseColumns(.change, ofType: type).map(values)
    // Each set of labels is read once.
    let names: [[String]] = (0..<profile.labelSets.count).map { set in
      var names: [String] = []
      for label in profile.labelSets[LabelSetID(set)]
      where profile.strings[label.key] == key {
        let name =
          label.isNumeric
          ? "\(label.number)\(profile.strings[label.unit])" : profile.strings[label.string]
        if !names.contains(name) { names.append(name) }
      }
      return names
    }
    var sums: [String: [Int64]] = [:]
    for sample in profile.samples.indices {
      for name in names[profile.samples.labelSet(sample).index] {
        var sum = sums[name] ?? Array(repeating: 0, count: columns.count)
        for (index, column) in columns.enumerated() { sum[index] &+= column[sample] }
        sums[name] = sum
      }
    }
    self.values = sums.mapValues { sum in
      ComparedValue(
        base: sum[0], other: sum[1], change: sum[2],
        standardError: comparison.standardError(sum[3...].reduce(0, &+), ofType: type))
    }
  }
}
