/// What is known of registers and memory at one point of a function's code.
struct X86ResultState {
  /// What a register or a place in memory holds.
  enum Value: Equatable {
    /// The result that is followed.
    case result
    /// An address that the code spells out or loads from constants: perhaps a type's.
    case address(UInt64)
  }

  /// A place in memory: by what the registers of its address hold, or by the address itself.
  private struct Place: Equatable {
    var base: ValueNumber
    var index: ValueNumber
    var displacement: Int64

    /// The place of the type word, if this one is an interface's data word.
    var typeWord: Place { Place(base: base, index: index, displacement: displacement &- 8) }
    var isConstant: Bool { base == .register(X86Instruction.instructionPointer) }
  }

  /// What tells the values of registers apart: a copy has the number of what it is a copy of.
  private enum ValueNumber: Equatable {
    case value(Int)
    /// What has no value that changes: the stack pointer, the instruction pointer, no register.
    case register(UInt8)
  }

  private typealias Memory = [(place: Place, value: Value?)]

  private var registers: [Value?] = Array(repeating: nil, count: 16)
  private var numbers = Array(0..<16)
  private var nextNumber = 16
  /// Places of the stack frame, which calls leave alone.
  private var slots: Memory = []
  private var memory: Memory = []

  subscript(register: UInt8) -> Value? { register < 16 ? registers[Int(register)] : nil }

  func isResult(_ register: UInt8) -> Bool { self[register] == .result }

  /// Puts a value into a register; places that only its old value named have no name any more.
  mutating func set(_ register: UInt8, to value: Value?) {
    guard register < 16 else { return }
    registers[Int(register)] = value
    numbers[Int(register)] = nextNumber
    nextNumber += 1
  }

  /// Copies a register to another, which then names the same places.
  mutating func copy(_ source: UInt8, to register: UInt8) {
    guard register < 16, source < 16 else { return set(register, to: nil) }
    registers[Int(register)] = registers[Int(source)]
    numbers[Int(register)] = numbers[Int(source)]
  }

  mutating func clear(_ registers: UInt32) {
    guard registers != 0 else { return }
    for register in UInt8(0)..<16 where registers & (1 << UInt32(register)) != 0 {
      set(register, to: nil)
    }
  }

  /// Stores a register to the memory operand of an instruction.
  mutating func store(_ value: Value?, _ instruction: X86Instruction, in code: X86Code) {
    let place = place(instruction, in: code)
    func write(_ memory: inout Memory) {
      if let index = memory.firstIndex(where: { $0.place == place }) {
        memory[index].value = value
      } else {
        memory.append((place, value))
      }
    }
    if instruction.isStackSlot { write(&slots) } else { write(&memory) }
  }

  /// What the stack slot of an instruction holds.
  func slot(_ instruction: X86Instruction, in code: X86Code) -> Value? {
    let place = place(instruction, in: code)
    return slots.first { $0.place == place }?.value
  }

  private func place(_ instruction: X86Instruction, in code: X86Code) -> Place {
    let distance = Int64(instruction.displacement)
    let isConstant = instruction.base == X86Instruction.instructionPointer
    return Place(
      base: number(of: instruction.base), index: number(of: instruction.index),
      displacement: isConstant
        ? Int64(bitPattern: code.addressRelative(to: instruction, distance)) : distance)
  }

  private func number(of register: UInt8) -> ValueNumber {
    register < 16 && register != X86Instruction.stackPointer
      ? .value(numbers[Int(register)]) : .register(register)
  }

  /// Forgets what a call of another function may change.
  ///
  /// - Returns: whether the result is still somewhere.
  mutating func loseToCall(isDirect: Bool) -> Bool {
    for register in UInt8(0)..<16 { set(register, to: nil) }
    memory = isDirect ? memory.filter(\.place.isConstant) : []
    return slots.contains { $0.value == .result } || memory.contains { $0.value == .result }
  }

  /// The type of the first register that is followed by one that holds the result.
  func typeBesideResult(
    inArguments arguments: [UInt8], type: (UInt64) -> GoType?
  ) -> GoType? {
    for (word, data) in zip(arguments, arguments.dropFirst()) where isResult(data) {
      if case .address(let address) = self[word], let type = type(address) { return type }
    }
    return nil
  }

  /// The type that lies in memory just before the result.
  func typeBesideResultInMemory(type: (UInt64) -> GoType?) -> GoType? {
    for places in [memory, slots] {
      for (place, value) in places where value == .result {
        let word = place.typeWord
        if case .address(let address) = places.first(where: { $0.place == word })?.value,
          let type = type(address)
        {
          return type
        }
      }
    }
    return nil
  }
}
