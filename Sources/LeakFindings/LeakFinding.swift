import EscapeAnalysis

/// Something that looks like a leak or waste: what, how sure, why we think so, and what to do.
public struct LeakFinding: Hashable, Sendable {
  /// How sure it is.
  public enum Confidence: String, CaseIterable, Comparable, Sendable {
    case high, medium, low

    public static func < (left: Confidence, right: Confidence) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What the snapshots say about its course.
  public enum Course: String, Sendable {
    /// There are only two snapshots, so that nobody can tell how it went on.
    case grew = "grew between the snapshots"
    case growing = "still growing"
    case slowing = "growing ever slower"
    /// There is only one snapshot.
    case present = "there in the one snapshot"
  }

  /// The name of the rule that found it.
  public var rule: String
  /// What it is, in a line.
  public var title: String
  public var confidence: Confidence
  public var course: Course
  /// By how many bytes it grew, or how many nanoseconds were waited.
  public var amount: Int64
  public var unit = "bytes"
  /// By how many objects, goroutines or waits.
  public var count: Int64
  /// Of what was allocated between the snapshots, the share that lives; nil where unknown.
  public var alive: Double?
  public var cause: EscapeCause?
  /// The type that makes up most of it; empty where unknown.
  public var type = ""
  /// Where most of it comes from; nil where it comes from everywhere.
  public var place: UserPlace?
  /// What `place` is of it: `held at`.
  public var placeRole = "most of it at"
  /// What speaks for it, a line each.
  public var evidence: [String] = []
  /// What to do, and how to see that it worked, a line each.
  public var advice: [String] = []
}

/// A line of a function of the program.
public struct UserPlace: Hashable, Sendable {
  public var function: String
  public var file: String
  /// 0 where unknown.
  public var line: Int64

  /// The function, the file's name and the line.
  public var text: String {
    let name = file.split(separator: "/").last.map(String.init) ?? ""
    return name.isEmpty ? function : "\(function) \(name):\(line)"
  }
}
