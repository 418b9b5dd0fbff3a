/// Why something is on the heap, in the compiler's terms.
public enum EscapeReason: String, CaseIterable, Sendable {
  case tooLarge = "too large for the stack"
  case sizeNotConstant = "size not constant"
  case alignment = "alignment"
  case zeroSized = "zero-sized element"
  case boxedPassed = "boxed, passed to a call"
  case boxedReturned = "boxed, returned"
  case boxedStored = "boxed, stored"
  case captured = "captured by a closure"
  case sent = "sent on a channel"
  case storedInMap = "stored in a map"
  case passed = "passed to a call that keeps it"
  case returned = "returned"
  case stored = "stored where it outlives the function"
  /// The compiler says that it escapes, not why.
  case escapes = "escapes"
  /// There is no line of the compiler's, and there never is one.
  case alwaysOnHeap = "always on the heap"
}
