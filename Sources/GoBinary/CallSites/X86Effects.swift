extension X86Instruction {
  /// The general registers that the instruction may write: all it may, and no more than it may where
  /// compilers use it.
  func writtenRegisters(_ cursor: Cursor, _ vexRegister: UInt8) -> UInt32 {
    switch opcode {
    case 0xe8: Self.everyRegister
    case 0x0f00...0x0fff: twoByteWrites(cursor)
    case Self.vex..<Self.evex: bit(register) | registerOperand | vexRegisterWrites(vexRegister)
    case 0...0xff: oneByteWrites
    case 0x0f_38f0: bit(register)
    default: bit(register) | registerOperand
    }
  }

  private func bit(_ register: UInt8) -> UInt32 { register < 16 ? 1 << UInt32(register) : 0 }

  /// The operand that is a register or memory, where it is a register.
  private var registerOperand: UInt32 { isRegisterForm ? bit(rm) : 0 }

  private static let ax: UInt32 = 1 << 0
  private static let cx: UInt32 = 1 << 1
  private static let dx: UInt32 = 1 << 2
  private static let bx: UInt32 = 1 << 3
  private static let si: UInt32 = 1 << 6
  private static let di: UInt32 = 1 << 7

  private var oneByteWrites: UInt32 {
    switch opcode {
    case 0x38...0x3d, 0x84, 0x85: 0
    case 0x00..<0x38:
      switch opcode & 7 {
      case 0, 1: registerOperand
      case 2, 3: bit(register)
      case 4, 5: Self.ax
      default: 0
      }
    case 0x88, 0x89, 0xc6, 0xc7, 0xc0, 0xc1, 0xd0...0xd3, 0x8f: registerOperand
    case 0x8a, 0x8b, 0x8d, 0x63, 0x69, 0x6b: bit(register)
    case 0x80, 0x81, 0x83: extensionCode == 7 ? 0 : registerOperand
    case 0xf6, 0xf7:
      switch extensionCode {
      case 0, 1: 0
      case 2, 3: registerOperand
      default: Self.ax | Self.dx
      }
    case 0xff:
      switch extensionCode {
      case 0, 1: registerOperand
      case 2, 3: Self.everyRegister
      default: 0
      }
    case 0xfe: registerOperand
    case 0x86, 0x87: bit(register) | registerOperand
    case 0x58...0x5f, 0xb0...0xbf: bit(rm)
    case 0x91...0x97: Self.ax | bit(rm)
    case 0x50...0x57, 0xe9, 0xeb, 0xc3, 0x90, 0x68, 0x6a, 0xcc, 0xf4, 0xa8, 0xa9, 0x70...0x7f: 0
    case 0x98: Self.ax
    case 0x99: Self.dx
    case 0xa4, 0xa5, 0xaa, 0xab: Self.cx | Self.si | Self.di
    default: mode == 0xff ? 0 : bit(register) | registerOperand
    }
  }

  private func twoByteWrites(_ cursor: Cursor) -> UInt32 {
    switch opcode & 0xff {
    case 0x0d, 0x10...0x1f, 0x28, 0x29, 0x2e, 0x2f, 0x6f, 0x7f, 0xa3, 0xd6, 0xef: 0
    case 0x80...0x8f: 0
    case 0x40...0x4f, 0xaf, 0xb6, 0xb7, 0xbe, 0xbf, 0xb8, 0xbc, 0xbd, 0x2c, 0x2d, 0x50, 0xd7:
      bit(register)
    case 0x90...0x9f, 0xa4, 0xa5, 0xac, 0xad, 0xab, 0xb3, 0xbb: registerOperand
    case 0xba: extensionCode == 4 ? 0 : registerOperand
    // To memory or a register; with F3 between vector registers.
    case 0x7e: cursor.hasRepeatPrefix ? 0 : registerOperand
    case 0xb0, 0xb1: Self.ax | registerOperand
    case 0xc0, 0xc1: bit(register) | registerOperand
    case 0xc8...0xcf: bit(rm)
    case 0x51...0x6e, 0x2a, 0xc2, 0xc6, 0x70...0x76, 0xd0...0xff: 0
    case 0xa2: Self.ax | Self.bx | Self.cx | Self.dx
    case 0x31: Self.ax | Self.dx
    case 0xc7: Self.ax | Self.dx | registerOperand
    default: mode == 0xff ? 0 : bit(register) | registerOperand
    }
  }

  /// BLSR and its kin write the register that only VEX can name.
  private func vexRegisterWrites(_ vexRegister: UInt8) -> UInt32 {
    opcode == Self.vex | 0x02f3 ? bit(vexRegister) : 0
  }
}
