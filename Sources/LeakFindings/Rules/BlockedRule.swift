/// Time that is waited for locks, by who waited.
struct BlockedRule: LeakRule {
  let name = "lock-waits"
  let summary = "Time waited for locks, by who waited"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    Contention.largest(in: material.blocks) {
      $0.hasSuffix("Lock") && $0.contains("sync.(") || $0.contains("HashTrieMap")
    }.map { row in
      row.finding(
        rule: name, title: "much time is waited for a lock",
        placeRole: "waited at",
        advice: [
          "a mutex profile tells who holds the lock meanwhile: shorten what is done there",
          "readers share an RWMutex; copies for each goroutine need no lock",
          "it worked if the delay at this place falls",
        ])
    }
  }
}
