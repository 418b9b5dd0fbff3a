/// The call sites of arm64, by Go's internal calling convention.
struct ARM64CallSites: CallSiteDecoder {
  static let architecture = Architecture.arm64

  let executable: GoExecutable
  private var budget = WorkBudget()
  private lazy var helpers = HelperCalls(executable.functions)

  init(_ executable: GoExecutable) { self.executable = executable }

  func transfer(before returnAddress: UInt64) -> Transfer {
    let call = returnAddress &- 4
    guard let word = executable.image.u32(at: call) else { return .none }
    let instruction = ARM64Instruction(word)
    if instruction.isCall {
      return .direct(call &+ UInt64(bitPattern: instruction.callDistance))
    }
    return instruction.isIndirectCall ? .indirect : .none
  }

  mutating func directCalls(in function: FunctionTable.Function) -> [DirectCall] {
    let code = ARM64Code(executable.image, function)
    budget.instructions -= code.count
    guard budget.instructions > 0 else { return [] }
    return code.indices.compactMap { position in
      let instruction = code[position]
      guard instruction.isCall else { return nil }
      let address = code.address(of: position)
      return DirectCall(
        returnAddress: address &+ 4,
        target: address &+ UInt64(bitPattern: instruction.callDistance))
    }
  }

  mutating func argument(
    _ index: Int, ofCallReturningTo address: UInt64, in function: FunctionTable.Function
  ) -> TrackedValue {
    let code = ARM64Code(executable.image, function)
    guard (0..<ARM64ValueTracker.argumentCount).contains(index),
      let position = code.position(of: address &- 4)
    else { return .unknown }
    return value(of: UInt32(index), before: position, in: code)
  }

  /// The first type after the call that the result could have: what stands nearest is its own.
  mutating func typeBesideResult(
    ofCallReturningTo address: UInt64, in function: FunctionTable.Function,
    shape: AllocatorRule.ResultShape, callers: Callers
  ) -> GoType? {
    let code = ARM64Code(executable.image, function)
    guard let start = code.position(of: address) else { return nil }
    for position in code.indices[start...].prefix(Self.stepLimit) {
      let instruction = code[position]
      if instruction.isReturn { return nil }
      if instruction.isCall {
        let callee = name(at: code.address(of: position), instruction)
        if shape == .map, callee.hasPrefix("runtime.mapassign") {
          // Another map may be assigned to, and this one be what is put into it.
          guard isResult(1, before: position, ofCallAt: start - 1, in: code) else { return nil }
          let map = value(of: 0, before: position, in: code)
          let type = type(map, callers, function, executable.types.type(at:))
          return type.flatMap { shape.fits($0) ? $0 : nil }
        }
        let isBarrier = callee.hasPrefix("runtime.gcWriteBarrier") || callee.hasPrefix("runtime.wb")
        if shape != .map, !callee.isEmpty, !isBarrier { return nil }
      }
      // A map's type that stands here may be that of another map.
      guard shape != .map else { continue }
      let isLoaded = instruction.isLoad && instruction.base != ARM64Instruction.stackPointer
      guard instruction.isAddImmediate || isLoaded else { continue }
      let word = value(of: instruction.destination, before: position + 1, in: code)
      guard isLoaded || word.isConstant else { continue }
      if let type = type(word, callers, function, executable.types.type(ofWord:)),
        shape.fits(type)
      {
        return type
      }
    }
    return nil
  }

  /// Further from the call than this stands another value's type.
  private static let stepLimit = 40

  private mutating func type(
    _ value: TrackedValue, _ callers: Callers, _ function: FunctionTable.Function,
    _ lookUp: (UInt64) -> GoType?
  ) -> GoType? {
    address(of: value, executable, callers: callers, entry: function.entry).flatMap(lookUp)
  }

  private func name(at address: UInt64, _ instruction: ARM64Instruction) -> String {
    let target = address &+ UInt64(bitPattern: instruction.callDistance)
    return executable.functions.function(at: target)
      .map { executable.functions.name(of: $0) } ?? ""
  }

  private mutating func value(
    of register: UInt32, before position: Int, in code: ARM64Code
  ) -> TrackedValue {
    track(register, before: position, in: code).value
  }

  /// Whether a register holds what the call at one position returned, and nothing else.
  private mutating func isResult(
    _ register: UInt32, before position: Int, ofCallAt call: Int, in code: ARM64Code
  ) -> Bool {
    let (value, calls) = track(register, before: position, in: code)
    return value == .result && calls == [call]
  }

  private mutating func track(
    _ register: UInt32, before position: Int, in code: ARM64Code
  ) -> (value: TrackedValue, calls: Set<Int>) {
    let steps = min(budget.steps, WorkBudget.stepsPerValue)
    var tracker = ARM64ValueTracker(code: code, helpers: helpers, steps: steps)
    defer { budget.steps -= steps - tracker.steps }
    let value = tracker.value(of: register, before: position)
    return (value, tracker.resultCalls)
  }
}

/// The instructions of one function, read from the file as they are asked for.
struct ARM64Code {
  let function: FunctionTable.Function
  private let bytes: UnsafeRawBufferPointer

  init(_ image: BinaryImage, _ function: FunctionTable.Function) {
    self.function = function
    bytes = image.code(of: function) ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  var count: Int { bytes.count / 4 }
  var indices: Range<Int> { 0..<count }

  subscript(position: Int) -> ARM64Instruction {
    ARM64Instruction(
      UInt32(
        littleEndian: bytes.loadUnaligned(fromByteOffset: position * 4, as: UInt32.self)))
  }

  func address(of position: Int) -> UInt64 { function.entry &+ UInt64(position) * 4 }

  func position(of address: UInt64) -> Int? {
    guard function.addresses.contains(address), (address &- function.entry) & 3 == 0
    else { return nil }
    let position = Int(clamping: address &- function.entry) / 4
    return position < count ? position : nil
  }
}
