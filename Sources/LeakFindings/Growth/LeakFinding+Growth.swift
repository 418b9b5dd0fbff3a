import EscapeAnalysis

extension LeakFinding {
  /// A finding about rows of the heap that grew, the first of which is the largest.
  ///
  /// - Parameter companions: rows that grew in step with them.
  init?(
    rule: some LeakRule, title: String, rows: [GrowthRow], companions: [GrowthRow] = [],
    advice: [String]
  ) {
    let all = rows + companions
    guard let first = rows.first ?? companions.first else { return nil }
    let amount = all.reduce(Int64(0)) { $0 &+ $1.own }
    self.init(
      rule: rule.name, title: title, confidence: all.map(\.confidence).min() ?? .low,
      course: first.course, amount: amount, count: first.objects)
    alive = Self.alive(rows.isEmpty ? companions : rows)
    cause = first.key.cause
    type = first.key.type
    place = first.key.place
    evidence = Self.evidence(rows, companions)
    self.advice = advice
  }

  /// The share that lives, of all rows together.
  private static func alive(_ rows: [GrowthRow]) -> Double {
    let grown = rows.reduce(0.0) { $0 + Double($1.growth) }
    let allocated = rows.reduce(0.0) { $0 + Double($1.growth) / max($1.alive, 0.001) }
    return grown / max(allocated, 1)
  }

  private static func evidence(_ rows: [GrowthRow], _ companions: [GrowthRow]) -> [String] {
    var lines = rows.prefix(4).map(text)
    if rows.count > 4 {
      let rest = rows.dropFirst(4).reduce(Int64(0)) { $0 &+ $1.own }
      lines.append("+\(Words.bytes(rest)) at \(rows.count - 4) more places of the kind")
    }
    lines += companions.prefix(4).map { "in step with it: " + text($0) }
    if let first = (rows.first ?? companions.first), first.live.count > 2 {
      let course = first.live.map(Words.bytes).joined(separator: " → ")
      lines.append("\(course): \(first.course.rawValue)")
    }
    return lines
  }

  private static func text(_ row: GrowthRow) -> String {
    var words = ["+\(Words.bytes(row.own))"]
    if row.objects != 0 { words[0] += " in \(Words.count(row.objects, "object", "objects"))" }
    let what = [row.key.cause?.rawValue ?? "", row.key.type].filter { !$0.isEmpty }
    if !what.isEmpty { words.append(what.joined(separator: " ")) }
    words.append(row.key.place.map { "at \($0.text)" } ?? "at several places")
    words.append("\(Words.percent(row.alive)) of what was allocated there is alive")
    return words.joined(separator: ", ")
  }
}
