/// The runtime's helpers that code calls in its middle and that keep nearly all registers: write
/// barriers, and the unrolled loops that clear and copy memory.
struct HelperCalls {
  enum Helper {
    case writeBarrier, clearing, copying
  }

  private var helpers: [(addresses: Range<UInt64>, helper: Helper)] = []

  private static let names: [(prefix: StaticString, helper: Helper)] = [
    ("runtime.gcWriteBarrier", .writeBarrier), ("runtime.duffzero", .clearing),
    ("runtime.duffcopy", .copying),
  ]
  /// More than any release has.
  private static let limit = 32

  /// - Complexity: O(*n*) in functions.
  init(_ functions: FunctionTable) {
    for function in functions.all {
      for (prefix, helper) in Self.names where functions.hasPrefix(prefix, function) {
        helpers.append((function.addresses, helper))
      }
      if helpers.count >= Self.limit { break }
    }
  }

  /// The helper that a call of `target` reaches; the loops are entered anywhere.
  func helper(at target: UInt64) -> Helper? {
    helpers.first { $0.addresses.contains(target) }?.helper
  }
}
