extension ELFFormat {
  struct SectionHeader {
    var section: BinaryImage.Section
    var type: UInt32
  }

  /// The sections that lie in the file; none where the file has no section headers.
  static func sectionHeaders(
    _ bytes: ImageBytes
  ) throws(GoBinaryError) -> [SectionHeader] {
    guard let start = bytes.int(at: 40), let size = bytes.u16(at: 58),
      let count = bytes.u16(at: 60),
      let namesIndex = bytes.u16(at: 62), start > 0, count > 0
    else { return [] }
    let (length, overflow) = Int(count).multipliedReportingOverflow(by: Int(size))
    guard size >= 64, !overflow, bytes.slice(at: start, count: length) != nil else {
      throw .outOfBounds(part: "section headers", offset: UInt64(clamping: start))
    }
    guard namesIndex < count,
      let names = bytes.int(at: start + Int(namesIndex) * Int(size) + 24)
    else { return [] }
    var sections: [SectionHeader] = []
    for index in 0..<Int(count) {
      let header = start + index * Int(size)
      guard let name = bytes.u32(at: header), let type = bytes.u32(at: header + 4),
        let address = bytes.u64(at: header + 16), let offset = bytes.int(at: header + 24),
        let size = bytes.int(at: header + 32), type != 0, type != 8,
        bytes.slice(at: offset, count: size) != nil,
        let text = bytes.cString(at: names &+ Int(name), limit: 64)
      else { continue }
      sections.append(
        SectionHeader(
          section: BinaryImage.Section(
            name: String(decoding: text, as: UTF8.self), address: address, fileOffset: offset,
            size: size),
          type: type))
    }
    return sections
  }

  static func sealedRanges(
    _ headers: [ProgramHeader], _ sections: [SectionHeader]
  ) -> [Range<UInt64>] {
    let prefixes = [".data.rel.ro", ".typelink", ".go.type", ".rodata"]
    let named = sections.lazy.map(\.section).filter { section in
      prefixes.contains { section.name.hasPrefix($0) }
    }
    .map { ($0.address, UInt64($0.size)) }
    let sealed = headers.lazy.filter { $0.kind == .readOnlyAfterRelocation }
      .map { ($0.address, $0.memorySize) }
    return (Array(sealed) + Array(named)).prefix(BinaryImage.sealedRangeLimit)
      .compactMap { address, size in
        let (end, overflow) = address.addingReportingOverflow(size)
        return overflow ? nil : address..<end
      }
  }
}
