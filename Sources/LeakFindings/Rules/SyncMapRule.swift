/// A `sync.Map` whose keys are never deleted.
struct SyncMapRule: LeakRule {
  let name = "sync-map"
  let summary = "sync.Maps whose entries are never deleted, and what these hold"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let rows = material.claim { $0.key.context == .syncMap }
    guard let first = rows.first else { return [] }
    let companions = entries(of: material).flatMap { material.claim(inStepWith: $0) }
    let finding = LeakFinding(
      rule: self, title: "a sync.Map keeps its entries, and what they hold", rows: rows,
      companions: companions,
      advice: [
        "delete entries when their owner is gone, or bound the map: an LRU cache behind a mutex "
          + "holds only what you allow",
        "a failed type assertion leaves the value in the map: delete the key there as well",
        "it worked if the entries at \(first.key.place?.text ?? "that place") stay the same",
      ])
    return finding.map { [$0] } ?? []
  }

  /// By how many entries the maps of each place grew.
  private func entries(of material: LeakMaterial) -> Set<Int64> {
    Set(
      material.objectGrowth.filter {
        $0.key.context == .syncMap && $0.key.type.hasPrefix("sync.entry")
      }.map(\.value))
  }
}
