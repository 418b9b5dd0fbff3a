/// ELF, 64 bits, little-endian: Linux, the BSDs, illumos.
///
/// Sections help but need not be there: `sstrip` and some packers remove them.
public enum ELFFormat: BinaryFormat {
  public static let name = "ELF"

  public static func recognizes(_ bytes: ImageBytes) -> Bool { bytes.matches("\u{7f}ELF", at: 0) }

  public static func read(_ bytes: ImageBytes) throws(GoBinaryError) -> BinaryImage {
    guard bytes.byte(at: 4) == 2 else { throw .unsupportedContainer("32-bit ELF") }
    guard bytes.byte(at: 5) == 1 else { throw .unsupportedContainer("big-endian ELF") }
    guard let type = bytes.u16(at: 16), let machine = bytes.u16(at: 18), bytes.count >= 64 else {
      throw .outOfBounds(part: "ELF header", offset: 0)
    }
    let architecture = try architecture(ofMachine: machine)
    guard type == 2 || type == 3 else {
      throw .unsupportedContainer("ELF type \(type)")
    }
    let headers = try programHeaders(bytes)
    let sections = try sectionHeaders(bytes)
    var relocations = Relocations()
    let tables = relocationTables(sections, headers, bytes)
    collect(tables, of: architecture, in: bytes, into: &relocations)
    return BinaryImage(
      bytes: bytes, architecture: architecture, isPositionIndependent: type == 3,
      segments: try segments(headers), sections: sections.map(\.section),
      buildID: buildID(headers, sections, bytes), relocations: relocations,
      sealedRanges: sealedRanges(headers, sections))
  }

  private static func architecture(
    ofMachine machine: UInt16
  ) throws(GoBinaryError) -> Architecture {
    switch machine {
    case 62: return .amd64
    case 183: return .arm64
    default: throw .unsupportedContainer("ELF machine \(machine)")
    }
  }
}

extension ELFFormat {
  struct ProgramHeader {
    enum Kind: UInt32 {
      case load = 1
      case dynamic = 2
      case note = 4
      case readOnlyAfterRelocation = 0x6474_e552
    }

    var kind: Kind
    var flags: UInt32
    var offset, address, fileSize, memorySize: UInt64
  }

  /// The headers of the kinds that we use.
  private static func programHeaders(
    _ bytes: ImageBytes
  ) throws(GoBinaryError) -> [ProgramHeader] {
    guard let start = bytes.int(at: 32), let size = bytes.u16(at: 54), let count = bytes.u16(at: 56)
    else { throw .outOfBounds(part: "ELF header", offset: 0) }
    guard count > 0, size >= 56 else { throw .outOfBounds(part: "program headers", offset: 32) }
    var headers: [ProgramHeader] = []
    var offset = start
    for _ in 0..<count {
      guard let table = bytes.slice(at: offset, count: 56) else {
        throw .outOfBounds(part: "program headers", offset: UInt64(clamping: offset))
      }
      func word(_ at: Int) -> UInt64 {
        UInt64(littleEndian: table.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      }
      offset &+= Int(size)
      guard let kind = ProgramHeader.Kind(rawValue: UInt32(truncatingIfNeeded: word(0)))
      else { continue }
      headers.append(
        ProgramHeader(
          kind: kind, flags: UInt32(truncatingIfNeeded: word(0) >> 32), offset: word(8),
          address: word(16), fileSize: word(32), memorySize: word(40)))
      guard headers.count <= 4 * BinaryImage.segmentLimit else {
        throw .outOfBounds(part: "program headers", offset: UInt64(clamping: offset))
      }
      let header = headers[headers.count - 1]
      guard header.kind != .load || isInside(header, bytes) else {
        throw .outOfBounds(part: "segment", offset: header.offset)
      }
    }
    return headers
  }

  private static func isInside(_ header: ProgramHeader, _ bytes: ImageBytes) -> Bool {
    let count = UInt64(bytes.count)
    return header.offset <= count && header.fileSize <= count - header.offset
  }

  private static func segments(
    _ headers: [ProgramHeader]
  ) throws(GoBinaryError) -> [BinaryImage.Segment] {
    let loaded = headers.filter { $0.kind == .load }
    guard !loaded.isEmpty, loaded.count <= BinaryImage.segmentLimit else {
      throw .outOfBounds(part: "program headers", offset: 32)
    }
    return loaded.map {
      BinaryImage.Segment(
        address: $0.address, memorySize: $0.memorySize, fileOffset: Int($0.offset),
        fileSize: Int($0.fileSize), isExecutable: $0.flags & 1 != 0, isWritable: $0.flags & 2 != 0)
    }
  }
}
