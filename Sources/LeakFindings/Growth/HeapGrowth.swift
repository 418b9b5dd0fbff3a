import EscapeAnalysis

/// Something of the heap that grew from the first snapshot to the last.
struct GrowthRow: Hashable {
  var key: GrowthKey
  /// Live bytes, a snapshot each.
  var live: [Int64]
  /// By how many bytes it grew, without what finer rows have already.
  var own: Int64
  var objects: Int64
  /// Of what was allocated in between, the share that lives.
  var alive: Double
  var course: LeakFinding.Course
  /// What is known of its first sample; nil for groups.
  var finding: EscapeFinding?

  var growth: Int64 { (live.last ?? 0) &- (live.first ?? 0) }

  var confidence: LeakFinding.Confidence {
    if isOneObject || course == .slowing { return .low }
    return alive > 0.5 ? .high : alive > 0.2 ? .medium : .low
  }

  /// Whether it is but one object, for what is no map or array that grows by design.
  var isOneObject: Bool { objects <= 1 && key.cause != .map && key.cause != .append }
}

/// What of the heap grew, beyond what chance explains, over two or more snapshots.
struct HeapGrowth {
  private(set) var rows: [GrowthRow] = []
  /// Growth that is too large to leave out and too small to tell from chance: what it would have to
  /// be. nil where there is none.
  private(set) var neededGrowth: (grew: Int64, needed: Int64)?
  /// How many places grew at first and no longer do.
  private(set) var plateaus = 0
  let totals: [Int64]
  /// Growth in objects of all rows of level 0, whether they count or not.
  private(set) var objectGrowth: [GrowthKey: Int64] = [:]
  /// The mean number of bytes between two samples.
  let rate: Int64

  /// Less growth than this is of no interest.
  private static let smallest: Int64 = 32 << 10
  /// Noise reaches this many standard deviations once in some hundred places.
  private static let significance = 3.0

  init(_ snapshots: [LeakSnapshot]) {
    let tables = snapshots.map { HeapTable($0) }
    totals = tables.map(\.total)
    rate = max(snapshots.first?.profile.header.period ?? 1, 1)
    guard tables.count > 1, let last = tables.last, let first = tables.first else { return }
    let threshold = max(Self.smallest, last.total / 100)
    let keys = tables.reduce(into: Set<GrowthKey>()) { $0.formUnion($1.rows.keys) }
    var found: [GrowthRow] = []
    for key in keys {
      let amounts = tables.map { $0.rows[key] ?? HeapAmounts() }
      if key.level == 0 {
        let (before, after) = (first.rows[key], last.rows[key])
        objectGrowth[key] = (after?.liveObjects ?? 0) &- (before?.liveObjects ?? 0)
      }
      guard let row = row(key, amounts, threshold) else { continue }
      found.append(row)
    }
    rows = settled(found, last)
  }

  /// The row of a key, where it grew enough.
  private mutating func row(
    _ key: GrowthKey, _ amounts: [HeapAmounts], _ threshold: Int64
  ) -> GrowthRow? {
    guard let first = amounts.first, let last = amounts.last else { return nil }
    let growth = last.live &- first.live
    guard growth >= threshold else { return nil }
    let needed = needed(first.live, last.live)
    guard Double(growth) >= needed else {
      if key.level == 3, key.context == nil, growth > neededGrowth?.grew ?? 0 {
        neededGrowth = (growth, Int64(needed))
      }
      return nil
    }
    let steps = zip(amounts, amounts.dropFirst()).map { Double($1.live &- $0.live) }
    let course = Self.course(steps)
    guard let course else {
      if key.level == 0 { plateaus += 1 }
      return nil
    }
    let churn = max(last.allocated &- first.allocated, 1)
    return GrowthRow(
      key: key, live: amounts.map(\.live), own: growth,
      objects: last.liveObjects &- first.liveObjects,
      alive: min(Double(growth) / Double(churn), 1), course: course)
  }

  /// The growth that chance makes unlikely: the estimates have Poisson's noise.
  private func needed(_ first: Int64, _ last: Int64) -> Double {
    guard rate > 1 else { return 0 }
    return Self.significance * (Double(rate) * max(Double(first) + Double(last), 1)).squareRoot()
  }

  /// nil for what has levelled off.
  private static func course(_ steps: [Double]) -> LeakFinding.Course? {
    guard steps.count > 1 else { return .grew }
    let last = (steps.last ?? 0) / max(steps.max() ?? 0, 1)
    if last < 0.05 { return nil }
    return steps.allSatisfy { $0 > 0 } && last > 0.25 ? .growing : .slowing
  }

  /// Leaves out coarse rows that finer ones cover, and what only moved to another place.
  private func settled(_ found: [GrowthRow], _ last: HeapTable) -> [GrowthRow] {
    // What grew at one line and shrank at another of the same type did not grow.
    let growths = Dictionary(grouping: objectKeys(found), by: \.self)
    var kept: [GrowthRow] = []
    for row in found.sorted(by: { ($0.key.level, $1.growth) < ($1.key.level, $0.growth) }) {
      var row = row
      if row.key.level == 0 {
        guard growths[row.key.coarser(to: 1)] != nil else { continue }
        row.finding = last.samples[row.key]
        kept.append(row)
        continue
      }
      let covered = kept.reduce(Int64(0)) {
        $1.key.level < row.key.level && row.key.contains($1.key) ? $0 &+ $1.own : $0
      }
      guard Double(covered) < 0.5 * Double(row.growth) else { continue }
      row.own = row.growth &- covered
      kept.append(row)
    }
    return kept.sorted { $0.own > $1.own }
  }

  /// The keys of level 1 that grew by half of what their places did or more.
  private func objectKeys(_ found: [GrowthRow]) -> [GrowthKey] {
    var ofPlaces: [GrowthKey: Int64] = [:]
    for row in found where row.key.level == 0 {
      ofPlaces[row.key.coarser(to: 1), default: 0] &+= row.growth
    }
    let ofTypes = Dictionary(
      found.filter { $0.key.level == 1 }.map { ($0.key, $0.growth) }, uniquingKeysWith: max)
    return ofPlaces.filter { Double(ofTypes[$0.key] ?? 0) >= 0.5 * Double($0.value) }.map(\.key)
  }
}
