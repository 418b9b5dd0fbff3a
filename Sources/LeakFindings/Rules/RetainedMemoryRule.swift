import EscapeAnalysis

/// Memory that grew and is none of the kinds that other rules know.
struct RetainedMemoryRule: LeakRule {
  let name = "retained"
  let summary = "Objects that pile up"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let rows = material.claim { _ in true }
    return rows.prefix(20).compactMap { row in
      LeakFinding(
        rule: self, title: title(row), rows: [row],
        advice: [
          "find out who still refers to them: a slice or map that only grows, a closure, a goroutine",
          row.key.cause == .append
            ? "make the slice with its final capacity: append leaves old arrays behind"
            : "bound what holds them, or take them from a sync.Pool and put them back",
          "it worked if the count of objects stays the same between two snapshots",
        ])
    }
  }

  private func title(_ row: GrowthRow) -> String {
    let place = row.key.place.map { " from \($0.function)" } ?? ""
    if row.key.level == 3 { return "the heap grows" }
    if !row.key.type.isEmpty { return "\(row.key.type)\(place) is kept" }
    return row.key.cause.map { "memory is kept\(place): \($0.title)" } ?? "memory is kept\(place)"
  }
}
