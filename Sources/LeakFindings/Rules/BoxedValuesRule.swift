import EscapeAnalysis

/// Values that were boxed into interfaces, and stay.
struct BoxedValuesRule: LeakRule {
  let name = "boxed-values"
  let summary = "Values that are kept in interfaces"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let rows = material.claim { $0.key.cause == .iface && !$0.isOneObject }
    guard let first = rows.first else { return [] }
    let type = first.key.type.isEmpty ? "values" : first.key.type
    let finding = LeakFinding(
      rule: self, title: "\(type) boxed into interfaces is kept", rows: rows,
      advice: [
        "use a type parameter or a concrete type instead of interface{} at "
          + (first.key.place?.text ?? "that place"),
        "find out what holds the interface values, and let go of them",
        "it worked if the boxes of this type stay the same between two snapshots",
      ])
    return finding.map { [$0] } ?? []
  }
}
