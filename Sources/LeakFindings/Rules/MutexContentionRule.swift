/// Locks that others wait for, by who held them.
struct MutexContentionRule: LeakRule {
  let name = "mutex-contention"
  let summary = "Locks that others wait for, by who held them"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    Contention.largest(in: material.mutexes) {
      $0.hasSuffix("Unlock") || $0.contains("HashTrieMap")
    }
    .map { row in
      row.finding(
        rule: name, title: "others wait for a lock that is held too long",
        placeRole: "held at",
        advice: [
          "hold it for less time: compute before locking, and lock only around the shared access",
          "split what it guards, by key or by kind, so that fewer meet",
          "it worked if the delay at this place falls",
        ])
    }
  }
}
