import ProfileModel

/// Goroutines that the runtime itself found to be stuck for ever.
struct LeakedGoroutinesRule: LeakRule {
  let name = "leaked-goroutines"
  let summary = "Goroutines that can never run again, as Go 1.27 finds them"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let groups = material.leakedGoroutines.map { GoroutineGroups($0) }
    guard let last = groups.last else { return [] }
    return last.counts.filter { $0.value > 0 }.map { key, count in
      let wait = key.wait.map { ": \($0.rawValue)" } ?? ""
      var finding = LeakFinding(
        rule: name, title: "goroutines that can never run again\(wait)", confidence: .high,
        course: groups.count > 1 ? .grew : .present,
        amount: count.multipliedReportingOverflow(by: 2048).partialValue, count: count)
      finding.cause = .goroutine
      finding.type = "runtime.g"
      finding.place = key.place
      let counts = groups.map { String($0.counts[key] ?? 0) }.joined(separator: " → ")
      finding.evidence = [
        "\(counts) goroutines in \(key.leaf): nothing that could wake them is reachable any more",
        "started as \(key.creator)",
      ]
      finding.advice = [
        key.wait?.advice ?? "see that somebody can still reach what they wait for",
        "it worked if the goroutineleak profile is empty",
      ]
      return finding
    }.sorted { ($1.count, $0.title) < ($0.count, $1.title) }
  }
}
