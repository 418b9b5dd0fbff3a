import EscapeAnalysis
import ProfileModel

/// What allocations have in common, at one of four levels of detail.
struct GrowthKey: Hashable {
  /// 0 has all, 1 no place, 2 no type either, 3 no cause either.
  var level: Int
  /// Of growing maps that of maps; nil where unknown, and at level 3.
  var cause: EscapeCause?
  var type = ""
  var place: UserPlace?
  var context: LibraryContext?

  /// Whether this is a group that `other`, which is finer, is a part of.
  func contains(_ other: GrowthKey) -> Bool {
    (level == 3 || cause == other.cause) && (level >= 2 || type == other.type)
      && (level == 3 && context == nil || context == other.context)
  }

  /// The same with less detail.
  func coarser(to level: Int) -> GrowthKey {
    GrowthKey(
      level: level, cause: level < 3 ? cause : nil, type: level < 2 ? type : "",
      place: level < 1 ? place : nil, context: context)
  }
}

/// How much of something a heap profile has.
struct HeapAmounts: Hashable {
  var allocated: Int64 = 0
  var live: Int64 = 0
  var liveObjects: Int64 = 0

  mutating func add(_ other: HeapAmounts) {
    allocated &+= other.allocated
    live &+= other.live
    liveObjects &+= other.liveObjects
  }
}

/// A heap profile by cause, type, place and library context, without the profiler's own memory.
struct HeapTable {
  private(set) var rows: [GrowthKey: HeapAmounts] = [:]
  /// The callee and the root type of the first sample of a row of level 0.
  private(set) var samples: [GrowthKey: EscapeFinding] = [:]
  private(set) var total: Int64 = 0

  init(_ snapshot: LeakSnapshot) {
    let profile = snapshot.profile
    let types = profile.header.sampleTypes.map(\.type)
    guard let live = types.firstIndex(of: "inuse_space") else { return }
    let objects = types.firstIndex(of: "inuse_objects")
    let allocated = types.firstIndex(of: "alloc_space")
    let values = profile.samples.values
    var stacks = StackReader(profile)
    for sample in profile.samples.indices {
      let origin = stacks.origin(of: profile.samples.stacks[sample])
      guard !origin.isOfProfiler else { continue }
      let row = profile.samples.origin(of: sample)
      let finding =
        snapshot.evidence.finding(ofSample: row).map { snapshot.evidence.findings[$0] }
      let key = GrowthKey(
        level: 0, cause: finding?.cause == .mapgrow ? .map : finding?.cause,
        type: finding?.type ?? "", place: origin.place, context: origin.context)
      let amounts = HeapAmounts(
        allocated: allocated.map { values[$0][sample] } ?? 0, live: values[live][sample],
        liveObjects: objects.map { values[$0][sample] } ?? 0)
      total &+= amounts.live
      if let finding, samples[key] == nil { samples[key] = finding }
      rows[key, default: HeapAmounts()].add(amounts)
      for level in 1...3 {
        rows[key.coarser(to: level), default: HeapAmounts()].add(amounts)
      }
    }
  }
}
