/// The instructions of one function, in order.
final class X86Code {
  let function: FunctionTable.Function
  let instructions: [X86Instruction]
  /// Where direct jumps go to, by the offset of their target and then by their own position.
  private(set) lazy var jumps: [Jump] = makeJumps()
  /// The positions of the stores to each slot of the stack frame, in order.
  private(set) lazy var slotStores: [Int32: [Int]] = makeSlotStores()

  struct Jump: Comparable {
    var target: Int
    var source: Int

    static func < (left: Jump, right: Jump) -> Bool {
      (left.target, left.source) < (right.target, right.source)
    }
  }

  /// Functions are decoded up to here: several times the longest that compilers make.
  static let instructionLimit = 1 << 18

  /// Decodes up to the end of the function, or the first bytes that are no instruction.
  init(_ image: BinaryImage, _ function: FunctionTable.Function) {
    self.function = function
    var instructions: [X86Instruction] = []
    if let code = image.code(of: function) {
      instructions.reserveCapacity(min(code.count / 4, Self.instructionLimit))
      var offset = 0
      while offset < code.count, instructions.count < Self.instructionLimit,
        let instruction = X86Instruction(code, at: offset)
      {
        instructions.append(instruction)
        offset = instruction.end
      }
    }
    self.instructions = instructions
  }

  /// A function of which nothing is known.
  init(undecoded function: FunctionTable.Function) {
    self.function = function
    instructions = []
  }

  /// The position of the instruction that starts at an address.
  ///
  /// - Complexity: O(log *n*)
  func position(of address: UInt64) -> Int? {
    guard function.addresses.contains(address) else { return nil }
    return position(ofOffset: Int(address &- function.entry))
  }

  func position(ofOffset offset: Int) -> Int? {
    var low = 0
    var high = instructions.count
    while low < high {
      let middle = (low &+ high) / 2
      if Int(instructions[middle].offset) < offset { low = middle &+ 1 } else { high = middle }
    }
    return low < instructions.count && Int(instructions[low].offset) == offset ? low : nil
  }

  /// The jumps to an offset, in the order of the code.
  func jumps(to target: Int) -> ArraySlice<Jump> {
    let start = firstJump(from: target)
    return jumps[start...].prefix { $0.target == target }
  }

  /// The jumps to offsets in a range, by their target.
  ///
  /// - Complexity: O(log *n*)
  func jumps(into targets: ClosedRange<Int>) -> ArraySlice<Jump> {
    jumps[firstJump(from: targets.lowerBound)..<firstJump(from: targets.upperBound + 1)]
  }

  /// Whether a jump goes to an offset in the range.
  func hasJump(into targets: ClosedRange<Int>) -> Bool { !jumps(into: targets).isEmpty }

  private func firstJump(from target: Int) -> Int {
    var low = 0
    var high = jumps.count
    while low < high {
      let middle = (low &+ high) / 2
      if jumps[middle].target < target { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  private func makeJumps() -> [Jump] {
    var jumps: [Jump] = []
    for (position, instruction) in instructions.enumerated()
    where instruction.isJump || instruction.isConditionalJump {
      jumps.append(Jump(target: instruction.target, source: position))
    }
    return jumps.sorted()
  }

  private func makeSlotStores() -> [Int32: [Int]] {
    var stores: [Int32: [Int]] = [:]
    for (position, instruction) in instructions.enumerated()
    where instruction.isStore && instruction.isStackSlot {
      stores[instruction.displacement, default: []].append(position)
    }
    return stores
  }

  /// The address just after an instruction, from which its relative addresses count.
  @inline(__always)
  func addressRelative(to instruction: X86Instruction, _ distance: Int64) -> UInt64 {
    function.entry &+ UInt64(instruction.end) &+ UInt64(bitPattern: distance)
  }
}

extension BinaryImage {
  /// The bytes of a function, as far as the file has them.
  func code(of function: FunctionTable.Function) -> UnsafeRawBufferPointer? {
    guard let start = fileOffset(of: function.entry), start < bytes.count else { return nil }
    let length = function.addresses.upperBound &- function.entry
    return bytes.slice(at: start, count: min(Int(clamping: length), bytes.count - start, 1 << 24))
  }
}
