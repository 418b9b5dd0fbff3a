/// The runtime's description of the program: where its code, types and constants lie.
struct ModuleData: Sendable {
  let text: Range<UInt64>
  let types: Range<UInt64>
  /// What the functions' data (`FUNCDATA`) are counted from.
  let functionData: UInt64

  /// - Throws: `.noModuleData`, `.inconsistentModuleData`.
  /// - Complexity: O(1) from Go 1.26 on where sections are named, else O(*n*) in the data segments.
  init(_ image: BinaryImage, _ header: FunctionTable.Header) throws(GoBinaryError) {
    guard let address = Self.address(image, header) else { throw .noModuleData }
    // A `runtime.moduledata` by words; their order has changed twice.
    func word(_ index: UInt64) -> UInt64 { image.pointer(at: address &+ 8 &* index) ?? 0 }
    let text = (word(22), word(23))
    let types: (UInt64, UInt64)
    switch header.layout {
    case .go118:
      types = (word(35), word(36))
      functionData = word(38)
    case .go120 where word(38) >= word(37):
      types = (word(37), word(38))
      functionData = word(40)
    case .go120:
      // From Go 1.27 on word 38 is a length.
      types = (word(37), word(39))
      functionData = word(43)
    }
    guard text.0 < text.1, types.0 < types.1 else { throw .inconsistentModuleData }
    self.text = text.0..<text.1
    self.types = types.0..<types.1
  }

  /// Found by its first two words: the addresses of the function table and of that table's names.
  private static func address(_ image: BinaryImage, _ header: FunctionTable.Header) -> UInt64? {
    let first = header.address
    let second = header.address &+ header.namesDistance
    func isModule(_ address: UInt64) -> Bool {
      image.pointer(at: address) == first && image.pointer(at: address &+ 8) == second
    }
    for name in [".go.module", "__go_module"] {
      if let section = image.section(named: name), isModule(section.address) {
        return section.address
      }
    }
    if let found = image.relocations.addresses(holding: first).first(where: isModule) {
      return found
    }
    // Segments may overlap, but are not to be searched over and over.
    var remaining = image.bytes.count / 4
    for segment in image.segments {
      let misaligned = Int(segment.address & 7)
      let start = misaligned == 0 ? 0 : 8 - misaligned
      for offset in stride(from: start, to: segment.fileSize, by: 8) {
        remaining -= 1
        guard remaining > 0 else { return nil }
        guard image.bytes.u64(at: segment.fileOffset &+ offset) == first else { continue }
        let address = segment.address &+ UInt64(offset)
        if isModule(address) { return address }
      }
    }
    return nil
  }
}
