import GoBinary

/// Why memory was allocated, or, in CPU profiles, what the runtime spent time on.
///
/// The raw value is the word that reports print.
public enum EscapeCause: String, CaseIterable, Sendable {
  case new, array, closure, slice, append, iface, map, mapgrow, chan, string, bytes, goroutine
  case `defer`
  case wait, timer, itab, finalizer, panic, thread, runtime
  /// Time only: an assignment to a map.
  case mapassign
  /// Time only: a map was read, or walked.
  case mapaccess
  /// Time only: memory was copied, cleared or compared.
  case copy
  /// Time only: the collector made the program help, because it allocates faster than it is freed.
  case gcassist
  /// Time only: the collector at work beside the program.
  case gc
  /// Time only: pointers written while the collector runs.
  case writebarrier
  /// Time only: goroutines and threads were scheduled.
  case schedule
  /// Time only: the program's own instructions.
  case code

  public init(_ cause: AllocationCause) { self = EscapeCause(rawValue: cause.rawValue) ?? .runtime }

  /// A few words for people.
  public var title: String {
    switch self {
    case .new: "new object or moved variable"
    case .array: "slice literal, variadic arguments or array"
    case .closure: "function literal with captures"
    case .slice: "make of a slice"
    case .append: "append beyond the capacity"
    case .iface: "value boxed into an interface"
    case .map: "make of a map"
    case .mapgrow: "map that grew"
    case .chan: "make of a channel"
    case .string: "string built or converted"
    case .bytes: "bytes converted from a string"
    case .goroutine: "go statement"
    case .defer: "defer on the heap"
    case .wait: "waiting on a channel"
    case .timer: "timer or ticker"
    case .itab: "type assertion's cache"
    case .finalizer: "finalizer or cleanup"
    case .panic: "panic"
    case .thread: "operating-system thread"
    case .runtime: "the runtime itself"
    case .mapassign: "assigning to maps"
    case .mapaccess: "reading maps"
    case .copy: "copying and clearing memory"
    case .gcassist: "helping the collector"
    case .gc: "collecting in the background"
    case .writebarrier: "write barriers"
    case .schedule: "scheduling"
    case .code: "the program's own code"
    }
  }

  /// Whether there is no way to have this on the stack, so that the compiler has no line for it.
  public var isAlwaysOnHeap: Bool {
    switch self {
    case .mapgrow, .chan, .goroutine, .defer, .wait, .timer, .itab, .finalizer, .panic, .thread,
      .runtime:
      true
    case .new, .array, .closure, .slice, .append, .iface, .map, .string, .bytes, .mapassign,
      .mapaccess, .copy, .gcassist, .gc, .writebarrier, .schedule, .code:
      false
    }
  }

  /// Whether time is meant, not memory.
  public var isOfTime: Bool {
    switch self {
    case .mapassign, .mapaccess, .copy, .gcassist, .gc, .writebarrier, .schedule, .code: true
    default: false
    }
  }
}
