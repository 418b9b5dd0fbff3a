/// Mach-O, 64 bits: macOS. One architecture a file: universal binaries are to be thinned first.
public enum MachOFormat: BinaryFormat {
  public static let name = "Mach-O"

  public static func recognizes(_ bytes: ImageBytes) -> Bool {
    bytes.u32(at: 0).map { [thin, universal, bigEndian, narrow].contains($0) } ?? false
  }

  public static func read(_ bytes: ImageBytes) throws(GoBinaryError) -> BinaryImage {
    guard let magic = bytes.u32(at: 0), let machine = bytes.u32(at: 4),
      let kind = bytes.u32(at: 12),
      let count = bytes.u32(at: 16), let flags = bytes.u32(at: 24)
    else { throw .outOfBounds(part: "Mach-O header", offset: 0) }
    guard magic == thin else {
      throw .unsupportedContainer(magic == universal ? "universal Mach-O" : "32-bit Mach-O")
    }
    guard kind == 2 else {
      throw .unsupportedContainer("Mach-O type \(kind)")
    }
    var commands = Commands()
    try commands.read(bytes, count: count)
    guard !commands.segments.isEmpty else {
      throw .outOfBounds(part: "load commands", offset: 32)
    }
    var relocations = Relocations()
    MachOFixups.collect(commands, bytes, into: &relocations)
    let code = commands.sections.first { $0.name == "__text" }
    return BinaryImage(
      bytes: bytes, architecture: try architecture(ofMachine: machine),
      isPositionIndependent: flags & 0x20_0000 != 0, segments: commands.segments,
      sections: commands.sections,
      buildID: .init(linker: commands.uuid, go: code.flatMap { goBuildID(in: $0, bytes) }),
      relocations: relocations, sealedRanges: commands.sealedRanges)
  }

  private static let thin: UInt32 = 0xfeed_facf
  private static let narrow: UInt32 = 0xfeed_face
  private static let bigEndian: UInt32 = 0xcffa_edfe
  private static let universal: UInt32 = 0xbeba_feca

  private static func architecture(
    ofMachine machine: UInt32
  ) throws(GoBinaryError) -> Architecture {
    switch machine {
    case 0x0100_0007: return .amd64
    case 0x0100_000c: return .arm64
    default: throw .unsupportedContainer("Mach-O CPU type \(machine)")
    }
  }

  /// The id that the Go linker puts at the start of the code, where there are no notes.
  private static func goBuildID(in code: BinaryImage.Section, _ bytes: ImageBytes) -> String? {
    let mark: StaticString = " Go build ID: \""
    for offset in stride(from: code.fileOffset, to: code.fileOffset + min(code.size, 4096), by: 4) {
      guard bytes.byte(at: offset) == 0xff, bytes.matches(mark, at: offset + 1)
      else { continue }
      let start = offset + 1 + mark.utf8CodeUnitCount
      guard let end = (start..<start + 256).first(where: { bytes.byte(at: $0) == 0x22 })
      else { return nil }
      return bytes.slice(at: start, count: end - start).map { String(decoding: $0, as: UTF8.self) }
    }
    return nil
  }
}

extension MachOFormat {
  /// What the load commands say.
  struct Commands {
    var segments: [BinaryImage.Segment] = []
    var sections: [BinaryImage.Section] = []
    var sealedRanges: [Range<UInt64>] = []
    var uuid: String?
    /// The file offset of the chained fixups, where Apple's linker wrote the file.
    var chainedFixups: Int?

    mutating func read(_ bytes: ImageBytes, count: UInt32) throws(GoBinaryError) {
      var offset = 32
      for _ in 0..<min(count, 4096) {
        guard let command = bytes.u32(at: offset), let size = bytes.u32(at: offset + 4), size >= 8,
          bytes.slice(at: offset, count: Int(size)) != nil
        else { throw .outOfBounds(part: "load command", offset: UInt64(offset)) }
        switch command {
        case 0x19: try readSegment(bytes, at: offset, size: Int(size))
        case 0x1b:
          uuid = bytes.slice(at: offset + 8, count: 16)
            .map { $0.map { hexadecimal($0) }.joined() }
        case 0x8000_0034: chainedFixups = bytes.u32(at: offset + 8).map(Int.init)
        default: break
        }
        offset += Int(size)
      }
    }

    private mutating func readSegment(
      _ bytes: ImageBytes, at offset: Int, size: Int
    ) throws(GoBinaryError) {
      guard size >= 72, let address = bytes.u64(at: offset + 24),
        let memorySize = bytes.u64(at: offset + 32), let fileOffset = bytes.int(at: offset + 40),
        let fileSize = bytes.int(at: offset + 48), let protection = bytes.u32(at: offset + 60),
        let count = bytes.u32(at: offset + 64), let flags = bytes.u32(at: offset + 68)
      else { throw .outOfBounds(part: "segment command", offset: UInt64(offset)) }
      // Nobody may touch what has no protection bits: __PAGEZERO and debugging information.
      guard protection != 0 else { return }
      guard bytes.slice(at: fileOffset, count: fileSize) != nil,
        segments.count < BinaryImage.segmentLimit
      else { throw .outOfBounds(part: "segment", offset: UInt64(fileOffset)) }
      segments.append(
        BinaryImage.Segment(
          address: address, memorySize: memorySize, fileOffset: fileOffset, fileSize: fileSize,
          isExecutable: protection & 4 != 0, isWritable: protection & 2 != 0))
      if flags & 0x10 != 0 { seal(address, memorySize) }
      for index in 0..<min(Int(count), (size - 72) / 80) {
        readSection(bytes, at: offset + 72 + index * 80)
      }
    }

    private mutating func readSection(_ bytes: ImageBytes, at offset: Int) {
      guard sections.count < 1024, let name = bytes.slice(at: offset, count: 16),
        let address = bytes.u64(at: offset + 32), let size = bytes.int(at: offset + 40),
        let fileOffset = bytes.u32(at: offset + 48), fileOffset > 0,
        bytes.slice(at: Int(fileOffset), count: size) != nil
      else { return }
      let text = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
      sections.append(
        BinaryImage.Section(
          name: text, address: address, fileOffset: Int(fileOffset), size: size))
      let isSealed = ["__rodata", "__typelink", "__go_type"].contains { text.hasPrefix($0) }
      if isSealed { seal(address, UInt64(size)) }
    }

    private mutating func seal(_ address: UInt64, _ size: UInt64) {
      let (end, overflow) = address.addingReportingOverflow(size)
      guard !overflow, sealedRanges.count < BinaryImage.sealedRangeLimit else { return }
      sealedRanges.append(address..<end)
    }
  }
}
