import ProfileAnalysis
import Reports
import TerminalUI

/// A live source that is fetched again and again: when next, and how old what is shown has become.
///
/// It knows no clock: `pass` is told of seconds that went by.
struct Watch: Hashable, Sendable {
  /// The seconds between two snapshots.
  let every: Int
  /// The seconds until the next one is fetched.
  private(set) var left: Int
  var isPaused = false
  /// The seconds since the last snapshot came.
  private(set) var age = 0
  /// How many attempts failed since the last snapshot.
  private(set) var failures = 0

  /// No wait is longer than this many seconds, but for a watch that is slower by itself.
  static let longestWait = 300

  init(every: Int) {
    self.every = every
    left = every
  }

  /// Lets time pass; whether the next snapshot is due.
  mutating func pass(_ seconds: Int, isFetching: Bool) -> Bool {
    age += max(seconds, 0)
    guard !isPaused, !isFetching else { return false }
    left -= max(seconds, 0)
    return left <= 0
  }

  /// A snapshot came.
  mutating func succeed() {
    failures = 0
    age = 0
    left = every
  }

  /// None came: the wait doubles with each failure.
  mutating func fail() {
    failures += 1
    let doubled = every << min(failures, 10)
    left = min(doubled, max(every, Self.longestWait))
  }

  /// Waits anew, as after an attempt that was given up.
  mutating func wait() { left = every }

  /// The state in a few words, for the header: `live ▁▂▄█ 8s`.
  ///
  /// - Parameter values: what was measured so far, oldest first.
  func text(_ values: [Int64], isFetching: Bool, _ glyphs: GlyphSet) -> String {
    let line = Sparkline.text(Array(values.suffix(64)), width: 8, levels: glyphs.sparkLevels)
    let state =
      isPaused ? "paused" : failures > 0 ? "! \(Self.duration(age)) old" : "live"
    let time =
      isFetching
      ? "\(glyphs.ellipsis)"
      : failures > 0 && !isPaused ? "next \(Self.duration(left))" : Self.duration(age)
    return [state, line, time].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// A length of time in one unit: `42s`, `3m`, `2h`.
  static func duration(_ seconds: Int) -> String {
    let seconds = max(seconds, 0)
    return seconds < 100
      ? "\(seconds)s" : seconds < 6000 ? "\(seconds / 60)m" : "\(seconds / 3600)h"
  }
}
