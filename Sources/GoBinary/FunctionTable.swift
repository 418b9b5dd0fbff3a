/// The functions of a Go program by address, read from its pclntab as they are asked for.
///
/// Go writes the table for its own tracebacks, so it is there in stripped programs too.
public struct FunctionTable: Sendable {
  /// A function and the addresses of its code.
  public struct Function: Hashable, Sendable {
    /// Its row in the table.
    public let index: Int
    public let addresses: Range<UInt64>
    /// The file offset of its entry in the table.
    let record: Int

    /// Where its code starts.
    public var entry: UInt64 { addresses.lowerBound }
  }

  let image: BinaryImage
  let header: Header
  /// The address of the first function.
  let text: UInt64
  /// Where the inline trees are counted from.
  let functionData: UInt64

  /// The number of functions.
  public var count: Int { header.functionCount }

  init(image: BinaryImage, header: Header, module: ModuleData) {
    self.image = image
    self.header = header
    text = module.text.lowerBound
    functionData = module.functionData
  }

  /// The function whose code holds `address`.
  ///
  /// - Complexity: O(log *n*)
  public func function(at address: UInt64) -> Function? {
    guard address >= text, let distance = UInt32(exactly: address &- text) else { return nil }
    var low = 0
    var high = count
    // The first row that starts after `address`.
    while low < high {
      let middle = (low &+ high) / 2
      guard let entry = entry(middle) else { return nil }
      if entry > distance { high = middle } else { low = middle &+ 1 }
    }
    return low > 0 ? function(at: low &- 1, holding: distance) : nil
  }

  /// The functions in the order of their code.
  public var all: some Sequence<Function> {
    (0..<count).lazy.compactMap { function(at: $0, holding: nil) }
  }

  private func function(at index: Int, holding distance: UInt32?) -> Function? {
    guard let start = entry(index), let end = entry(index &+ 1), start < end,
      let record = image.bytes.u32(at: header.functions &+ index &* 8 &+ 4)
    else { return nil }
    if let distance, !(start..<end).contains(distance) { return nil }
    return Function(
      index: index, addresses: text &+ UInt64(start)..<text &+ UInt64(end),
      record: header.functions &+ Int(record))
  }

  /// The distance from `text` to the code of a row; row `count` is the end of the last one.
  @inline(__always)
  private func entry(_ index: Int) -> UInt32? {
    image.bytes.u32(at: header.functions &+ index &* 8)
  }

  /// The function's full name, such as `net/http.(*conn).serve`.
  public func name(of function: Function) -> String {
    image.bytes.i32(at: function.record &+ 4).flatMap { name(at: $0) } ?? ""
  }

  /// Whether this is the function's name; costs less than asking for it.
  func isNamed(_ function: Function, _ name: StaticString) -> Bool {
    guard let offset = image.bytes.i32(at: function.record &+ 4), offset >= 0 else { return false }
    let start = header.names &+ Int(offset)
    return image.bytes.matches(name, at: start)
      && image.bytes.byte(at: start &+ name.utf8CodeUnitCount) == 0
  }

  /// Whether the function's name starts so.
  func hasPrefix(_ prefix: StaticString, _ function: Function) -> Bool {
    guard let offset = image.bytes.i32(at: function.record &+ 4), offset >= 0 else { return false }
    return image.bytes.matches(prefix, at: header.names &+ Int(offset))
  }

  func name(at offset: Int32) -> String? {
    guard offset >= 0 else { return nil }
    return image.bytes.cString(at: header.names &+ Int(offset))
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

extension FunctionTable {
  /// Where the parts of a pclntab lie in the file.
  struct Header: Sendable {
    /// The address of the table, which the module data points at.
    let address: UInt64
    let layout: Layout
    /// Bytes of the shortest instruction, in which distances are counted.
    let quantum: UInt64
    let functionCount: Int
    let fileCount: Int
    /// File offsets.
    let names, units, files, values, functions: Int
    /// The distance from the table to its names, which the module data repeats.
    let namesDistance: UInt64

    /// The forms of the table that we read.
    enum Layout: UInt32 {
      case go118 = 0xffff_fff0
      case go120 = 0xffff_fff1

      /// The bytes of a function's record before its tables.
      var recordSize: Int { self == .go118 ? 40 : 44 }
    }
  }
}

extension FunctionTable.Header {
  /// - Returns: nil where there is no table of a known form at `offset`.
  init?(_ image: BinaryImage, at offset: Int) {
    let bytes = image.bytes
    guard let magic = bytes.u32(at: offset), let layout = Layout(rawValue: magic),
      bytes.u16(at: offset + 4) == 0, let quantum = bytes.byte(at: offset + 6),
      [1, 2, 4].contains(quantum), bytes.byte(at: offset + 7) == 8,
      let address = image.address(ofFileOffset: UInt64(offset)),
      let functionCount = bytes.int(at: offset + 8), 0 < functionCount, functionCount < 1 << 24,
      let fileCount = bytes.int(at: offset + 16), fileCount < 1 << 24
    else { return nil }
    // Names, units, files, values and functions, from byte 32 on.
    var parts: [Int] = []
    for index in 0..<5 {
      guard let distance = bytes.int(at: offset + 32 + index * 8), distance >= 0,
        distance <= bytes.count - offset
      else { return nil }
      parts.append(offset + distance)
    }
    guard bytes.slice(at: parts[4], count: functionCount * 8 + 4) != nil else { return nil }
    self.init(
      address: address, layout: layout, quantum: UInt64(quantum), functionCount: functionCount,
      fileCount: fileCount, names: parts[0], units: parts[1], files: parts[2], values: parts[3],
      functions: parts[4], namesDistance: UInt64(parts[0] - offset))
  }

  /// Candidates for the table, the one that the file names first.
  ///
  /// - Complexity: O(1) where the section is named, else O(*n*) in the file's size.
  static func all(in image: BinaryImage) throws(GoBinaryError) -> [Self] {
    for name in [".gopclntab", ".data.rel.ro.gopclntab", "__gopclntab"] {
      guard let section = image.section(named: name) else { continue }
      if let header = Self(image, at: section.fileOffset) { return [header] }
      throw .unsupportedFunctionTable(magic: image.bytes.u32(at: section.fileOffset) ?? 0)
    }
    var found: [Self] = []
    for offset in stride(from: 0, to: image.bytes.count &- 64, by: 8) {
      guard let word = image.bytes.u32(at: offset), word >= 0xffff_fff0,
        let header = Self(image, at: offset)
      else { continue }
      found.append(header)
      if found.count == 16 { break }
    }
    guard !found.isEmpty else { throw .noFunctionTable }
    return found
  }
}
