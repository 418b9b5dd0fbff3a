import EscapeAnalysis
import ProfileModel

/// What rules look at, and take from: what one rule claims, later ones do not see.
public struct LeakMaterial {
  /// What of the heap grew and was not claimed yet, most first.
  var growth: [GrowthRow]
  /// Growth in objects by place, for what grows in step with something else.
  let objectGrowth: [GrowthKey: Int64]
  let rate: Int64
  let heaps: [LeakSnapshot]
  let goroutines: [Profile]
  let leakedGoroutines: [Profile]
  let mutexes: [Profile]
  let blocks: [Profile]

  /// Takes the rows that fit.
  mutating func claim(where fits: (GrowthRow) -> Bool) -> [GrowthRow] {
    let claimed = growth.filter(fits)
    growth.removeAll(where: fits)
    return claimed
  }

  /// Takes the rows whose objects grew in step with `count`: as many of them, or so many for each.
  ///
  /// Only exact counts can be compared like that; estimates are only taken to be the same.
  ///
  /// - Parameter isFree: whether a row may be taken: some have rules of their own.
  mutating func claim(
    inStepWith count: Int64, where isFree: (GrowthRow) -> Bool = { _ in true }
  ) -> [GrowthRow] {
    guard count >= 16 else { return [] }
    let tolerance = rate > 1 ? 0.25 : 0.06
    let largest = rate > 1 ? 1.0 : 8.0
    return claim { row in
      guard isFree(row), row.key.level == 0, !row.isOneObject, row.key.cause != .map else {
        return false
      }
      let ratio = Double(row.objects) / Double(count)
      let multiple = max(ratio.rounded(), 1)
      return multiple <= largest && abs(ratio - multiple) <= tolerance
    }
  }
}
