/// JSON that was decoded into maps of anything, and is kept as such.
struct UntypedJSONRule: LeakRule {
  let name = "untyped-json"
  let summary = "Decoded JSON that is kept as map[string]interface{}"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let isUntyped = material.growth.contains { row in
      row.key.context == .json && Self.isUntyped(row)
    }
    guard isUntyped else { return [] }
    let places = Set(
      material.growth.filter { $0.key.context == .json && Self.isUntyped($0) }.map(\.key.place))
    let rows = material.claim {
      $0.key.context == .json && ($0.key.place == nil || places.contains($0.key.place))
    }
    let finding = LeakFinding(
      rule: self, title: "decoded JSON is kept as map[string]interface {}", rows: rows,
      advice: [
        "decode into a struct with the fields that you need: it takes a tenth of the memory, and "
          + "nothing in it is boxed",
        "keep what you use of a document, not the document",
        "it worked if mapassign under json.Unmarshal no longer holds memory",
      ])
    return finding.map { [$0] } ?? []
  }

  private static func isUntyped(_ row: GrowthRow) -> Bool {
    if row.key.type == "map[string]interface {}" { return true }
    guard let target = row.finding?.root?.type else { return false }
    return target.hasSuffix("interface {}")
  }
}
