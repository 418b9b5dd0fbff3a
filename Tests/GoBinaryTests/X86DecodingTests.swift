import TestSupport
import Testing

@testable import GoBinary

@Suite struct X86DecodingTests {
  private func decode(_ bytes: [UInt8]) -> X86Instruction? {
    bytes.withUnsafeBytes { X86Instruction($0, at: 0) }
  }

  @Test(
    arguments: [
      ([0x90], "NOP"),
      ([0x55], "PUSHQ BP"),
      ([0xe8, 1, 2, 3, 4], "CALL"),
      ([0x48, 0x8d, 0x05, 1, 2, 3, 4], "LEAQ x(IP), AX"),
      ([0x48, 0x8b, 0x44, 0x24, 0x10], "MOVQ 16(SP), AX"),
      ([0x48, 0x8b, 0x84, 0x24, 1, 2, 3, 4], "MOVQ x(SP), AX"),
      ([0x48, 0xb8, 1, 2, 3, 4, 5, 6, 7, 8], "MOVQ $x, AX"),
      ([0xb8, 1, 2, 3, 4], "MOVL $x, AX"),
      ([0x66, 0xb8, 1, 2], "MOVW $x, AX"),
      ([0xf6, 0xc1, 1], "TESTB $1, CX"),
      ([0xf7, 0xc1, 1, 0, 0, 0], "TESTL $1, CX"),
      ([0x66, 0xf7, 0xc1, 1, 0], "TESTW $1, CX"),
      ([0xf7, 0xd9], "NEGL CX"),
      ([0x0f, 0x1f, 0x44, 0, 0], "NOPL"),
      ([0x66, 0x2e, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0], "NOPW"),
      ([0x0f, 0x84, 1, 2, 3, 4], "JEQ"),
      ([0xf3, 0x0f, 0x6f, 0x04, 0x24], "MOVOU (SP), X0"),
      ([0x66, 0x0f, 0x3a, 0x0f, 0xc1, 8], "PALIGNR $8, X1, X0"),
      ([0x66, 0x0f, 0x38, 0x00, 0xc1], "PSHUFB X1, X0"),
      ([0xc5, 0xf8, 0x77], "VZEROUPPER"),
      ([0xc4, 0xe2, 0xf1, 0xb9, 0xc2], "VFMADD231SD X2, X1, X0"),
      ([0xc4, 0xe3, 0x7d, 0x39, 0xc1, 1], "VEXTRACTI128 $1, Y0, X1"),
      ([0x62, 0xf1, 0x7c, 0x48, 0x10, 0x44, 0x24, 1], "VMOVUPS 64(SP), Z0"),
      ([0xff, 0x14, 0x25, 1, 2, 3, 4], "CALL *x"),
      ([0x4b, 0x8d, 0x04, 0x6d, 1, 2, 3, 4], "LEAQ x(R13*2), AX"),
      ([0x48, 0x69, 0xc0, 1, 2, 3, 4], "IMULQ $x, AX"),
    ] as [([UInt8], String)])
  func `an instruction has its length`(bytes: [UInt8], name: String) {
    #expect(decode(bytes)?.length == UInt8(bytes.count), "\(name)")
    #expect(decode(bytes + [0xcc, 0xcc])?.length == UInt8(bytes.count), "\(name)")
    #expect(decode(bytes.dropLast()) == nil, "\(name)")
  }

  @Test(
    arguments: [
      ([0x48, 0x89, 0xc3], [3]),  // MOVQ AX, BX
      ([0x4c, 0x8b, 0xc8], [9]),  // MOVQ AX, R9
      ([0x48, 0x89, 0x03], []),  // MOVQ AX, (BX)
      ([0x48, 0x39, 0xc3], []),  // CMPQ BX, AX
      ([0x48, 0x83, 0xf8, 1], []),  // CMPQ AX, $1
      ([0x48, 0x83, 0xc0, 1], [0]),  // ADDQ $1, AX
      ([0x41, 0x58], [8]),  // POPQ R8
      ([0x48, 0xf7, 0xe1], [0, 2]),  // MULQ CX
      ([0x48, 0x87, 0xd1], [1, 2]),  // XCHGQ DX, CX
      ([0x0f, 0x94, 0xc1], [1]),  // SETEQ CX
      ([0x48, 0x0f, 0x44, 0xc8], [1]),  // CMOVQEQ AX, CX
      ([0x48, 0x0f, 0xba, 0xe6, 3], []),  // BTQ $3, SI
      ([0x48, 0x0f, 0xba, 0xee, 3], [6]),  // BTSQ $3, SI
      ([0x66, 0x48, 0x0f, 0x7e, 0xc0], [0]),  // MOVQ X0, AX
      ([0x66, 0x48, 0x0f, 0x6e, 0xc0], []),  // MOVQ AX, X0
      ([0xc4, 0xe2, 0xf8, 0xf3, 0xc9], [0, 1]),  // BLSRQ CX, AX
      ([0x48, 0x0f, 0xc9], [1]),  // BSWAPQ CX
      ([0xf3, 0x48, 0xab], [1, 6, 7]),  // REP STOSQ
    ] as [([UInt8], [UInt8])])
  func `an instruction writes its registers`(bytes: [UInt8], registers: [UInt8]) {
    let writes = decode(bytes)?.writes
    #expect(writes == registers.reduce(0) { $0 | 1 << UInt32($1) })
  }

  @Test func `prefixes without end are no instruction`() {
    #expect(decode(Array(repeating: 0x66, count: 64)) == nil)
    #expect(decode([]) == nil)
  }

  @Test func `any bytes decode to something short or to nothing`() {
    var random = SplitMix(state: 1)
    for _ in 0..<20_000 {
      let bytes = (0..<20).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      if let instruction = decode(bytes) { #expect((1...20).contains(instruction.length)) }
    }
  }
}
