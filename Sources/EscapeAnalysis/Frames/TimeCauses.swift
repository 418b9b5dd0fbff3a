import ProfileModel

/// What time was spent on, by the functions of the runtime at the leaf of a stack.
///
/// CPU profiles keep these functions: the one that the program called names the operation.
struct TimeCauses {
  /// What a stack tells.
  struct Told: Hashable {
    /// nil for stacks without frames.
    var cause: EscapeCause?
    /// The function of the runtime that names the cause; nil for the program's own code.
    var function: FunctionID?
    /// The program's line that called it; nil where no frame is the program's.
    var place: Line?
    /// Whether every stack with this leaf tells the same.
    var isOfLeaf = false
  }

  private let profile: Profile
  /// By function: what of the runtime it is, or that it is not of the runtime; nil until asked.
  private var known: [Part?]

  private enum Part {
    case program
    case assist
    case background
    case operation(EscapeCause)
    case other
  }

  init(_ profile: Profile) {
    self.profile = profile
    known = Array(repeating: nil, count: profile.functions.count)
  }

  /// - Parameter stack: leaf first.
  mutating func told(by stack: [LocationID]) -> Told {
    var told = Told()
    var leaf: FunctionID?
    search: for location in stack {
      for line in profile.locations.lines(of: location) {
        leaf = leaf ?? line.function
        switch part(of: line.function) {
        case .program:
          told.place = line
          told.isOfLeaf = location == stack.first
          break search
        // Nearer the root is nearer the program: what it called, not what that took.
        case .operation(let cause) where told.cause != .gcassist:
          (told.cause, told.function) = (cause, line.function)
        case .assist: (told.cause, told.function) = (.gcassist, line.function)
        case .background: (told.cause, told.function) = (.gc, line.function)
        case .operation, .other: continue
        }
      }
    }
    guard let leaf, told.cause == nil else { return told }
    if case .program = part(of: leaf) {
      told.cause = .code
    } else {
      (told.cause, told.function) = (.runtime, leaf)
    }
    return told
  }

  private mutating func part(of function: FunctionID) -> Part {
    if let known = known[function.index] { return known }
    let id = profile.functions.names[function.index]
    let isProgram = profile.strings.withBytes(of: id) { !RuntimeNames.takesRuntimeTime($0) }
    let part = isProgram ? Part.program : Self.part(ofRuntime: profile.strings[id])
    known[function.index] = part
    return part
  }

  private static func part(ofRuntime name: String) -> Part {
    guard let dot = name.lastIndex(of: ".") else {
      return .operation(name.hasPrefix("gcWriteBarrier") ? .writebarrier : .copy)
    }
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
