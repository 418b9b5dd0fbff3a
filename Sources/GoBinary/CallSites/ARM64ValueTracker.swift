/// Follows a register's value backwards through one function's code, as `X86ValueTracker` does.
struct ARM64ValueTracker {
  let code: ARM64Code
  let helpers: HelperCalls
  /// Instructions that may still be looked at; the value is `unknown` when there are none left.
  var steps: Int
  /// The calls whose results were met on the way.
  private(set) var resultCalls: Set<Int> = []

  /// Arguments are passed in R0 to R15.
  static let argumentCount = 16
  private static let depthLimit = 24
  /// The closure's register.
  private static let contextRegister: UInt32 = 26

  /// What `register` holds just before the instruction at `position`.
  mutating func value(
    of register: UInt32, before position: Int, depth: Int = 0
  ) -> TrackedValue {
    guard depth <= Self.depthLimit else { return .unknown }
    var current = position
    while true {
      current -= 1
      steps -= 1
      guard steps > 0 else { return .unknown }
      guard current >= 0 else { return atEntry(register) }
      let instruction = code[current]
      if instruction.isCall || instruction.isIndirectCall {
        if register < Self.argumentCount, isHelper(instruction, at: current) { continue }
        guard register == 0 else { return .unknown }
        resultCalls.insert(current)
        return .result
      }
      if instruction.endsBlock {
        // Only back: every round is one instruction nearer to the entry.
        guard let source = firstBranch(to: current + 1), source <= current else { return .unknown }
        current = source
        continue
      }
      if let value = written(by: instruction, to: register, at: current, depth: depth) {
        return value
      }
    }
  }

  /// Whether a call is one of those that leave the registers of arguments as they were.
  private func isHelper(_ call: ARM64Instruction, at position: Int) -> Bool {
    let target = code.address(of: position) &+ UInt64(bitPattern: call.callDistance)
    return call.isCall && helpers.helper(at: target) != nil
  }

  private func atEntry(_ register: UInt32) -> TrackedValue {
    if register < Self.argumentCount { return .parameter(Int(register)) }
    return register == Self.contextRegister ? .context : .unknown
  }

  /// What an instruction puts into a register; nil where it leaves that register alone.
  private mutating func written(
    by instruction: ARM64Instruction, to register: UInt32, at position: Int, depth: Int
  ) -> TrackedValue? {
    let isDestination = instruction.destination == register
    let address = code.address(of: position)
    if isDestination, instruction.isAddImmediate { return sum(instruction, at: position, depth) }
    if isDestination, instruction.isPageAddress {
      return .page(
        (address & ~0xfff) &+ UInt64(bitPattern: instruction.addressDistance << 12))
    }
    if isDestination, instruction.isNearAddress {
      return .constant(address &+ UInt64(bitPattern: instruction.addressDistance))
    }
    if isDestination, instruction.isMove {
      return instruction.third == ARM64Instruction.zeroRegister
        ? .zero : value(of: instruction.third, before: position, depth: depth + 1)
    }
    if isDestination, instruction.isLoad {
      return loaded(instruction, instruction.displacement, at: position, depth)
    }
    if instruction.isPairLoad, isDestination || instruction.second == register {
      let isSecond = instruction.second == register
      return loaded(
        instruction, instruction.pairDisplacement + (isSecond ? 8 : 0), at: position, depth)
    }
    if isDestination, instruction.isMoveImmediate { return .immediate(instruction.moveImmediate) }
    return instruction.mayWrite(register) ? .unknown : nil
  }

  private mutating func sum(
    _ instruction: ARM64Instruction, at position: Int, _ depth: Int
  ) -> TrackedValue {
    guard instruction.base != ARM64Instruction.stackPointer else {
      return .slotAddress(instruction.addend)
    }
    switch value(of: instruction.base, before: position, depth: depth + 1) {
    case .page(let start), .constant(let start):
      return .constant(start &+ UInt64(bitPattern: instruction.addend))
    default: return .unknown
    }
  }

  private mutating func loaded(
    _ instruction: ARM64Instruction, _ displacement: Int64, at position: Int, _ depth: Int
  ) -> TrackedValue {
    guard instruction.base != ARM64Instruction.stackPointer else {
      return value(ofSlot: displacement, before: position, depth: depth + 1)
    }
    switch value(of: instruction.base, before: position, depth: depth + 1) {
    case .page(let start): return .load(.constant(start &+ UInt64(bitPattern: displacement)), 0)
    case let base: return .load(base, displacement)
    }
  }

  /// What a slot of the stack frame holds, if all that store to it store the same.
  private mutating func value(
    ofSlot displacement: Int64, before position: Int, depth: Int
  ) -> TrackedValue {
    steps -= position
    guard steps > 0 else { return .unknown }
    var values: Set<TrackedValue> = []
    for store in 0..<position {
      guard let register = code[store].register(storedToSlot: displacement) else { continue }
      values.insert(value(of: register, before: store, depth: depth + 1))
      if values.count > 1 { return .unknown }
    }
    return values.first ?? .unknown
  }

  private mutating func firstBranch(to target: Int) -> Int? {
    for position in code.indices {
      steps -= 1
      guard steps > 0 else { return nil }
      guard let distance = code[position].branchDistance else { continue }
      if position + Int(distance / 4) == target { return position }
    }
    return nil
  }
}

extension ARM64Instruction {
  /// The register that it stores to a slot of the stack frame; nil where it does not.
  func register(storedToSlot displacement: Int64) -> UInt32? {
    if isSlotStore { return self.displacement == displacement ? destination : nil }
    guard isSlotPairStore else { return nil }
    if pairDisplacement == displacement { return destination }
    return pairDisplacement + 8 == displacement ? second : nil
  }
}
