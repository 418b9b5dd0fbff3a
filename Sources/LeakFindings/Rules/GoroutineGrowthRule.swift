import EscapeAnalysis
import ProfileModel

/// Goroutines that were started and never end.
struct GoroutineGrowthRule: LeakRule {
  let name = "goroutines"
  let summary = "Goroutines that pile up, by where they wait"

  /// Fewer are of no interest.
  private static let fewest: Int64 = 10
  /// With one profile, so many at one place are worth a look.
  private static let many: Int64 = 1000

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let groups = material.goroutines.map { GoroutineGroups($0) }
    var findings: [LeakFinding] = []
    let keys = groups.reduce(into: Set<GoroutineGroups.Key>()) { $0.formUnion($1.counts.keys) }
    for key in keys {
      let counts = groups.map { $0.counts[key] ?? 0 }
      guard let first = counts.first, let last = counts.last else { continue }
      if counts.count == 1 {
        guard last >= Self.many, key.wait != nil, key.wait != .network else { continue }
        findings.append(finding(key, counts, grown: last, material.rate))
      } else if last &- first >= Self.fewest, zip(counts, counts.dropFirst()).allSatisfy(<=) {
        findings.append(finding(key, counts, grown: last &- first, material.rate))
      }
    }
    findings.sort { ($1.count, $0.title) < ($0.count, $1.title) }
    return claimHeap(&material, findings)
  }

  private func finding(
    _ key: GoroutineGroups.Key, _ counts: [Int64], grown: Int64, _ rate: Int64
  ) -> LeakFinding {
    let wait = key.wait.map { " that wait: \($0.rawValue)" } ?? ""
    let isSeries = counts.count > 1
    var finding = LeakFinding(
      rule: name, title: "goroutines pile up\(wait)", confidence: isSeries ? .high : .medium,
      course: counts.count > 2 ? .growing : isSeries ? .grew : .present,
      // Each has a stack of two KiB or more, which no heap profile shows.
      amount: grown.multipliedReportingOverflow(by: 2048).partialValue, count: grown)
    finding.cause = .goroutine
    finding.type = "runtime.g"
    finding.place = key.place
    finding.evidence = [
      counts.map(String.init).joined(separator: " → ")
        + " goroutines wait in \(key.leaf)",
      "started as \(key.creator)",
    ]
    finding.advice = [
      key.wait?.advice
        ?? "see that each goroutine has a way to end: a context that is cancelled, a closed channel",
      "it worked if the number of goroutines at this place stays the same",
    ]
    return finding
  }

  /// Adds what goroutines hold in the heap, or finds them by it where no goroutine profile is at hand.
  private func claimHeap(
    _ material: inout LeakMaterial, _ findings: [LeakFinding]
  ) -> [LeakFinding] {
    let rows = material.claim {
      $0.key.cause == .goroutine || $0.key.cause == .thread || $0.key.cause == .wait
    }
    let growth = material.objectGrowth.filter { $0.key.cause == .goroutine }
      .reduce(Int64(0)) { $0 &+ max($1.value, 0) }
    let counts = findings.isEmpty && !rows.isEmpty ? [growth] : findings.map(\.count)
    var companions: [GrowthRow] = []
    for count in counts where count >= Self.fewest {
      // Timers need another repair, whether goroutines wait for them or not.
      companions += material.claim(inStepWith: count) { !TimersRule.isOfTimer($0) }
    }
    guard var first = findings.first else {
      let finding = LeakFinding(
        rule: self, title: "goroutines pile up", rows: rows, companions: companions,
        advice: [
          "take a goroutine profile (/debug/pprof/goroutine) to see where they wait",
          "see that each goroutine has a way to end: a context that is cancelled, a closed channel",
        ])
      return finding.map { [$0] } ?? []
    }
    let held = (rows + companions).reduce(Int64(0)) { $0 &+ $1.own }
    first.amount = first.amount &+ held
    if let heap = LeakFinding(rule: self, title: "", rows: rows, companions: companions, advice: [])
    {
      first.evidence += heap.evidence
    }
    return [first] + findings.dropFirst()
  }
}
