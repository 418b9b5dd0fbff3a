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
  /// What is below is the last step of the flow that the compiler saw, in its words.
  case spill
  case structElement = "struct literal element"
  case sliceElement = "slice-literal-element"
  case arrayElement = "array literal element"
  case addressOf = "address-of"
  case appendee = "appendee slice"
  case callee = "callee operand"
  case copied = "copied slice"
  case dot
  case dotOfPointer = "dot of pointer"
  case indexOf = "fixed-array-index-of"
  case indirection
  case ranged = "range"
  case rangedDereference = "range-deref"
  case slice
  case sliceToArray = "slice-to-array"
  case uintptr = "//go:uintptrescapes"
  /// The compiler says that it escapes, not why.
  case escapes = "escapes"
  /// There is no line of the compiler's, and there never is one.
  case alwaysOnHeap = "always on the heap"
}
