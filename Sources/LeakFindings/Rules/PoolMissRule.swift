/// A `sync.Pool` that makes new objects all the time.
struct PoolMissRule: LeakRule {
  let name = "pool-misses"
  let summary = "sync.Pools whose objects are kept instead of put back"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let finding = LeakFinding(
      rule: self, title: "objects of a sync.Pool are not put back",
      rows: material.claim { $0.key.context == .pool },
      advice: [
        "call Put on every path, and keep no pointer to what was put back",
        "no finalizers on pooled objects: setting one a second time ends the program",
        "it worked if New is called rarely: alloc_space under it stays flat",
      ])
    return finding.map { [$0] } ?? []
  }
}
