/// An instruction of arm64: a word, and the little that call sites need of its meaning.
struct ARM64Instruction {
  let word: UInt32

  init(_ word: UInt32) { self.word = word }

  /// The register in the lowest bits: the destination, where there is one.
  var destination: UInt32 { word & 31 }
  /// The register of an address or a first operand.
  var base: UInt32 { word >> 5 & 31 }
  /// The second register of a pair.
  var second: UInt32 { word >> 10 & 31 }
  var third: UInt32 { word >> 16 & 31 }

  static let stackPointer: UInt32 = 31
  static let zeroRegister: UInt32 = 31

  var isCall: Bool { word >> 26 == 0x25 }
  var isIndirectCall: Bool { word & 0xffff_fc1f == 0xd63f_0000 }
  var isReturn: Bool { word & 0xffff_fc1f == 0xd65f_0000 }
  /// B, RET, BR, BRK: nothing reaches the next instruction through it.
  var endsBlock: Bool {
    word >> 26 == 5 || isReturn || word & 0xffff_fc1f == 0xd61f_0000
      || word & 0xffe0_001f == 0xd420_0000
  }

  /// The bytes from a BL to its target.
  var callDistance: Int64 { signed(word & 0x3ff_ffff, bits: 26) * 4 }

  /// The bytes from a branch to its target; nil for what is no direct branch.
  var branchDistance: Int64? {
    if word >> 26 == 5 { return callDistance }
    // B.cond, CBZ and CBNZ; TBZ and TBNZ.
    if word & 0xff00_0010 == 0x5400_0000 || word & 0x7e00_0000 == 0x3400_0000 {
      return signed(word >> 5 & 0x7ffff, bits: 19) * 4
    }
    if word & 0x7e00_0000 == 0x3600_0000 { return signed(word >> 5 & 0x3fff, bits: 14) * 4 }
    return nil
  }

  /// ADD Xd, Xn, #imm.
  var isAddImmediate: Bool { word & 0xff00_0000 == 0x9100_0000 }
  var addend: Int64 { Int64(word >> 10 & 0xfff) << (word >> 22 & 1 == 1 ? 12 : 0) }

  var isPageAddress: Bool { word & 0x9f00_0000 == 0x9000_0000 }
  var isNearAddress: Bool { word & 0x9f00_0000 == 0x1000_0000 }
  /// What ADR adds to its own address, and ADRP counts in pages.
  var addressDistance: Int64 { signed(word >> 29 & 3 | (word >> 5 & 0x7ffff) << 2, bits: 21) }

  /// MOV Xd, Xm.
  var isMove: Bool { word & 0xffe0_ffe0 == 0xaa00_03e0 }
  /// LDR Xt, [Xn, #imm].
  var isLoad: Bool { word & 0xffc0_0000 == 0xf940_0000 }
  /// STR Xt, [SP, #imm].
  var isSlotStore: Bool { word & 0xffc0_03e0 == 0xf900_03e0 }
  var displacement: Int64 { Int64(word >> 10 & 0xfff) * 8 }
  /// LDP Xt, Xt2, [Xn, #imm].
  var isPairLoad: Bool { word & 0xffc0_0000 == 0xa940_0000 }
  /// STP Xt, Xt2, [SP, #imm].
  var isSlotPairStore: Bool { word & 0xffc0_03e0 == 0xa900_03e0 }
  var pairDisplacement: Int64 { signed(word >> 15 & 0x7f, bits: 7) * 8 }
  /// MOVZ, of either width.
  var isMoveImmediate: Bool { word & 0x7f80_0000 == 0x5280_0000 }
  var moveImmediate: Int64 { Int64(word >> 5 & 0xffff) << Int64((word >> 21 & 3) * 16) }

  private func signed(_ value: UInt32, bits: UInt32) -> Int64 {
    Int64(Int32(bitPattern: value << (32 - bits)) >> Int32(32 - bits))
  }
}

extension ARM64Instruction {
  /// Whether it may write the general register X*n*: branches, stores and comparisons do not.
  func mayWrite(_ register: UInt32) -> Bool {
    let group = word >> 25 & 15
    if group & 0b1110 == 0b1010 { return false }
    if group & 0b0101 == 0b0100 { return memoryWrites(register) }
    // Of vector instructions only moves and conversions to general registers write one.
    if group & 7 == 7, word & 0x7f20_fc00 != 0x1e20_0000 { return false }
    return destination == register && (group & 7 == 7 || destination != Self.zeroRegister)
  }

  private func memoryWrites(_ register: UInt32) -> Bool {
    let isVector = word >> 26 & 1 == 1
    if isVector { return false }
    switch word >> 28 & 3 {
    case 2:
      let isWrittenBack = [1, 3].contains(word >> 23 & 3) && register == base
      let isLoaded = word >> 22 & 1 == 1 && (register == destination || register == second)
      return isLoaded || isWrittenBack
    case 3:
      let isLoad = word >> 22 & 3 != 0
      let isWrittenBack =
        word >> 24 & 1 == 0 && word >> 21 & 1 == 0 && [1, 3].contains(word >> 10 & 3)
      return (isLoad && destination == register) || (isWrittenBack && base == register)
    // Exclusive and compare-and-swap instructions report in a third register.
    case 0: return destination == register || third == register
    default: return destination == register
    }
  }
}
