import EscapeAnalysis
import ProfileModel

/// A profile at one moment, and what is known of its allocations.
public struct LeakSnapshot: Sendable {
  public let profile: Profile
  public let evidence: EscapeEvidence

  public init(_ profile: Profile, _ evidence: EscapeEvidence) {
    self.profile = profile
    self.evidence = evidence
  }
}

/// The kinds of profiles that rules look at.
enum SnapshotKind {
  case heap
  case goroutines
  /// Goroutines that can never run again, as Go 1.27 finds them.
  case leakedGoroutines
  /// Time waited for locks, counted where they are given back.
  case mutex
  /// Time waited, counted where it was waited.
  case block
  case other

  init(_ profile: Profile) {
    let types = profile.header.sampleTypes.map(\.type)
    if EscapeEvidence.Subject(profile.header) == .memory, types.contains("inuse_space") {
      self = .heap
    } else if types == ["goroutine"] {
      self = .goroutines
    } else if types == ["goroutineleak"] {
      self = .leakedGoroutines
    } else if types.contains("contentions"), types.contains("delay") {
      self = Self.isOfUnlocks(profile) ? .mutex : .block
    } else {
      self = .other
    }
  }

  /// Mutex and block profiles have the same types: only their leaves tell them apart.
  private static func isOfUnlocks(_ profile: Profile) -> Bool {
    for stack in profile.samples.stacks {
      guard let leaf = profile.stacks[stack].first else { continue }
      for line in profile.locations.lines(of: leaf) {
        let name = profile.name(of: line.function)
        if name.hasSuffix("Unlock") || name == "runtime.unlock" { return true }
        if name.hasSuffix("Lock") || name.hasPrefix("runtime.chan") || name == "runtime.selectgo" {
          return false
        }
      }
    }
    return false
  }
}
