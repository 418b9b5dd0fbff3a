/// What a call of one of the runtime's functions means, and where its type is.
struct AllocatorRule: Hashable, Sendable {
  /// Where a call keeps the type of what it allocates.
  enum TypeSource: Hashable, Sendable {
    /// In an integer argument, counted from 0: the address of its description.
    case argument(Int)
    /// Not in the call: the result is put beside its type afterwards.
    case result(ResultShape)
    /// It is always this one.
    case always(String)
    case none
  }

  /// What a value must look like to be what a function without a type argument returned.
  enum ResultShape: Hashable, Sendable {
    /// So many bytes without pointers.
    case integer(size: UInt64)
    case string
    case slice
    case map

    func fits(_ type: GoType) -> Bool {
      let isAggregate = type.kind == .structure || type.kind == .array
      return switch self {
      case .map: type.kind == .map
      case .string:
        type.kind == .string || (isAggregate && type.size == 16 && type.pointerBytes == 8)
      case .slice:
        type.kind == .slice || (isAggregate && type.size == 24 && type.pointerBytes == 8)
      case .integer(let size):
        switch type.kind {
        case .interface, .map, .channel, .function, .pointer, .unsafePointer: false
        default: type.size == size && type.isPointerFree
        }
      }
    }
  }

  let cause: AllocationCause
  let source: TypeSource

  init(_ cause: AllocationCause, _ source: TypeSource) {
    self.cause = cause
    self.source = source
  }
}

extension AllocatorRule {
  /// The rule for a call of the function `name`; nil where that is no allocation.
  init?(callee name: String, minorVersion: Int) {
    guard let rule = Self.rule(name, minorVersion) else { return nil }
    self = rule
  }

  private static func rule(_ name: String, _ minorVersion: Int) -> AllocatorRule? {
    if let rule = linked[name] ?? internalRuntime[name] { return rule }
    guard name.hasPrefix("runtime.") else { return nil }
    let short = String(name.dropFirst("runtime.".count))
    if short == "growslice", minorVersion < 20 { return AllocatorRule(.append, .argument(0)) }
    if let rule = runtime[short] { return rule }
    if isSizedAllocator(short) { return AllocatorRule(.new, .argument(1)) }
    return prefixes.first { short.hasPrefix($0.prefix) }?.rule
  }

  /// Whether the name is that of an allocator for one size: `mallocgcSmallNoScanSC3`.
  private static func isSizedAllocator(_ name: String) -> Bool {
    guard name.hasPrefix("mallocgcSmall") || name.hasPrefix("mallocgcTiny") else { return false }
    let digits = name.utf8.reversed().prefix { (0x30...0x39).contains($0) }
    return !digits.isEmpty && name.utf8.dropLast(digits.count).suffix(2).elementsEqual("SC".utf8)
  }

  /// Whether a call of `name` is the runtime's own affair, even where no rule knows it.
  static func isRuntime(_ name: String) -> Bool {
    name.hasPrefix("runtime.") || name.hasPrefix("internal/runtime/")
  }

  /// Functions of package runtime.
  private static let runtime: [String: AllocatorRule] = {
    var rules: [String: AllocatorRule] = [:]
    func add(_ cause: AllocationCause, _ source: TypeSource, _ names: String...) {
      for name in names { rules[name] = AllocatorRule(cause, source) }
    }
    add(.new, .argument(0), "newobject")
    add(.new, .argument(1), "mallocgc")
    add(.slice, .argument(0), "newarray", "makeslice", "makeslice64", "makeslicecopy")
    add(
      .append, .argument(4), "growslice", "growsliceNoAlias", "growsliceBuf", "growsliceBufNoAlias")
    add(.append, .argument(0), "moveSlice", "moveSliceNoCap")
    add(.append, .none, "moveSliceNoScan", "moveSliceNoCapNoScan")
    add(.iface, .argument(0), "convT", "convTnoptr")
    add(.iface, .result(.integer(size: 2)), "convT16")
    add(.iface, .result(.integer(size: 4)), "convT32")
    add(.iface, .result(.integer(size: 8)), "convT64")
    add(.iface, .result(.string), "convTstring")
    add(.iface, .result(.slice), "convTslice")
    add(.map, .argument(0), "makemap", "makemap64", "mapclone", "mapclone2")
    add(.map, .result(.map), "makemap_small")
    add(
      .mapgrow, .argument(0), "mapassign", "mapassign_fast32", "mapassign_fast32ptr",
      "mapassign_fast64", "mapassign_fast64ptr", "mapassign_faststr", "mapdelete",
      "mapdelete_fast32", "mapdelete_fast64", "mapdelete_faststr", "mapclear", "mapiterinit",
      "mapIterStart")
    add(.chan, .argument(0), "makechan", "makechan64")
    add(
      .string, .always("string"), "slicebytetostring", "intstring", "slicerunetostring", "rawstring"
    )
    add(.bytes, .always("[]uint8"), "stringtoslicebyte", "rawbyteslice")
    add(.bytes, .always("[]int32"), "stringtoslicerune")
    add(.goroutine, .always("runtime.g"), "newproc")
    add(.goroutine, .always("runtime.coro"), "newcoro")
    add(
      .defer, .always("runtime._defer"), "deferproc", "deferprocat", "deferrangefunc",
      "deferconvert")
    add(
      .wait, .always("runtime.sudog"), "selectgo", "chansend1", "chanrecv1", "chanrecv2",
      "acquireSudog")
    // The heaps in which the scheduler keeps timers.
    add(.timer, .none, "addtimer", "modtimer", "resettimer", "(*timer).modify", "(*timer).maybeAdd")
    add(.itab, .always("runtime.TypeAssertCache"), "typeAssert")
    add(.itab, .always("runtime.InterfaceSwitchCache"), "interfaceSwitch")
    add(.itab, .always("runtime.itab"), "assertE2I", "assertE2I2", "getitab", "convI2I")
    add(.finalizer, .none, "SetFinalizer")
    add(.panic, .none, "gopanic")
    return rules
  }()

  /// Families of package runtime whose members are many.
  private static let prefixes: [(prefix: String, rule: AllocatorRule)] = [
    ("concatstring", AllocatorRule(.string, .always("string"))),
    ("concatbyte", AllocatorRule(.bytes, .always("[]uint8"))),
    ("panic", AllocatorRule(.panic, .none)),
    ("Panic", AllocatorRule(.panic, .none)),
    ("gopanic", AllocatorRule(.panic, .none)),
    ("goPanic", AllocatorRule(.panic, .none)),
    ("AddCleanup", AllocatorRule(.finalizer, .none)),
  ]

  /// Functions of the runtime's own packages.
  private static let internalRuntime: [String: AllocatorRule] = [
    "internal/runtime/maps.(*Map).Clone": AllocatorRule(.map, .argument(1))
  ]

  /// Functions of the runtime that have a name in another package (`go:linkname`).
  private static let linked: [String: AllocatorRule] = [
    "reflect.unsafe_New": AllocatorRule(.new, .argument(0)),
    "internal/reflectlite.unsafe_New": AllocatorRule(.new, .argument(0)),
    "reflect.unsafe_NewArray": AllocatorRule(.slice, .argument(0)),
    "reflect.makemap": AllocatorRule(.map, .argument(0)),
    "reflect.makechan": AllocatorRule(.chan, .argument(0)),
    "reflect.growslice": AllocatorRule(.append, .argument(0)),
    "reflect.mapassign": AllocatorRule(.mapgrow, .argument(0)),
    "reflect.mapassign0": AllocatorRule(.mapgrow, .argument(0)),
    "reflect.mapassign_faststr": AllocatorRule(.mapgrow, .argument(0)),
    "reflect.mapassign_faststr0": AllocatorRule(.mapgrow, .argument(0)),
    "reflect.mapclone": AllocatorRule(.map, .argument(0)),
    "maps.clone": AllocatorRule(.map, .none),
    "internal/bytealg.MakeNoZero": AllocatorRule(.bytes, .always("[]uint8")),
    "time.newTimer": AllocatorRule(.timer, .always("runtime.timeTimer")),
  ]

  /// Whether the function has one of those names.
  static func isLinked(_ name: String) -> Bool { linked[name] != nil }
}
