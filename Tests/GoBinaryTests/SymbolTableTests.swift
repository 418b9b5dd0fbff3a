import Testing

@testable import GoBinary

@Suite struct SymbolTableTests {
  /// An image of names and rows: the name's offset, the kind, the section, the address, the size.
  private func image(
    _ names: String, _ rows: [(name: UInt32, kind: UInt8, section: UInt16, UInt64, UInt64)],
    cut: Int = 0
  ) -> BinaryImage {
    var bytes = Array(names.utf8)
    let start = bytes.count
    func append(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
    for row in rows {
      append(row.name)
      append(row.kind)
      append(UInt8(0))
      append(row.section)
      append(row.3)
      append(row.4)
    }
    let size = bytes.count - start
    bytes.removeLast(cut)
    return BinaryImage(
      bytes: ImageBytes(copying: bytes), architecture: .amd64, isPositionIndependent: false,
      segments: [],
      sections: [
        .init(name: ".symtab", address: 0, fileOffset: start, size: size),
        .init(name: ".strtab", address: 0, fileOffset: 0, size: start),
      ], buildID: .init(), relocations: Relocations(), sealedRanges: [])
  }

  private let names = "\0main\0data\0tail\0"

  @Test func `a function is found by any address in it`() throws {
    let table = try #require(
      SymbolTable(
        image(
          names,
          [(6, 1, 1, 0x1008, 8), (11, 0x12, 1, 0x2000, 0x10), (1, 0x12, 1, 0x1000, 0x20)])))
    #expect(table.function(at: 0xFFF) == nil)
    #expect(table.function(at: 0x1000) == "main")
    #expect(table.function(at: 0x101F) == "main")
    #expect(table.function(at: 0x1020) == nil)
    #expect(table.function(at: 0x200F) == "tail")
    #expect(table.function(at: .max) == nil)
  }

  @Test func `one without a size reaches to the next`() throws {
    let table = try #require(
      SymbolTable(image(names, [(1, 2, 1, 0x1000, 0), (11, 2, 1, 0x2000, 0)])))
    #expect(table.function(at: 0x1FFF) == "main")
    #expect(table.function(at: 0x2000) == nil)
  }

  @Test func `what the file does not hold is no function`() {
    // Names out of bounds, functions of other files, a table that was cut off.
    #expect(SymbolTable(image(names, [(900, 2, 1, 0x1000, 8), (1, 2, 0, 0x1000, 8)])) == nil)
    #expect(SymbolTable(image(names, [(1, 2, 1, 0x1000, 8)], cut: 4)) == nil)
    #expect(SymbolTable(image(names, [])) == nil)
  }
}
