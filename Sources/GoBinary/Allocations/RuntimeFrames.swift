/// What the names of the runtime's functions on a stack tell, where no call site does.
package enum RuntimeFrames {
  /// A cause that a function's name implies.
  package struct Implied {
    package var cause: AllocationCause
    package var type: String?
    var evidence: CallSite.TypeEvidence
  }

  /// For the leaf: functions of the runtime that have a name in another package, which profiles do
  /// not leave out.
  package static func implied(byLeaf name: String) -> Implied? {
    switch name {
    case "reflect.unsafe_New", "internal/reflectlite.unsafe_New": dynamic(.new)
    case "reflect.unsafe_NewArray": dynamic(.slice)
    case "reflect.makemap", "reflect.mapclone", "reflect.mapclear", "maps.clone": dynamic(.map)
    case "reflect.makechan": dynamic(.chan)
    case "reflect.growslice": dynamic(.append)
    case "internal/bytealg.MakeNoZero":
      Implied(cause: .bytes, type: "[]uint8", evidence: .implied)
    case "time.newTimer", "time.startTimer", "time.resetTimer":
      Implied(cause: .timer, type: "runtime.timeTimer", evidence: .implied)
    case _ where name.hasPrefix("reflect.mapassign"): dynamic(.mapgrow)
    case "time.Sleep":
      Implied(cause: .timer, type: "runtime.timer", evidence: .implied)
    case _ where isWait(name):
      Implied(cause: .wait, type: "runtime.sudog", evidence: .implied)
    case _ where runtimePrefixes.contains(where: name.hasPrefix):
      Implied(cause: .runtime, type: nil, evidence: .none)
    default: nil
    }
  }

  private static func dynamic(_ cause: AllocationCause) -> Implied {
    Implied(cause: cause, type: nil, evidence: .dynamic)
  }

  /// Whether it is how the library's locks, groups and conditions put a goroutine in a queue.
  private static func isWait(_ name: String) -> Bool {
    guard runtimePrefixes.contains(where: name.hasPrefix) else { return false }
    return name.contains("emacquire") || name.hasSuffix("notifyListWait")
  }

  private static let runtimePrefixes = [
    "sync.runtime_", "internal/sync.runtime_", "internal/poll.runtime_", "sync/atomic.runtime_",
    "os.runtime_",
  ]

  /// For a stack of the runtime alone: what it was making.
  ///
  /// - Parameter names: leaf first.
  package static func implied(byStack names: some Sequence<String>) -> Implied {
    for name in names {
      switch name {
      // The list of all goroutines, which grows.
      case "runtime.allgadd":
        return Implied(cause: .append, type: "*runtime.g", evidence: .implied)
      case "runtime.malg", "runtime.newproc1", "runtime.newproc", "runtime.gfget":
        return Implied(cause: .goroutine, type: "runtime.g", evidence: .implied)
      case "runtime.allocm", "runtime.newm", "runtime.startm", "runtime.mcommoninit":
        return Implied(cause: .thread, type: "runtime.m", evidence: .implied)
      case "runtime.mProfStackInit", "runtime.makeProfStackFP", "runtime.saveg":
        return Implied(cause: .slice, type: "uintptr", evidence: .implied)
      case "runtime.acquireSudog":
        return Implied(cause: .wait, type: "runtime.sudog", evidence: .implied)
      case "runtime.newdefer":
        return Implied(cause: .defer, type: "runtime._defer", evidence: .implied)
      case "runtime.schedinit", "runtime.procresize", "runtime.main", "runtime.doInit",
        "runtime.doInit1", "runtime.gcenable", "runtime.modulesinit", "runtime.goenvs",
        "runtime.rt0_go":
        return Implied(cause: .runtime, type: nil, evidence: .none)
      default: continue
      }
    }
    return Implied(cause: .runtime, type: nil, evidence: .none)
  }

  /// Whether a function only allocates for its caller.
  static func isAllocator(_ name: String) -> Bool {
    guard name.hasPrefix("runtime.") else { return false }
    let short = name.dropFirst("runtime.".count)
    return allocators.contains { short.hasPrefix($0) }
  }

  private static let allocators = [
    "mallocgc", "newobject", "newarray", "makeslice", "growslice", "makemap", "makechan",
    "rawbyteslice", "rawstring", "slicebytetostring", "stringtoslicebyte", "concatstring", "convT",
    "persistentalloc", "mapassign",
  ]

  /// The cause of a new object of a type that only the runtime makes.
  static func cause(ofType name: String) -> AllocationCause? {
    switch name {
    case "runtime.g": .goroutine
    case "runtime.sudog": .wait
    case "runtime._defer": .defer
    case "runtime.m", "runtime.mPadded": .thread
    case "runtime.timeTimer", "runtime.timer": .timer
    case "runtime.hchan": .chan
    default: nil
    }
  }
}
