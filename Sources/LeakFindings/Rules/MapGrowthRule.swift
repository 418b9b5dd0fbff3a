import EscapeAnalysis

/// Maps that grow.
struct MapGrowthRule: LeakRule {
  let name = "map-growth"
  let summary = "Maps that grow and never shrink"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let rows = material.claim { $0.key.cause == .map }
    let groups = Dictionary(grouping: rows) { $0.key.type }
    return groups.compactMap { type, rows in
      LeakFinding(
        rule: self, title: type.isEmpty ? "maps grow" : "\(type) grows",
        rows: rows.sorted { $0.own > $1.own },
        advice: [
          "delete keys that are no longer needed, or bound the map; where many were deleted, copy "
            + "what is left to a new map: a map never gives back the room that it had at its largest",
          "where the size is known, make the map with it: growing leaves old arrays behind",
          "it worked if the map's bytes stay the same while its keys do",
        ])
    }
  }
}
