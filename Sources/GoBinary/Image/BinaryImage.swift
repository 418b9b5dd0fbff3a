/// The instruction sets of the executables that we read.
public enum Architecture: String, CaseIterable, Sendable {
  case amd64
  case arm64
}

/// An executable as it will lie in memory: addresses to bytes, whatever container they come from.
public struct BinaryImage: Sendable {
  /// A stretch of the file that is mapped to memory.
  public struct Segment: Hashable, Sendable {
    public var address: UInt64
    public var memorySize: UInt64
    public var fileOffset: Int
    public var fileSize: Int
    public var isExecutable: Bool
    public var isWritable: Bool
  }

  /// A named stretch of the file, as far as the file still has names.
  public struct Section: Hashable, Sendable {
    public var name: String
    public var address: UInt64
    public var fileOffset: Int
    public var size: Int
  }

  /// What the linkers call this build, as far as they do.
  public struct BuildID: Hashable, Sendable {
    /// NT_GNU_BUILD_ID or LC_UUID in hexadecimal digits: what profiles' mappings hold.
    public var linker: String?
    /// The Go build id, which `go tool buildid` prints.
    public var go: String?

    public init(linker: String? = nil, go: String? = nil) {
      self.linker = linker
      self.go = go
    }
  }

  public let bytes: ImageBytes
  public let architecture: Architecture
  /// Whether the loader may choose where the image lies, as for PIE.
  public let isPositionIndependent: Bool
  /// Those that are loaded, in the file's order.
  public let segments: [Segment]
  public let sections: [Section]
  public let buildID: BuildID
  let relocations: Relocations
  /// Writable for the loader only, besides what segments say.
  private let sealedRanges: [Range<UInt64>]

  init(
    bytes: ImageBytes, architecture: Architecture, isPositionIndependent: Bool,
    segments: [Segment], sections: [Section], buildID: BuildID, relocations: Relocations,
    sealedRanges: [Range<UInt64>]
  ) {
    self.bytes = bytes
    self.architecture = architecture
    self.isPositionIndependent = isPositionIndependent
    self.segments = segments
    self.sections = sections
    self.buildID = buildID
    self.relocations = relocations
    self.sealedRanges = sealedRanges
  }

  /// More loaded segments than this are taken for an attack on the time that each lookup takes.
  static let segmentLimit = 128
  /// Sealed ranges beyond this many are not remembered.
  static let sealedRangeLimit = 64
}

extension BinaryImage {
  /// The first section of this name.
  public func section(named name: String) -> Section? { sections.first { $0.name == name } }

  /// Where in the file the byte at `address` lies; nil where the file has no byte for it.
  @inline(__always)
  public func fileOffset(of address: UInt64) -> Int? {
    for segment in segments where address >= segment.address {
      let distance = address &- segment.address
      if distance < UInt64(segment.fileSize) { return segment.fileOffset &+ Int(distance) }
    }
    return nil
  }

  /// The address at which the byte at `offset` of the file is loaded.
  public func address(ofFileOffset offset: UInt64, executable: Bool = false) -> UInt64? {
    for segment in segments where segment.isExecutable || !executable {
      let start = UInt64(segment.fileOffset)
      guard offset >= start, offset &- start < UInt64(segment.fileSize) else { continue }
      return segment.address &+ (offset &- start)
    }
    return nil
  }

  /// The file's address for one in a process that mapped it, as a profile's locations hold.
  ///
  /// - Parameters:
  ///   - start: the address at which the process mapped the code (`Mapping.memory_start`).
  ///   - offset: of the mapped bytes in the file (`Mapping.file_offset`).
  public func address(
    ofProcessAddress address: UInt64, mappedFrom start: UInt64, fileOffset offset: UInt64
  ) -> UInt64? {
    guard isPositionIndependent else { return address }
    return self.address(ofFileOffset: address &- start &+ offset, executable: true)
  }

  /// The bytes from `address` on, or nil where the file does not have them all in one piece.
  func read(_ address: UInt64, count: Int) -> UnsafeRawBufferPointer? {
    fileOffset(of: address).flatMap { bytes.slice(at: $0, count: count) }
  }

  /// The number at `address`, as it is in the file.
  func u32(at address: UInt64) -> UInt32? { fileOffset(of: address).flatMap(bytes.u32(at:)) }

  /// The pointer (or number) at `address`, as it is once the image is loaded.
  func pointer(at address: UInt64) -> UInt64? {
    if !relocations.isEmpty, let target = relocations.target(at: address) { return target }
    return fileOffset(of: address).flatMap(bytes.u64(at:))
  }

  /// Whether the program cannot change what is at `address`: read-only, or sealed by the loader.
  func isConstant(_ address: UInt64) -> Bool {
    for segment in segments where !segment.isWritable && address >= segment.address {
      if address &- segment.address < segment.memorySize { return true }
    }
    return sealedRanges.contains { $0.contains(address) }
  }
}
