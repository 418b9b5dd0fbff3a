/// What part of the standard library allocates, by the functions between the leaf and the program.
///
/// In the order in which they are looked for: the first that is on the stack counts.
public enum LibraryContext: String, CaseIterable, Sendable {
  case reflectTypes = "reflect-type"
  case syncMap = "sync.Map"
  case pool = "sync.Pool"
  case timer
  case finalizer
  case json
  case context
  case fmt
  case reflect

  /// The context that these functions of the library make.
  init?(_ library: [String]) {
    for context in Self.allCases where library.contains(where: context.has) {
      self = context
      return
    }
    return nil
  }

  private func has(_ function: String) -> Bool {
    switch self {
    case .reflectTypes:
      guard function.hasPrefix("reflect.") else { return false }
      let name = function.dropFirst("reflect.".count)
      return Self.typeMakers.contains { name.hasPrefix($0) }
    case .syncMap:
      return Self.mapParts.contains { function.hasPrefix($0) }
    case .pool: return function.hasPrefix("sync.(*Pool)")
    case .timer: return Self.timerMakers.contains(function)
    case .finalizer:
      return function.hasPrefix("runtime.SetFinalizer") || function.hasPrefix("runtime.AddCleanup")
    case .json: return function.hasPrefix("encoding/json")
    case .context: return function.hasPrefix("context.")
    case .fmt: return function.hasPrefix("fmt.")
    case .reflect: return function.hasPrefix("reflect.")
    }
  }

  private static let typeMakers = [
    "MapOf", "StructOf", "ArrayOf", "SliceOf", "FuncOf", "ChanOf", "PtrTo", "PointerTo",
    "(*rtype).ptrTo", "haveIdenticalType", "rtypeOff", "addReflectOff", "resolveReflect", "newName",
    "funcLayout",
  ]
  private static let mapParts = [
    "sync.(*Map)", "internal/sync.(*HashTrieMap", "internal/sync.newEntryNode",
    "internal/sync.newIndirectNode", "sync.newEntry",
  ]
  private static let timerMakers: Set<String> = [
    "time.NewTimer", "time.NewTicker", "time.After", "time.AfterFunc", "time.Tick",
    "time.newTimer", "time.startTimer",
  ]
}
