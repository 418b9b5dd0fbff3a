extension ELFFormat {
  /// The file ranges of RELA tables: by section, or by PT_DYNAMIC where there are no sections.
  static func relocationTables(
    _ sections: [SectionHeader], _ headers: [ProgramHeader], _ bytes: ImageBytes
  ) -> [Range<Int>] {
    if !sections.isEmpty {
      return sections.filter { $0.type == 4 }
        .map { $0.section.fileOffset..<$0.section.fileOffset + $0.section.size }
    }
    return headers.filter { $0.kind == .dynamic }.prefix(1)
      .compactMap { dynamicRelocations($0, headers, bytes) }
  }

  static func dynamicRelocations(
    _ dynamic: ProgramHeader, _ headers: [ProgramHeader], _ bytes: ImageBytes
  ) -> Range<Int>? {
    guard let start = Int(exactly: dynamic.offset) else { return nil }
    var table: UInt64?
    var size: Int?
    for entry in 0..<min(dynamic.fileSize / 16, 1024) {
      let offset = start &+ Int(entry) &* 16
      guard let tag = bytes.u64(at: offset), let value = bytes.u64(at: offset &+ 8), tag != 0
      else { break }
      if tag == 7 { table = value }
      if tag == 8 { size = Int(exactly: value) }
    }
    guard let table, let size,
      let home = headers.first(where: {
        $0.kind == .load && table >= $0.address && table - $0.address < $0.fileSize
      }),
      let offset = Int(exactly: table - home.address + home.offset),
      bytes.slice(at: offset, count: size) != nil
    else { return nil }
    return offset..<offset + size
  }

  /// Takes the RELATIVE entries: no more than the file can hold, however often tables overlap.
  static func collect(
    _ tables: [Range<Int>], of architecture: Architecture, in bytes: ImageBytes,
    into relocations: inout Relocations
  ) {
    let relative: UInt32 =
      switch architecture {
      case .amd64: 8  // R_X86_64_RELATIVE
      case .arm64: 1027  // R_AARCH64_RELATIVE
      }
    var remaining = bytes.count / 24
    for table in tables {
      for offset in stride(from: table.lowerBound, through: table.upperBound - 24, by: 24) {
        guard remaining > 0 else { break }
        remaining -= 1
        guard bytes.u32(at: offset + 8) == relative, let address = bytes.u64(at: offset),
          let target = bytes.u64(at: offset + 16)
        else { continue }
        relocations.append(address: address, target: target)
      }
    }
    relocations.sort()
  }
}
