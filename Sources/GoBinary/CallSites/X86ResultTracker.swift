/// Follows the result of a call forwards until it stands beside a type word.
///
/// The result becomes the data word of an interface: it is stored eight bytes behind the type word, or
/// passed in the register after it. A new map is passed to an assignment, beside its own type.
struct X86ResultTracker {
  let code: X86Code
  let shape: AllocatorRule.ResultShape
  let callers: Callers

  /// How an instruction ends or continues the way.
  private enum Outcome {
    case next
    case found(GoType)
    case lost
  }

  private static let stepLimit = 160
  private static let branchLimit = 6
  private static let secondArgument = X86CallSites.argumentRegisters[1]

  /// The type that the value in AX is put beside, from the instruction at `position` on.
  func type(from position: Int, _ sites: inout X86CallSites) -> GoType? {
    var state = X86ResultState()
    state.set(0, to: .result)
    return follow(from: position, state, steps: Self.stepLimit, branches: 0, visited: [], &sites)
  }

  /// Goes on along the code, and both ways at branches, the one without a jump first.
  private func follow(
    from start: Int, _ state: X86ResultState, steps: Int, branches: Int, visited: Set<Int>,
    _ sites: inout X86CallSites
  ) -> GoType? {
    var (state, position, visited, steps) = (state, start, visited, steps)
    while position < code.instructions.count, steps > 0 {
      let instruction = code.instructions[position]
      steps -= 1
      if instruction.isJump {
        guard let target = code.position(ofOffset: instruction.target),
          visited.insert(target).inserted
        else { return nil }
        position = target
        continue
      }
      if instruction.isConditionalJump, branches < Self.branchLimit {
        let found = follow(
          from: position + 1, state, steps: steps, branches: branches + 1, visited: visited, &sites)
        if let found { return found }
        guard let target = code.position(ofOffset: instruction.target),
          visited.insert(target).inserted
        else { return nil }
        position = target
        continue
      }
      switch outcome(of: instruction, at: position, &state, &sites) {
      case .next: position += 1
      case .found(let type): return type
      case .lost: return nil
      }
    }
    return nil
  }

  private func outcome(
    of instruction: X86Instruction, at position: Int, _ state: inout X86ResultState,
    _ sites: inout X86CallSites
  ) -> Outcome {
    if instruction.isCall { return call(instruction, at: position, &state, &sites) }
    if instruction.isIndirectCall || instruction.isIndirectJump {
      if let type = typeBesideResult(state, sites) { return .found(type) }
      guard instruction.isIndirectCall else { return .lost }
      return state.loseToCall(isDirect: false) ? .next : .lost
    }
    if instruction.isReturn {
      return typeInRegisters(state, sites).map { .found($0) } ?? .lost
    }
    if instruction.isConditionalJump { return .next }
    return move(instruction, at: position, &state, &sites)
  }

  private func call(
    _ instruction: X86Instruction, at position: Int, _ state: inout X86ResultState,
    _ sites: inout X86CallSites
  ) -> Outcome {
    let target = code.addressRelative(to: instruction, instruction.immediate)
    if let helper = sites.helpers.helper(at: target) {
      state.clear(helper.x86Writes)
      return .next
    }
    let functions = sites.executable.functions
    let callee = functions.function(at: target).map { functions.name(of: $0) } ?? ""
    if shape == .map, callee.hasPrefix("runtime.mapassign"), state.isResult(Self.secondArgument) {
      let map = sites.value(of: X86CallSites.argumentRegisters[0], before: position, in: code)
      let type = address(of: map, &sites).flatMap(sites.executable.types.type(at:))
      guard let type, shape.fits(type) else { return .lost }
      return .found(type)
    }
    if let type = typeBesideResult(state, sites) { return .found(type) }
    if callee.hasPrefix("runtime.panic") || callee.hasPrefix("runtime.gopanic") { return .lost }
    return state.loseToCall(isDirect: true) ? .next : .lost
  }

  /// Moves between registers and memory; anything else that writes a register loses what it held.
  private func move(
    _ instruction: X86Instruction, at position: Int, _ state: inout X86ResultState,
    _ sites: inout X86CallSites
  ) -> Outcome {
    switch instruction.opcode {
    case 0x8d:
      let isConstant = instruction.base == X86Instruction.instructionPointer
      let address = code.addressRelative(to: instruction, Int64(instruction.displacement))
      state.set(instruction.register, to: isConstant ? .address(address) : nil)
    case 0x89 where instruction.isRegisterForm:
      copy(instruction.register, to: instruction.rm, by: instruction, &state)
    case 0x8b where instruction.isRegisterForm:
      copy(instruction.rm, to: instruction.register, by: instruction, &state)
    case 0x89 where instruction.isWide:
      let value = state[instruction.register]
      state.store(value, instruction, in: code)
      if value != nil, shape != .map, let type = typeInMemory(state, sites) {
        return .found(type)
      }
    case 0x8b:
      let value = loaded(by: instruction, at: position, state, &sites)
      state.set(instruction.register, to: value)
    default:
      state.clear(instruction.writes)
    }
    return .next
  }

  /// A move of half a register gives the same value only where that is no address.
  private func copy(
    _ source: UInt8, to register: UInt8, by instruction: X86Instruction,
    _ state: inout X86ResultState
  ) {
    if instruction.isWide {
      state.copy(source, to: register)
    } else {
      state.set(register, to: state[source])
    }
  }

  /// What a load gives: a slot's value, or a type that lies in constant data.
  private func loaded(
    by instruction: X86Instruction, at position: Int, _ state: X86ResultState,
    _ sites: inout X86CallSites
  ) -> X86ResultState.Value? {
    if instruction.isStackSlot, let value = state.slot(instruction, in: code) { return value }
    let isDirect = instruction.isStackSlot || instruction.base == X86Instruction.instructionPointer
    guard instruction.base != X86Instruction.none, instruction.index == X86Instruction.none,
      shape != .map || !isDirect
    else { return nil }
    let value = sites.value(of: instruction.register, before: position + 1, in: code)
    guard case .load = value else { return nil }
    return address(of: value, &sites).map { .address($0) }
  }

  private func typeInRegisters(_ state: X86ResultState, _ sites: X86CallSites) -> GoType? {
    state.typeBesideResult(inArguments: X86CallSites.argumentRegisters) { fitting($0, sites) }
  }

  private func typeInMemory(_ state: X86ResultState, _ sites: X86CallSites) -> GoType? {
    state.typeBesideResultInMemory { fitting($0, sites) }
  }

  private func typeBesideResult(_ state: X86ResultState, _ sites: X86CallSites) -> GoType? {
    typeInRegisters(state, sites) ?? typeInMemory(state, sites)
  }

  /// The type of a type word, where the result can be a value of it.
  private func fitting(_ word: UInt64, _ sites: X86CallSites) -> GoType? {
    sites.executable.types.type(ofWord: word).flatMap { shape.fits($0) ? $0 : nil }
  }

  private func address(of value: TrackedValue, _ sites: inout X86CallSites) -> UInt64? {
    sites.address(of: value, sites.executable, callers: callers, entry: code.function.entry)
  }
}
