import EscapeAnalysis

/// Timers and tickers that nobody stops.
struct TimersRule: LeakRule {
  let name = "timers"
  let summary = "Timers and tickers that are never stopped"

  func findings(in material: inout LeakMaterial) -> [LeakFinding] {
    let rows = material.claim(where: Self.isOfTimer)
    let count = rows.filter { $0.key.cause == .timer || Self.types.contains($0.key.type) }
      .map(\.objects).max()
    let companions = count.map { material.claim(inStepWith: $0) } ?? []
    let minor = material.heaps.last?.evidence.goMinorVersion
    let finding = LeakFinding(
      rule: self, title: "timers or tickers pile up", rows: rows, companions: companions,
      advice: [advice(minor), "it worked if the count of live timers stays the same"])
    return finding.map { [$0] } ?? []
  }

  private static let types: Set<String> = ["time.Timer", "time.Ticker", "runtime.timeTimer"]

  /// Whether a row is a timer's or a ticker's own memory.
  static func isOfTimer(_ row: GrowthRow) -> Bool {
    row.key.context == .timer || row.key.cause == .timer || types.contains(row.key.type)
      || row.key.cause == .chan && row.key.type == "chan time.Time"
  }

  private func advice(_ minor: Int?) -> String {
    if let minor, minor < 23 {
      return
        "call Stop: before Go 1.23 a timer or ticker that is not stopped is kept until it fires, "
        + "so use NewTimer with a deferred Stop instead of time.After in loops"
    }
    return "stop what AfterFunc and NewTicker return, and end goroutines that range over tickers; "
      + "since Go 1.23 (in go.mod, too) timers that nobody refers to are freed by themselves"
  }
}
