/// An instruction of amd64: its length and the little that call sites need of its meaning.
struct X86Instruction {
  var immediate: Int64 = 0
  /// The distance from the start of the decoded code.
  var offset: UInt32 = 0
  /// One byte; or 0x0fNN, 0x0f38NN, 0x0f3aNN; or `vex`, `evex` and the opcode with its map.
  var opcode: UInt32 = 0
  var displacement: Int32 = 0
  /// The general registers that it may write, by bit; `everyRegister` for calls.
  var writes: UInt32 = 0
  var length: UInt8 = 0
  /// Whether operands are 64 bits wide.
  var isWide = false
  /// The two bits that say what `rm` means: 3 for a register. 0xff where there is no ModRM byte.
  var mode: UInt8 = 0xff
  /// The ModRM byte's register, or the extension of the opcode.
  var register: UInt8 = none
  /// The other register; only where `mode` is 3. For opcodes that hold a register, that one.
  var rm: UInt8 = none
  var base: UInt8 = none
  var index: UInt8 = none

  static let none: UInt8 = 0xff
  /// `base` of an address relative to the next instruction.
  static let instructionPointer: UInt8 = 0xfe
  static let stackPointer: UInt8 = 4
  static let vex: UInt32 = 0x100_0000
  static let evex: UInt32 = 0x200_0000
  static let everyRegister = UInt32.max
}

extension X86Instruction {
  /// The three bits that extend some opcodes.
  var extensionCode: UInt8 { register & 7 }
  /// The offset of the next instruction.
  var end: Int { Int(offset) &+ Int(length) }
  var isRegisterForm: Bool { mode == 3 }

  var isCall: Bool { opcode == 0xe8 }
  var isIndirectCall: Bool { opcode == 0xff && extensionCode == 2 }
  var isIndirectJump: Bool { opcode == 0xff && extensionCode == 4 }
  var isJump: Bool { opcode == 0xe9 || opcode == 0xeb }
  var isReturn: Bool { opcode == 0xc3 }
  var isConditionalJump: Bool {
    (0x70...0x7f).contains(opcode) || (0x0f80...0x0f8f).contains(opcode)
  }

  /// The offset that a direct jump or call goes to.
  var target: Int { end &+ Int(immediate) }

  /// Whether nothing reaches the next instruction through this one.
  var endsBlock: Bool {
    switch opcode {
    case 0xe9, 0xeb, 0xc3, 0x0f0b, 0xcc: true
    default: isIndirectJump
    }
  }

  /// Whether it is `[rsp+displacement]` that a memory operand names.
  var isStackSlot: Bool { base == Self.stackPointer && index == Self.none }

  /// Whether it puts a register's 64 bits into memory.
  var isStore: Bool { opcode == 0x89 && isWide && mode != 3 }

  @inline(__always) func writes(_ register: UInt8) -> Bool {
    writes & (1 << UInt32(register & 31)) != 0
  }
}
