/// How something about an allocation is known, the best evidence first.
public enum EvidenceTier: String, CaseIterable, Comparable, Sendable {
  /// The program's machine code says it outright, and the object's size does not contradict.
  case exact
  /// The machine code implies it: by a dictionary of generic code, by what becomes of the result, by
  /// an inlined or missing frame, or by the target that a decoder was given.
  case derived
  /// The compiler's own log says it of this line.
  case compilerLog = "compiler log"
  /// The source line has only one construct that allocates.
  case sourceLine = "source line"
  /// The names of the functions on the stack imply it.
  case frames
  /// Nothing is known.
  case none

  public static func < (left: EvidenceTier, right: EvidenceTier) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
