/// Maps of interface values that grow, with what is boxed for them.
struct InterfaceMapRule: LeakRule {
  let name = "interface-maps"
  let summary = "Growing maps of interface values, and what is boxed for them"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let rows = material.claim {
      $0.key.cause == .map && $0.key.type.hasPrefix("map[")
        && ($0.key.type.hasSuffix("]interface {}") || $0.key.type.hasSuffix("]any"))
    }
    guard let first = rows.first else { return [] }
    let finding = LeakFinding(
      rule: self, title: "\(first.key.type) grows: values of all types are kept in it", rows: rows,
      advice: [
        "find out who still refers to old maps at \(first.key.place?.text ?? "that place"), and let "
          + "go of them: a ring of the last few, an LRU cache, delete",
        "where many keys were deleted, copy what is left to a new map: a map never gives back the "
          + "room that it had at its largest",
        "a map for each type of value, or a generic container, spares boxing numbers and strings",
        "it worked if the bytes of this type stay the same between two snapshots",
      ])
    return finding.map { [$0] } ?? []
  }
}
