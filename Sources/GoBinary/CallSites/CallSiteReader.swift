/// Reads what calls allocate from the machine code of an executable, and remembers it by address.
///
/// Addresses are the file's, and lie inside the call as those of a profile's locations do: the address
/// to which the call returns, less one. `BinaryImage.address(ofProcessAddress:…)` makes them.
///
/// - Complexity: some microseconds for a new address, O(1) for a known one. Work and memory are bounded
///   however the file was made: when the bound is reached, types stay unknown.
public struct CallSiteReader {
  public let executable: GoExecutable
  var decoder: (any CallSiteDecoder)?
  private var sites: [UInt64: [Known]] = [:]
  private var callees: [UInt64: Callee] = [:]
  var hiddenCalls: [Int: HiddenCall?] = [:]
  private var names = SharedNames()
  /// How many calls may still be compared with the marks of inlined ones.
  var markComparisons = 1 << 22

  /// What was found at an address below certain callers: those that were asked for.
  private struct Known {
    var callers: [UInt64?]
    var site: CallSite
  }

  /// So many results for one address are kept, by the callers that they depend on.
  private static let variantLimit = 32

  /// A function that is called, and what calls of it allocate.
  struct Callee {
    var function: FunctionTable.Function
    var name: String
    var rule: AllocatorRule?
  }

  /// What a function allocates that leaves no frame of its own.
  struct HiddenCall {
    var cause: AllocationCause?
    var type: CallSite.AllocatedType?
    var evidence: CallSite.TypeEvidence?
    var detail: CallSite.Detail?
    var frame: CallSite.HiddenFrame
  }

  public init(_ executable: GoExecutable) {
    self.executable = executable
    decoder = InstructionSets.decoder(for: executable)
  }

  /// What the call at `address` allocates.
  ///
  /// - Parameter caller: the address inside the call of frame *n* above this one, from 0 on, or nil
  ///   beyond the last. Asked only where the type comes from a caller's dictionary.
  public mutating func site(
    at address: UInt64, caller: (Int) -> UInt64? = { _ in nil }
  ) -> CallSite {
    for known in sites[address] ?? [] {
      let isSame = known.callers.indices.allSatisfy { caller($0) == known.callers[$0] }
      if isSame { return known.site }
    }
    return withoutActuallyEscaping(caller) { caller in
      var asked = 0
      let callers = Callers { frame in
        asked = max(asked, frame + 1)
        return caller(frame).map { $0 &+ 1 }
      }
      let site = site(returningTo: address &+ 1, callers)
      if sites[address]?.count ?? 0 < Self.variantLimit {
        let known = Known(callers: (0..<asked).map(caller), site: site)
        sites[address, default: []].append(known)
      }
      return site
    }
  }

  /// The type that the call at `address` passes as an integer argument, counted from 0: an
  /// interface's type word, or the address of a type's description.
  ///
  /// - Parameter callee: the function that has to be called there.
  public mutating func type(
    ofArgument index: Int, ofCallAt address: UInt64, to callee: String,
    caller: (Int) -> UInt64? = { _ in nil }
  ) -> GoType? {
    guard decoder != nil, let function = executable.functions.function(at: address),
      case .direct(let target) = decoder?.transfer(before: address &+ 1),
      self.callee(at: target)?.name == callee
    else { return nil }
    return withoutActuallyEscaping(caller) { caller in
      let callers = Callers { caller($0).map { $0 &+ 1 } }
      let value = decoder?.argument(index, ofCallReturningTo: address &+ 1, in: function)
      return value.flatMap { self.address(of: $0, callers, function) }
        .flatMap { names.type(at: $0, in: executable.types) }
    }
  }
}

extension CallSiteReader {
  mutating func site(
    returningTo address: UInt64, _ callers: Callers, followsMarks: Bool = true
  ) -> CallSite {
    guard let decoder, let function = executable.functions.function(at: address &- 1)
    else { return CallSite(call: .outside) }
    var site = CallSite(call: .direct, function: names.name(of: function, in: executable.functions))
    switch decoder.transfer(before: address) {
    case .indirect: site.call = .indirect
    case .none:
      site.call = .none
      if followsMarks, let inlined = inlinedSite(at: address &- 1, in: function, callers) {
        return inlined
      }
    case .direct(let target):
      guard let callee = callee(at: target) else {
        site.call = .outside
        break
      }
      site.callee = callee.name
      describe(&site, callee, returningTo: address, in: function, callers)
    }
    return site
  }

  mutating func callee(at target: UInt64) -> Callee? {
    if let known = callees[target] { return known }
    guard let function = executable.functions.function(at: target) else { return nil }
    let name = names.name(of: function, in: executable.functions)
    let callee = Callee(
      function: function, name: name,
      rule: AllocatorRule(callee: name, minorVersion: executable.minorVersion))
    callees[target] = callee
    return callee
  }

  private mutating func describe(
    _ site: inout CallSite, _ callee: Callee, returningTo address: UInt64,
    in function: FunctionTable.Function, _ callers: Callers
  ) {
    guard let rule = callee.rule else {
      if AllocatorRule.isRuntime(callee.name) {
        (site.cause, site.evidence) = (.runtime, CallSite.TypeEvidence.none)
      } else if let hidden = hiddenCall(in: callee) {
        (site.cause, site.type, site.evidence) = (hidden.cause, hidden.type, hidden.evidence)
        (site.detail, site.hiddenFrame) = (hidden.detail, hidden.frame)
        site.callee = "\(Self.hiddenAllocator)"
      }
      return
    }
    site.cause = rule.cause
    switch rule.source {
    case .none: site.evidence = CallSite.TypeEvidence.none
    case .always(let name):
      site.evidence = .implied
      site.type = CallSite.AllocatedType(name: name)
    case .result(let shape):
      let type = decoder?.typeBesideResult(
        ofCallReturningTo: address, in: function, shape: shape, callers: callers)
      set(type.flatMap { names.shared($0) }, .forward, &site)
    case .argument(let index):
      describeArgument(index, &site, returningTo: address, in: function, callers)
    }
  }

  private mutating func describeArgument(
    _ index: Int, _ site: inout CallSite, returningTo address: UInt64,
    in function: FunctionTable.Function, _ callers: Callers
  ) {
    guard let value = decoder?.argument(index, ofCallReturningTo: address, in: function)
    else { return }
    if value.isNil {
      describeUntyped(&site, returningTo: address, in: function)
    } else if let word = self.address(of: value, callers, function) {
      set(
        names.type(at: word, in: executable.types), value.isConstant ? .exact : .dictionary, &site)
    } else {
      site.evidence = .dynamic
    }
  }

  /// Memory without pointers needs no type: the compiler then passes none.
  private mutating func describeUntyped(
    _ site: inout CallSite, returningTo address: UInt64, in function: FunctionTable.Function
  ) {
    site.evidence = .untyped
    guard !AllocatorRule.isLinked(site.function) else { return }
    let size = decoder?.argument(0, ofCallReturningTo: address, in: function)
    if case .immediate(let size) = size {
      site.cause = .new
      site.detail = size <= 16 ? .mergedVariables(size: size) : .block(size: size)
    } else {
      site.cause = .slice
      site.detail = .pointerFreeCopy
    }
  }

  private func set(
    _ type: GoType?, _ evidence: CallSite.TypeEvidence, _ site: inout CallSite
  ) {
    site.evidence = type == nil ? .unknown : evidence
    site.type = type.map { CallSite.AllocatedType(name: $0.name, description: $0) }
  }

  private mutating func address(
    of value: TrackedValue, _ callers: Callers, _ function: FunctionTable.Function
  ) -> UInt64? {
    let executable = executable
    return decoder?.address(of: value, executable, callers: callers, entry: function.entry)
  }
}
