/// The call sites of amd64, by Go's internal calling convention.
struct X86CallSites: CallSiteDecoder {
  static let architecture = Architecture.amd64
  /// AX, BX, CX, DI, SI, R8, R9, R10, R11.
  static let argumentRegisters: [UInt8] = [0, 3, 1, 7, 6, 8, 9, 10, 11]

  let executable: GoExecutable
  private var decoded: [Int: X86Code] = [:]
  private var decodedCount = 0
  private(set) lazy var helpers = HelperCalls(executable.functions)
  /// What may still be decoded and looked at: enough for any real program, an end for the others.
  private var budget = WorkBudget()

  init(_ executable: GoExecutable) { self.executable = executable }

  func transfer(before returnAddress: UInt64) -> Transfer {
    let image = executable.image
    if let call = image.read(returnAddress &- 5, count: 5), call[0] == 0xe8 {
      let distance = Int32(
        littleEndian: call.loadUnaligned(fromByteOffset: 1, as: Int32.self))
      return .direct(returnAddress &+ UInt64(bitPattern: Int64(distance)))
    }
    guard let bytes = image.read(returnAddress &- 8, count: 8) else { return .none }
    for length in 2...8 {
      guard let instruction = X86Instruction(bytes, at: 8 - length) else { continue }
      if Int(instruction.length) == length, instruction.isIndirectCall { return .indirect }
    }
    return .none
  }

  mutating func directCalls(in function: FunctionTable.Function) -> [DirectCall] {
    let code = code(of: function)
    return code.instructions.lazy.filter(\.isCall).map {
      DirectCall(
        returnAddress: function.entry &+ UInt64($0.end),
        target: code.addressRelative(to: $0, $0.immediate))
    }
  }

  mutating func argument(
    _ index: Int, ofCallReturningTo address: UInt64, in function: FunctionTable.Function
  ) -> TrackedValue {
    let code = code(of: function)
    guard Self.argumentRegisters.indices.contains(index),
      let call = code.position(of: address &- 5)
    else { return .unknown }
    return value(of: Self.argumentRegisters[index], before: call, in: code)
  }

  mutating func typeBesideResult(
    ofCallReturningTo address: UInt64, in function: FunctionTable.Function,
    shape: AllocatorRule.ResultShape, callers: Callers
  ) -> GoType? {
    let code = code(of: function)
    guard let start = code.position(of: address) else { return nil }
    let tracker = X86ResultTracker(code: code, shape: shape, callers: callers)
    return tracker.type(from: start, &self)
  }

  /// What a register holds just before an instruction.
  mutating func value(
    of register: UInt8, before position: Int, in code: X86Code
  ) -> TrackedValue {
    let steps = min(budget.steps, WorkBudget.stepsPerValue)
    var tracker = X86ValueTracker(code: code, helpers: helpers, steps: steps)
    defer { budget.steps -= steps - tracker.steps }
    return tracker.value(of: register, before: position)
  }

  private mutating func code(of function: FunctionTable.Function) -> X86Code {
    if let code = decoded[function.index] { return code }
    guard budget.instructions > 0 else { return X86Code(undecoded: function) }
    let code = X86Code(executable.image, function)
    budget.instructions -= code.instructions.count
    if decodedCount > WorkBudget.keptInstructions {
      decoded = [:]
      decodedCount = 0
    }
    decoded[function.index] = code
    decodedCount += code.instructions.count
    return code
  }
}
