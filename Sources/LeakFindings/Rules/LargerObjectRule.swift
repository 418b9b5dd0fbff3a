/// One object that became larger, as a buffer does: hardly a leak.
struct LargerObjectRule: LeakRule {
  let name = "larger-object"
  let summary = "Single objects that became larger"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    material.claim(where: \.isOneObject).compactMap { row in
      guard
        var finding = LeakFinding(
          rule: self, title: "one larger object", rows: [row],
          advice: [
            "a buffer that keeps its largest size: cap what is put back into a pool, or allocate it once"
          ])
      else { return nil }
      finding.confidence = .low
      return finding
    }
  }
}
