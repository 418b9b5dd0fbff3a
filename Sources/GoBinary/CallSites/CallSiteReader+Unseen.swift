/// Allocations that profiles show under an address that is not theirs.
extension CallSiteReader {
  static var hiddenAllocator: StaticString { "runtime.mallocgc" }

  /// What an ordinary function allocates through `mallocgc` itself: up to Go 1.25 such a function is
  /// missing from the stack, and its caller stands at the leaf (`runtime.mProf_Malloc`).
  mutating func hiddenCall(in callee: Callee) -> HiddenCall? {
    if let version = executable.version, version.minor >= 26 { return nil }
    if let known = hiddenCalls[callee.function.index] { return known }
    let hidden = findHiddenCall(in: callee)
    hiddenCalls[callee.function.index] = .some(hidden)
    return hidden
  }

  private mutating func findHiddenCall(in callee: Callee) -> HiddenCall? {
    let calls = decoder?.directCalls(in: callee.function) ?? []
    var allocations: [(address: UInt64, site: CallSite)] = []
    for call in calls where isHiddenAllocator(call.target) {
      allocations.append(
        (call.returnAddress, site(returningTo: call.returnAddress, Callers { _ in nil })))
      // One that differs is enough to know that they do not agree; some more tell the cause.
      if allocations.count == 64 { break }
    }
    guard let first = allocations.first else { return nil }
    let line = executable.functions.line(at: first.address &- 1, in: callee.function)
    let file = executable.functions.file(at: first.address &- 1, in: callee.function)
    var hidden = HiddenCall(
      cause: .new, evidence: first.site.evidence,
      frame: CallSite.HiddenFrame(
        function: callee.name, file: file ?? "", line: allocations.count == 1 ? line : nil))
    if allocations.allSatisfy({ $0.site.cause == first.site.cause }) {
      hidden.cause = first.site.cause
      let agree = allocations.allSatisfy {
        $0.site.type == first.site.type && $0.site.evidence == first.site.evidence
      }
      if agree { (hidden.type, hidden.detail) = (first.site.type, first.site.detail) }
    }
    return hidden
  }

  private func isHiddenAllocator(_ target: UInt64) -> Bool {
    guard let function = executable.functions.function(at: target) else { return false }
    return executable.functions.isNamed(function, Self.hiddenAllocator)
  }

  /// What an inlined function of the runtime allocates, which is cut from the stack and leaves the
  /// address of its inline mark: the one allocation of all calls that were inlined there.
  mutating func inlinedSite(
    at address: UInt64, in function: FunctionTable.Function, _ callers: Callers
  ) -> CallSite? {
    guard markComparisons > 0, let tree = InlineTree(executable.functions, function),
      let calls = decoder?.directCalls(in: function)
    else { return nil }
    markComparisons -= calls.count + tree.rangeCount
    var found: CallSite?
    for call in calls
    where isInlined(call.returnAddress &- 1, at: address, tree) {
      let site = site(returningTo: call.returnAddress, callers, followsMarks: false)
      guard let cause = site.cause, cause != .runtime, cause != .panic else { continue }
      if let found, found.cause != cause || found.type != site.type { return nil }
      found = found ?? site
    }
    found?.isInlined = true
    return found
  }

  /// Whether the instruction at `call` belongs to what was inlined at `mark`.
  private func isInlined(_ call: UInt64, at mark: UInt64, _ tree: InlineTree) -> Bool {
    var address = call
    for _ in 0..<20 {
      guard let node = tree.node(at: address) else { return false }
      address = node.callAddress
      // The mark is a no-op before or after which the profile's address may lie.
      if address &+ 1 >= mark, address <= mark &+ 1 { return true }
    }
    return false
  }
}
