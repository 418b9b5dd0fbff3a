/// Follows a register's value backwards through one function's code.
///
/// Straight back from an instruction, and at the end of a block on from the first jump that leads
/// here. Compilers put a call's type argument into its register right before the call, so that which
/// way led there hardly ever matters.
struct X86ValueTracker {
  let code: X86Code
  let helpers: HelperCalls
  /// Instructions that may still be looked at; the value is `unknown` when there are none left.
  var steps: Int

  private static let depthLimit = 24
  /// The closure's register.
  private static let contextRegister: UInt8 = 2
  /// Registers that calls preserve: SP and the goroutine's.
  private static let preserved: Set<UInt8> = [4, 14]

  /// What `register` holds just before the instruction at `position`.
  mutating func value(
    of register: UInt8, before position: Int, depth: Int = 0
  ) -> TrackedValue {
    guard depth <= Self.depthLimit else { return .unknown }
    let instructions = code.instructions
    var visited: [Int] = []
    var walked: [ClosedRange<Int>] = []
    var top = position
    var current = position
    while true {
      current -= 1
      steps -= 1
      guard steps > 0 else { return .unknown }
      guard current >= 0 else { return atEntry(register) }
      let instruction = instructions[current]
      if instruction.endsBlock {
        let sources = code.jumps(to: instruction.end)
        steps -= sources.count
        walked.append((current + 1)...top)
        guard
          let jump = sources.first(where: { !visited.contains($0.source) })
            ?? otherWay(into: walked)
        else { return .unknown }
        visited.append(jump.source)
        steps -= visited.count
        (current, top) = (jump.source, jump.source)
        continue
      }
      guard instruction.writes(register) else { continue }
      if instruction.writes == X86Instruction.everyRegister {
        if Self.preserved.contains(register) || keeps(register, instruction) { continue }
        return register == 0 ? .result : .unknown
      }
      return written(by: instruction, at: current, depth: depth)
    }
  }

  /// A jump from elsewhere into code that was gone through and does not write the register: the way
  /// into a loop whose condition stands at its end.
  private mutating func otherWay(into walked: [ClosedRange<Int>]) -> X86Code.Jump? {
    let instructions = code.instructions
    for range in walked.reversed() where range.lowerBound < instructions.count {
      let last = min(range.upperBound, instructions.count - 1)
      let targets = Int(instructions[range.lowerBound].offset)...Int(instructions[last].offset)
      let jumps = code.jumps(into: targets)
      steps -= (jumps.count + 1) &* walked.count
      guard steps > 0 else { return nil }
      if let jump = jumps.first(where: { jump in !walked.contains { $0.contains(jump.source) } }) {
        return jump
      }
    }
    return nil
  }

  /// Whether a call is one of those that leave a register as it was.
  private func keeps(_ register: UInt8, _ call: X86Instruction) -> Bool {
    guard call.isCall else { return false }
    let target = code.addressRelative(to: call, call.immediate)
    guard let helper = helpers.helper(at: target) else { return false }
    return helper.x86Writes & (1 << UInt32(register)) == 0
  }

  private func atEntry(_ register: UInt8) -> TrackedValue {
    if let index = X86CallSites.argumentRegisters.firstIndex(of: register) {
      return .parameter(index)
    }
    return register == Self.contextRegister ? .context : .unknown
  }

  /// What an instruction puts into the register that it writes.
  private mutating func written(
    by instruction: X86Instruction, at position: Int, depth: Int
  ) -> TrackedValue {
    switch instruction.opcode {
    case 0x8d:
      if instruction.base == X86Instruction.instructionPointer {
        return .constant(code.addressRelative(to: instruction, Int64(instruction.displacement)))
      }
      return instruction.isStackSlot
        ? .slotAddress(Int64(instruction.displacement)) : .unknown
    case 0x8b where instruction.isRegisterForm:
      return value(of: instruction.rm, before: position, depth: depth + 1)
    case 0x89 where instruction.isRegisterForm:
      return value(of: instruction.register, before: position, depth: depth + 1)
    case 0x31, 0x33:
      return instruction.isRegisterForm && instruction.register == instruction.rm ? .zero : .unknown
    case 0x8b: return loaded(by: instruction, at: position, depth: depth)
    case 0xc7 where instruction.isRegisterForm, 0xb0...0xbf:
      return .immediate(instruction.immediate)
    default: return .unknown
    }
  }

  private mutating func loaded(
    by instruction: X86Instruction, at position: Int, depth: Int
  ) -> TrackedValue {
    let distance = Int64(instruction.displacement)
    if instruction.base == X86Instruction.instructionPointer {
      return .load(.constant(code.addressRelative(to: instruction, distance)), 0)
    }
    guard instruction.index == X86Instruction.none, instruction.base != X86Instruction.none
    else { return .unknown }
    if instruction.isStackSlot {
      return value(ofSlot: instruction.displacement, before: position, depth: depth + 1)
    }
    return .load(value(of: instruction.base, before: position, depth: depth + 1), distance)
  }

  /// What a slot of the stack frame holds: compilers write each spilled value once.
  private mutating func value(
    ofSlot displacement: Int32, before position: Int, depth: Int
  ) -> TrackedValue {
    let instructions = code.instructions
    let stores = (code.slotStores[displacement] ?? []).prefix { $0 < position }
    steps -= stores.count
    guard steps > 0, let last = stores.last else { return .unknown }
    guard stores.count > 1 else {
      return value(of: instructions[last].register, before: last, depth: depth + 1)
    }
    var values: Set<TrackedValue> = []
    for store in stores {
      values.insert(value(of: instructions[store].register, before: store, depth: depth + 1))
      // Once they differ, only the nearest one matters.
      if values.count > 1 { break }
    }
    if values.count == 1, let value = values.first { return value }
    guard isStraight(from: last, to: position) else { return .unknown }
    return value(of: instructions[last].register, before: last, depth: depth + 1)
  }

  /// Whether whoever reaches `end` has come by `start` and nothing else in between.
  private func isStraight(from start: Int, to end: Int) -> Bool {
    let instructions = code.instructions
    for position in start..<end
    where instructions[position].isJump || instructions[position].isReturn { return false }
    let first = Int(instructions[start].offset) + 1
    return !code.hasJump(into: first...Int(instructions[end].offset))
  }
}

extension HelperCalls.Helper {
  /// The general registers that it writes: where to put the pointer, or its place in memory.
  var x86Writes: UInt32 {
    switch self {
    case .writeBarrier: 1 << 11
    case .clearing: 1 << 7
    case .copying: 1 << 6 | 1 << 7
    }
  }
}
