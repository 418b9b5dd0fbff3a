/// Reads what stacks allocated: from the call at the leaf, from the frames above it where that does
/// not tell all, and by the object's size.
///
/// - Complexity: some microseconds for a stack with new addresses, less for known ones.
public struct AllocationReader {
  public let executable: GoExecutable
  /// How many leaves were compared with the executable's functions, and how many were the same: with
  /// less than 95 of 100 it is another program's executable.
  public private(set) var comparedLeaves = 0
  public private(set) var matchingLeaves = 0

  private var sites: CallSiteReader
  /// The functions at addresses, where they are decoders or encoders.
  private var roots: [UInt64: String?] = [:]
  private var matches: [UInt64: [String: Bool]] = [:]

  public init(_ executable: GoExecutable) {
    self.executable = executable
    sites = CallSiteReader(executable)
  }

  /// What a stack allocated.
  ///
  /// - Parameter objectSize: the size of one of the sample's objects; 0 where it is not known.
  public mutating func allocation(of stack: some AllocationStack, objectSize: UInt64) -> Allocation
  {
    let leaf = stack.frameCount > 0 ? stack.functions(ofFrame: 0) : []
    var allocation = allocationAtLeaf(stack, leaf)
    if allocation.cause == nil, let implied = leaf.first.flatMap(RuntimeFrames.implied(byLeaf:)) {
      allocation.set(implied)
    }
    if allocation.isUntold, stack.isAllRuntime { climb(stack, &allocation) }
    allocation.refine(leaf: leaf.first ?? "")
    allocation.root = root(of: stack)
    allocation.takeTypeFromRoot()
    allocation.check(objectSize: objectSize)
    return allocation
  }

  private mutating func allocationAtLeaf(
    _ stack: some AllocationStack, _ leaf: [String]
  ) -> Allocation {
    guard stack.frameCount > 0, let address = stack.address(ofFrame: 0),
      isOwn(address, names: leaf)
    else { return Allocation(CallSite(call: .outside), isOwnFunction: false) }
    return Allocation(site(in: stack, frame: 0, at: address), isOwnFunction: true)
  }

  private mutating func site(
    in stack: some AllocationStack, frame: Int, at address: UInt64
  ) -> CallSite {
    sites.site(at: address) { caller in
      let above = frame + 1 + caller
      return above < stack.frameCount ? stack.address(ofFrame: above) : nil
    }
  }

  /// Whether the function at a leaf's address is the one that the profile names.
  ///
  /// Text profiles name only the innermost of the functions that were inlined into one another.
  private mutating func isOwn(_ address: UInt64, names: [String]) -> Bool {
    let outermost = names.last ?? ""
    if let known = matches[address]?[outermost] { return known }
    let functions = executable.functions
    // An address outside all functions is another program's as well.
    var isOwn =
      functions.function(at: address).map {
        FunctionNames.match(table: functions.name(of: $0), profile: outermost)
      } ?? false
    if !isOwn, names.count == 1, let innermost = functions.frames(at: address).first {
      isOwn = FunctionNames.match(table: innermost.function, profile: outermost)
    }
    matches[address, default: [:]][outermost] = isOwn
    comparedLeaves += 1
    matchingLeaves += isOwn ? 1 : 0
    return isOwn
  }

  /// Finds the first frame that allocates for itself, on a stack from which no frame was cut.
  private mutating func climb(_ stack: some AllocationStack, _ allocation: inout Allocation) {
    for frame in 0..<stack.frameCount {
      guard let address = stack.address(ofFrame: frame),
        let function = executable.functions.function(at: address)
      else { break }
      if RuntimeFrames.isAllocator(executable.functions.name(of: function)) { continue }
      let site = site(in: stack, frame: frame, at: address)
      if let cause = site.cause, cause != .runtime { allocation.take(site) }
      break
    }
    if allocation.type == nil {
      let names = (0..<stack.frameCount).lazy.flatMap { stack.functions(ofFrame: $0) }
      allocation.set(RuntimeFrames.implied(byStack: names))
    }
  }

  /// The innermost decoder or encoder, and the type of the value that it was called with.
  private mutating func root(of stack: some AllocationStack) -> Allocation.Root? {
    guard stack.frameCount > 1 else { return nil }
    for frame in 1..<stack.frameCount {
      guard let called = stack.address(ofFrame: frame - 1), let function = rootFunction(at: called),
        let argument = ReflectiveRoots.argument(of: function),
        let address = stack.address(ofFrame: frame)
      else { continue }
      let type = sites.type(ofArgument: argument, ofCallAt: address, to: function) { caller in
        let above = frame + 1 + caller
        return above < stack.frameCount ? stack.address(ofFrame: above) : nil
      }
      return Allocation.Root(function: function, type: type?.name)
    }
    return nil
  }

  private mutating func rootFunction(at address: UInt64) -> String? {
    if let known = roots[address] { return known }
    let name = executable.functions.function(at: address).map { executable.functions.name(of: $0) }
    let root = name.flatMap { ReflectiveRoots.argument(of: $0) == nil ? nil : $0 }
    roots[address] = .some(root)
    return root
  }
}

extension Allocation {
  fileprivate init(_ site: CallSite, isOwnFunction: Bool) {
    self.site = site
    self.isOwnFunction = isOwnFunction
    take(site)
  }

  fileprivate mutating func take(_ site: CallSite) {
    self.site = site
    (cause, type, evidence) = (site.cause, site.type, site.evidence)
  }

  fileprivate mutating func set(_ implied: RuntimeFrames.Implied) {
    cause = implied.cause
    type = implied.type.map { CallSite.AllocatedType(name: $0) }
    evidence = implied.evidence
  }

  /// Whether the frames above the leaf may know more.
  fileprivate var isUntold: Bool {
    type == nil && (cause == nil || cause == .runtime || cause == .new)
  }

  /// Tells new objects apart by their type.
  fileprivate mutating func refine(leaf: String) {
    guard cause == .new else { return }
    if leaf == "internal/bytealg.MakeNoZero" {
      (cause, evidence) = (.bytes, .implied)
      type = CallSite.AllocatedType(name: "[]uint8")
      return
    }
    if leaf == "reflect.unsafe_NewArray" {
      cause = .slice
      return
    }
    guard let name = type?.name else { return }
    let plain = name.hasPrefix("noalg.") ? name.dropFirst("noalg.".count) : name[...]
    if plain.hasPrefix("struct { F uintptr") {
      cause = .closure
    } else if plain.first == "[", plain.dropFirst().first?.isNumber == true {
      cause = .array
    } else if let special = RuntimeFrames.cause(ofType: name) {
      cause = special
    }
  }

  fileprivate mutating func takeTypeFromRoot() {
    guard type == nil, evidence == .dynamic, let root,
      let name = ReflectiveRoots.untypedJSON(cause, below: root)
    else { return }
    type = CallSite.AllocatedType(name: name)
    evidence = .untypedTarget
  }

  /// An object of another size than its type's is one that the runtime made in the same call.
  fileprivate mutating func check(objectSize: UInt64) {
    guard objectSize > 0, site.hiddenFrame == nil, let description = site.type?.description
    else { return }
    let fits: Bool
    switch cause {
    case .new, .closure, .array, .iface: fits = ObjectSizes.fits(objectSize, description)
    case .slice, .append: fits = ObjectSizes.fits(objectSize, arrayOf: description)
    default: return
    }
    size = fits ? .agrees : .differs
    if !fits { (cause, type, evidence) = (.runtime, nil, .sizeDiffers) }
  }
}
