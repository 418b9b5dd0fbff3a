extension X86Instruction {
  /// Decodes the instruction at `offset`; nil where it does not end inside `code`.
  init?(_ code: UnsafeRawBufferPointer, at offset: Int) {
    var cursor = Cursor(code, at: offset)
    guard let rex = cursor.prefixes() else { return nil }
    self.offset = UInt32(truncatingIfNeeded: offset)
    isWide = rex & 8 != 0
    var operands = Operands(rex)
    let first = cursor.byte()
    switch first {
    case 0x0f: twoByteOpcode(&cursor, &operands)
    case 0xc4, 0xc5: vexOpcode(first, &cursor, &operands)
    case 0x62: evexOpcode(&cursor, &operands)
    default: oneByteOpcode(first, cursor, &operands)
    }
    if operands.hasModRM { modRM(&cursor, &operands) }
    if operands.immediateSize > 0 { immediate = cursor.signed(operands.immediateSize) }
    guard cursor.position <= code.count else { return nil }
    length = UInt8(truncatingIfNeeded: cursor.position &- offset)
    writes = writtenRegisters(cursor, operands.vexRegister)
  }

  /// What the bytes so far say about those that follow.
  private struct Operands {
    var registerBit, indexBit, baseBit: UInt8
    var hasModRM = false
    var immediateSize = 0
    /// The third register of VEX instructions.
    var vexRegister: UInt8 = 0

    init(_ rex: UInt8) {
      registerBit = (rex >> 2 & 1) << 3
      indexBit = (rex >> 1 & 1) << 3
      baseBit = (rex & 1) << 3
    }
  }

  /// Reads bytes; beyond the end they are 0, and `position` shows it.
  struct Cursor {
    private let code: UnsafeRawBufferPointer
    private(set) var position: Int
    private(set) var hasWordPrefix = false
    private(set) var hasRepeatPrefix = false

    init(_ code: UnsafeRawBufferPointer, at offset: Int) {
      self.code = code
      position = offset
    }

    @inline(__always) mutating func byte() -> UInt8 {
      let byte = position < code.count ? code[position] : 0
      position &+= 1
      return byte
    }

    @inline(__always) private var next: UInt8 { position < code.count ? code[position] : 0 }

    mutating func signed(_ size: Int) -> Int64 {
      var value: UInt64 = 0
      for index in 0..<size { value |= UInt64(byte()) << (8 * UInt64(index)) }
      let shift = Int64(64 - 8 * size)
      return (Int64(bitPattern: value) << shift) >> shift
    }

    mutating func displacement(_ size: Int) -> Int32 { Int32(truncatingIfNeeded: signed(size)) }

    mutating func skip(_ count: Int) { position &+= count }

    /// The REX prefix, or 0; nil where there are more prefixes than an instruction has bytes.
    mutating func prefixes() -> UInt8? {
      let start = position
      loop: while position < code.count {
        switch next {
        case 0x66: hasWordPrefix = true
        case 0xf3: hasRepeatPrefix = true
        case 0xf2, 0xf0, 0x2e, 0x36, 0x3e, 0x26, 0x64, 0x65, 0x67: break
        default: break loop
        }
        position &+= 1
        if position &- start > 14 { return nil }
      }
      guard position < code.count else { return nil }
      return next & 0xf0 == 0x40 ? byte() : 0
    }
  }
}

// MARK: - Opcodes

extension X86Instruction {
  private mutating func oneByteOpcode(_ byte: UInt8, _ cursor: Cursor, _ operands: inout Operands) {
    opcode = UInt32(byte)
    let word = cursor.hasWordPrefix ? 2 : 4
    switch byte {
    case 0x00..<0x40:
      operands.hasModRM = byte & 7 < 4
      operands.immediateSize = byte & 7 == 4 ? 1 : byte & 7 == 5 ? word : 0
    case 0x63, 0x84...0x8f, 0xd0...0xd3, 0xd8...0xdf, 0xf6, 0xf7, 0xfe, 0xff:
      operands.hasModRM = true
    case 0x69, 0x81, 0xc7:
      operands.hasModRM = true
      operands.immediateSize = word
    case 0x6b, 0x80, 0x82, 0x83, 0xc0, 0xc1, 0xc6:
      operands.hasModRM = true
      operands.immediateSize = 1
    case 0xe8, 0xe9: operands.immediateSize = 4
    case 0x6a, 0x70...0x7f, 0xa8, 0xcd, 0xd4, 0xd5, 0xe0...0xe7, 0xeb: operands.immediateSize = 1
    case 0x68, 0xa9: operands.immediateSize = word
    case 0xb0...0xb7: operands.immediateSize = 1
    case 0xb8...0xbf: operands.immediateSize = isWide ? 8 : word
    case 0xc2, 0xca: operands.immediateSize = 2
    case 0xc8: operands.immediateSize = 3
    case 0xa0...0xa3: operands.immediateSize = 8
    default: break
    }
    rm = byte & 7 | operands.baseBit
  }

  private mutating func twoByteOpcode(_ cursor: inout Cursor, _ operands: inout Operands) {
    let second = cursor.byte()
    switch second {
    case 0x38:
      opcode = 0x0f3800 | UInt32(cursor.byte())
      operands.hasModRM = true
    case 0x3a:
      opcode = 0x0f3a00 | UInt32(cursor.byte())
      operands.hasModRM = true
      operands.immediateSize = 1
    default:
      opcode = 0x0f00 | UInt32(second)
      operands.hasModRM = Self.hasModRM(second)
      operands.immediateSize =
        switch second {
        case 0x80...0x8f: 4
        case _ where Self.hasByteImmediate(second): 1
        default: 0
        }
    }
    rm = second & 7 | operands.baseBit
  }

  private static func hasModRM(_ second: UInt8) -> Bool {
    switch second {
    case 0x05...0x09, 0x0b, 0x0e, 0x30...0x35, 0x37, 0x77, 0x80...0x8f, 0xa0...0xa2, 0xa8...0xaa,
      0xc8...0xcf:
      false
    default: true
    }
  }

  private static func hasByteImmediate(_ second: UInt8) -> Bool {
    switch second {
    case 0x70...0x73, 0xa4, 0xac, 0xba, 0xc2, 0xc4...0xc6: true
    default: false
    }
  }

  private mutating func vexOpcode(
    _ first: UInt8, _ cursor: inout Cursor, _ operands: inout Operands
  ) {
    let second = cursor.byte()
    operands = Operands(0)
    operands.registerBit = (~second >> 7 & 1) << 3
    var map: UInt8 = 1
    var third = second
    if first == 0xc4 {
      operands.indexBit = (~second >> 6 & 1) << 3
      operands.baseBit = (~second >> 5 & 1) << 3
      map = second & 31
      third = cursor.byte()
    }
    operands.vexRegister = ~third >> 3 & 15
    vectorOpcode(Self.vex, map, &cursor, &operands)
  }

  private mutating func evexOpcode(_ cursor: inout Cursor, _ operands: inout Operands) {
    let second = cursor.byte()
    operands = Operands(0)
    operands.registerBit = (~second >> 7 & 1) << 3
    operands.indexBit = (~second >> 6 & 1) << 3
    operands.baseBit = (~second >> 5 & 1) << 3
    cursor.skip(2)
    vectorOpcode(Self.evex, second & 7, &cursor, &operands)
  }

  private mutating func vectorOpcode(
    _ form: UInt32, _ map: UInt8, _ cursor: inout Cursor, _ operands: inout Operands
  ) {
    let byte = cursor.byte()
    opcode = form | UInt32(map) << 8 | UInt32(byte)
    let clearsUpperHalves = form == Self.vex && map == 1 && byte == 0x77
    operands.hasModRM = !clearsUpperHalves
    if map == 3 || (map == 1 && Self.hasByteImmediate(byte)) { operands.immediateSize = 1 }
  }

  private mutating func modRM(_ cursor: inout Cursor, _ operands: inout Operands) {
    let byte = cursor.byte()
    mode = byte >> 6
    register = byte >> 3 & 7 | operands.registerBit
    let operand = byte & 7
    if opcode == 0xf6 || opcode == 0xf7, byte >> 3 & 7 < 2 {
      operands.immediateSize = opcode == 0xf6 ? 1 : cursor.hasWordPrefix ? 2 : 4
    }
    guard mode != 3 else {
      rm = operand | operands.baseBit
      return
    }
    rm = Self.none
    if operand == 4 {
      let scaled = cursor.byte()
      let number = scaled >> 3 & 7 | operands.indexBit
      index = number == 4 ? Self.none : number
      if scaled & 7 == 5, mode == 0 {
        displacement = cursor.displacement(4)
      } else {
        base = scaled & 7 | operands.baseBit
      }
    } else if operand == 5, mode == 0 {
      base = Self.instructionPointer
      displacement = cursor.displacement(4)
    } else {
      base = operand | operands.baseBit
    }
    if mode == 1 { displacement = cursor.displacement(1) }
    if mode == 2 { displacement = cursor.displacement(4) }
  }
}
