import ProfileModel

/// How long was waited at a place.
struct Contention {
  var place: UserPlace?
  var delay: Int64
  var count: Int64
  /// Of all waiting that counts.
  var share: Double
  var snapshots: Int

  /// Less waiting than this is of no interest, in nanoseconds.
  private static let shortest: Int64 = 1_000_000_000
  /// Places with less of the whole are left out.
  private static let smallestShare = 0.2

  /// The places where most was waited from the first profile to the last.
  ///
  /// - Parameter isLock: whether a function at the leaf side says that it is about a lock.
  static func largest(
    in profiles: [Profile], isLock: (String) -> Bool
  ) -> [Contention] {
    guard let last = profiles.last else { return [] }
    var sums = delays(last, isLock)
    if profiles.count > 1, let first = profiles.first {
      for (place, sum) in delays(first, isLock) {
        let old = sums[place] ?? (0, 0)
        sums[place] = (old.delay &- sum.delay, old.count &- sum.count)
      }
    }
    let total = sums.values.reduce(Int64(0)) { $0 &+ max($1.delay, 0) }
    return sums.compactMap { place, sum in
      let share = Double(sum.delay) / Double(max(total, 1))
      guard sum.delay >= shortest, share >= smallestShare else { return nil }
      return Contention(
        place: place, delay: sum.delay, count: sum.count, share: share, snapshots: profiles.count)
    }.sorted { $0.delay > $1.delay }
  }

  func finding(
    rule: String, title: String, placeRole: String, advice: [String]
  ) -> LeakFinding {
    var finding = LeakFinding(
      rule: rule, title: title, confidence: share >= 0.5 ? .high : .medium,
      course: snapshots > 1 ? .grew : .present, amount: delay, count: count)
    finding.unit = "nanoseconds"
    finding.place = place
    finding.placeRole = placeRole
    finding.evidence = [
      "\(Words.count(count, "wait", "waits")), \(Words.percent(share)) of all waiting for locks"
    ]
    if place == nil { finding.evidence.append("\(placeRole) an unknown place") }
    finding.advice = advice
    return finding
  }

  private static func delays(
    _ profile: Profile, _ isLock: (String) -> Bool
  ) -> [UserPlace?: (delay: Int64, count: Int64)] {
    let types = profile.header.sampleTypes.map(\.type)
    guard let delay = types.firstIndex(of: "delay") else { return [:] }
    let count = types.firstIndex(of: "contentions")
    var stacks = StackReader(profile)
    var sums: [UserPlace?: (delay: Int64, count: Int64)] = [:]
    for sample in profile.samples.indices {
      let stack = profile.samples.stacks[sample]
      guard isOfLock(profile, stack, &stacks, isLock) else { continue }
      let place = stacks.origin(of: stack).place
      let old = sums[place] ?? (0, 0)
      sums[place] = (
        old.delay &+ profile.samples.values[delay][sample],
        old.count &+ (count.map { profile.samples.values[$0][sample] } ?? 0)
      )
    }
    return sums
  }

  /// Whether one of the library's functions at the leaf is about a lock.
  private static func isOfLock(
    _ profile: Profile, _ stack: StackID, _ stacks: inout StackReader, _ isLock: (String) -> Bool
  ) -> Bool {
    for location in profile.stacks[stack] {
      for line in profile.locations.lines(of: location) {
        let (name, isLibrary) = stacks.entry(line.function)
        guard isLibrary else { return false }
        if isLock(name) { return true }
      }
    }
    return false
  }
}
