/// Types that package reflect made are kept for ever.
struct ReflectTypesRule: LeakRule {
  let name = "reflect-types"
  let summary = "Types made by reflection, which are never freed"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let rows = material.claim { $0.key.context == .reflectTypes }
    let finding = LeakFinding(
      rule: self, title: "types made by reflect are never freed", rows: rows,
      advice: [
        "make each type once: keep the result of MapOf, StructOf or ArrayOf in a map by what it is "
          + "made of, and round sizes so that there are few of them",
        "it worked if reflect's descriptors stay the same between two snapshots",
      ])
    return finding.map { [$0] } ?? []
  }
}
