import GoBinary
import ProfileModel

/// What the names of functions alone imply about an allocation.
///
/// Only functions are listed that allocate in one way; boxing and growing maps leave no trace in
/// names.
struct FrameEvidence {
  private let profile: Profile
  /// By function; nil where it was not looked at yet.
  private var known: [FunctionID: Claim?] = [:]

  private struct Claim {
    var cause: EscapeCause
    var type = ""
  }

  init(_ profile: Profile) { self.profile = profile }

  /// Fills in cause and type where the finding has none and the function at the leaf implies them.
  mutating func completeByLeaf(_ finding: inout EscapeFinding) {
    guard finding.cause == nil, let function = finding.function else { return }
    if let claim = claim(of: function) { finding.take(claim.cause, type: claim.type) }
  }

  /// Fills them in for a stack of the runtime alone.
  func completeByStack(_ finding: inout EscapeFinding, _ stack: ProfileStack) {
    guard finding.cause == nil else { return }
    let implied = RuntimeFrames.implied(
      byStack: (0..<stack.frameCount).lazy.flatMap { stack.functions(ofFrame: $0) })
    finding.take(EscapeCause(implied.cause), type: implied.type ?? "")
  }

  private mutating func claim(of function: FunctionID) -> Claim? {
    if let known = known[function] { return known }
    let claim = Self.claim(ofFunction: profile.name(of: function))
    known[function] = .some(claim)
    return claim
  }

  private static func claim(ofFunction name: String) -> Claim? {
    if let claim = exact[name] { return claim }
    for (prefix, claim) in prefixes where name.hasPrefix(prefix) {
      // A generic function makes its type with the same arguments.
      let arguments = name.dropFirst(prefix.count)
      guard arguments.hasPrefix("["), arguments != "[...]" else { return claim }
      return Claim(cause: claim.cause, type: claim.type + arguments)
    }
    if let implied = RuntimeFrames.implied(byLeaf: name) {
      return Claim(cause: EscapeCause(implied.cause), type: implied.type ?? "")
    }
    return nil
  }

  private static let exact: [String: Claim] = {
    var claims: [String: Claim] = [:]
    func add(_ names: [String], _ cause: EscapeCause, _ type: String = "") {
      for name in names { claims[name] = Claim(cause: cause, type: type) }
    }
    add(["reflect.New", "reflect.copyVal", "reflect.packEface", "reflect.Zero"], .new)
    add(["reflect.MakeMap", "reflect.MakeMapWithSize"], .map)
    add(["reflect.MakeChan"], .chan)
    add(["strings.(*Builder).grow"], .bytes, "[]uint8")
    add(
      ["Write", "WriteString", "WriteByte", "WriteRune"].map { "strings.(*Builder).\($0)" },
      .append, "uint8")
    add(["bytes.growSlice"], .append, "uint8")
    add(["bytes.(*Buffer).String", "bytes.(*Buffer).ReadString"], .string, "string")
    add(["fmt.Sprintf", "fmt.Sprint", "fmt.Sprintln"], .string, "string")
    add(
      ["write", "writeString", "writeByte", "writeRune"].map { "fmt.(*buffer).\($0)" }, .append,
      "uint8")
    add(
      [
        "FormatInt", "formatBits", "Itoa", "FormatFloat", "genericFtoa", "FormatUint",
      ].map { "strconv.\($0)" }, .string, "string")
    add(["errors.New"], .new, "errors.errorString")
    add(["context.WithValue"], .new, "context.valueCtx")
    add(["syscall.ByteSliceFromString"], .slice, "uint8")
    add(["sync.newEntry"], .new, "sync.entry")
    return claims
  }()

  private static let prefixes: [(String, Claim)] = [
    ("internal/strconv.formatBits", Claim(cause: .string, type: "string")),
    ("internal/strconv.Format", Claim(cause: .string, type: "string")),
    ("internal/strconv.formatBase10", Claim(cause: .string, type: "string")),
    ("internal/sync.newEntryNode", Claim(cause: .new, type: "sync.entry")),
    ("internal/sync.newIndirectNode", Claim(cause: .new, type: "sync.indirect")),
  ]
}

extension EscapeFinding {
  fileprivate mutating func take(_ cause: EscapeCause, type: String) {
    self.cause = cause
    causeTier = .frames
    self.type = type
    typeTier = type.isEmpty ? .none : .frames
  }
}

extension ProfileStack {
  /// Whether each of its functions is the runtime's own.
  var isOfRuntimeAlone: Bool {
    guard frameCount > 0 else { return false }
    for frame in 0..<frameCount {
      let names = functions(ofFrame: frame)
      guard !names.isEmpty, names.allSatisfy(RuntimeNames.isRuntime) else { return false }
    }
    return true
  }
}

/// Tells the runtime's functions by their names.
enum RuntimeNames {
  /// Whether it is the runtime's: by its package, or as one of its assembly routines, which have none.
  static func isRuntime(_ name: String) -> Bool {
    name.hasPrefix("runtime.") || name.hasPrefix("internal/runtime/")
  }

  /// As `isRuntime`, with the packages and assembly routines whose time is the runtime's.
  static func takesRuntimeTime(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    runtimePrefixes.contains { name.starts(with: $0) }
      || routines.contains { $0.count == name.count && name.starts(with: $0) }
  }

  private static let runtimePrefixes = [
    "runtime.", "internal/runtime/", "internal/bytealg.", "gcWriteBarrier",
  ].map { Array($0.utf8) }

  /// Assembly routines that compare, search and hash memory; other names without a package are C's.
  private static let routines = [
    "memeqbody", "cmpbody", "countbody", "countgenericbody", "indexbody", "indexbytebody",
    "aeshashbody",
  ].map { Array($0.utf8) }
}
