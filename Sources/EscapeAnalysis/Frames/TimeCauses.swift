import ProfileModel

/// What time was spent on, by the functions of the runtime at the leaf of a stack.
///
/// CPU profiles keep these functions: the one that the program called names the operation.
struct TimeCauses {
  private let profile: Profile
  /// By function: what of the runtime it is, or that it is not of the runtime.
  private var known: [FunctionID: Part] = [:]

  private enum Part {
    case program
    case assist
    case background
    case operation(EscapeCause)
    case other
  }

  init(_ profile: Profile) { self.profile = profile }

  /// The cause, the function of the runtime that names it (empty for the program's own code), and
  /// the program's line that called it; nil where no frame is the program's.
  mutating func cause(
    of stack: Slice<Column<LocationID>>
  ) -> (cause: EscapeCause?, callee: String, place: Line?) {
    var found: (cause: EscapeCause, function: FunctionID)?
    var place: Line?
    var leaf: FunctionID?
    search: for location in stack {
      for line in profile.locations.lines(of: location) {
        leaf = leaf ?? line.function
        switch part(of: line.function) {
        case .program:
          place = line
          break search
        // Nearer the root is nearer the program: what it called, not what that took.
        case .operation(let cause) where found?.cause != .gcassist:
          found = (cause, line.function)
        case .assist: found = (.gcassist, line.function)
        case .background: found = (.gc, line.function)
        case .operation, .other: continue
        }
      }
    }
    guard let leaf else { return (nil, "", nil) }
    if let found { return (found.cause, profile.name(of: found.function), place) }
    if case .program = part(of: leaf) { return (.code, "", place) }
    return (.runtime, profile.name(of: leaf), place)
  }

  private mutating func part(of function: FunctionID) -> Part {
    if let known = known[function] { return known }
    let part = Self.part(of: profile.name(of: function))
    known[function] = part
    return part
  }

  private static func part(of name: String) -> Part {
    guard RuntimeNames.takesRuntimeTime(name) else { return .program }
    guard let dot = name.lastIndex(of: ".") else { return .operation(.copy) }
    if name.hasPrefix("internal/bytealg.") { return .operation(.copy) }
    let short = name[name.index(after: dot)...]
    if assists.contains(where: short.hasPrefix) { return .assist }
    if background.contains(where: short.hasPrefix) { return .background }
    let row = operations.first { short.hasPrefix($0.prefix) }
    return row.map { .operation($0.cause) } ?? .other
  }

  private static let assists = ["gcAssistAlloc", "deductAssistCredit", "deductSweepCredit"]
  private static let background = [
    "gcBgMarkWorker", "bgsweep", "bgscavenge", "gcStart", "gcMarkDone", "gcMarkTermination",
    "runfinq", "runFinalizers", "runCleanups",
  ]

  /// The longer prefix stands before the shorter.
  private static let operations: [(prefix: String, cause: EscapeCause)] = [
    ("convT", .iface), ("mapassign", .mapassign), ("mapdelete", .mapassign),
    ("mapclear", .mapassign), ("mapaccess", .mapaccess), ("mapiter", .mapaccess),
    ("mapIter", .mapaccess), ("growslice", .append), ("moveSlice", .append),
    ("makeslice", .slice), ("makemap", .map), ("mapclone", .map), ("newobject", .new),
    ("newarray", .slice), ("mallocgc", .new), ("makechan", .chan), ("concatstring", .string),
    ("slicebytetostring", .string), ("slicerunetostring", .string), ("intstring", .string),
    ("concatbyte", .bytes), ("stringtoslice", .bytes), ("chansend", .wait), ("chanrecv", .wait),
    ("selectgo", .wait), ("selectnb", .wait), ("newproc", .goroutine), ("deferproc", .defer),
    ("deferreturn", .defer), ("typeAssert", .itab), ("interfaceSwitch", .itab),
    ("assertE2I", .itab), ("getitab", .itab), ("gopanic", .panic), ("goPanic", .panic),
    ("panic", .panic), ("gcWriteBarrier", .writebarrier), ("wbBufFlush", .writebarrier),
    ("wbZero", .writebarrier), ("wbMove", .writebarrier), ("typedmemmove", .copy),
    ("typedslicecopy", .copy), ("bulkBarrier", .writebarrier), ("memmove", .copy),
    ("memclr", .copy), ("memequal", .copy), ("memhash", .copy), ("strhash", .copy),
    ("duff", .copy), ("cmpstring", .copy), ("schedule", .schedule), ("findRunnable", .schedule),
    ("findrunnable", .schedule), ("mcall", .schedule), ("park_m", .schedule),
    ("mstart", .schedule), ("sysmon", .schedule), ("gosched", .schedule),
    ("goschedguarded", .schedule), ("morestack", .schedule), ("newstack", .schedule),
  ]
}
