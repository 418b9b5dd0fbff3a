import EscapeAnalysis
import ProfileModel

/// What looks like a leak or waste in one or more profiles of a program.
public struct LeakDiagnosis: Sendable {
  /// The surest first, then the largest.
  public let findings: [LeakFinding]
  /// What to know about what could not be said, a line each.
  public let notes: [String]
  /// Whether any of the profiles is of a kind that findings are told for.
  public let knowsKind: Bool

  /// - Parameter snapshots: oldest first; profiles of several kinds may be among them.
  /// - Complexity: O(*n*) in samples.
  public init(_ snapshots: [LeakSnapshot]) {
    var kinds: [SnapshotKind: [LeakSnapshot]] = [:]
    for snapshot in snapshots {
      kinds[SnapshotKind(snapshot.profile), default: []].append(snapshot)
    }
    func profiles(_ kind: SnapshotKind) -> [Profile] { (kinds[kind] ?? []).map(\.profile) }
    let heaps = kinds[.heap] ?? []
    let growth = HeapGrowth(heaps)
    var material = LeakMaterial(
      growth: growth.rows, objectGrowth: growth.objectGrowth, rate: growth.rate, heaps: heaps,
      goroutines: profiles(.goroutines), leakedGoroutines: profiles(.leakedGoroutines),
      mutexes: profiles(.mutex), blocks: profiles(.block))
    var found: [LeakFinding] = []
    for rule in LeakRules.all { found += rule.findings(in: &material) }
    findings = found.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.confidence != b.confidence { return a.confidence < b.confidence }
      return a.amount == b.amount ? left.offset < right.offset : a.amount > b.amount
    }.map(\.element)
    notes = Self.notes(kinds, growth)
    knowsKind = kinds.keys.contains { $0 != .other }
  }

  private static func notes(
    _ kinds: [SnapshotKind: [LeakSnapshot]], _ growth: HeapGrowth
  ) -> [String] {
    var notes: [String] = []
    let heaps = kinds[.heap] ?? []
    if heaps.count == 1 {
      notes.append("one heap profile cannot tell growth: give an earlier one before it")
    }
    if let needed = growth.neededGrowth {
      notes.append(
        "too few samples to say: the heap grew by \(Words.bytes(needed.grew)), and only "
          + "\(Words.bytes(needed.needed)) would be more than chance at one sample in "
          + "\(Words.bytes(growth.rate)); wait longer, or lower runtime.MemProfileRate")
    }
    if growth.plateaus > 0 {
      let places = growth.plateaus == 1 ? "1 place" : "\(growth.plateaus) places"
      notes.append("\(places) grew at first and levelled off, as caches do that fill up")
    }
    if !(kinds[.other] ?? []).isEmpty, kinds.count == 1 {
      notes.append("findings are told for heap, goroutine, mutex and block profiles")
    }
    return notes
  }
}
