import GoBinary

/// A Go executable made by hand: a file of one segment, with just the tables that are read.
///
/// Its code, types and function names are what a test says; everything else is as Go 1.26 lays it out.
struct GoImage {
  /// A piece of machine code.
  enum Code {
    case bytes([UInt8])
    /// A call of one of the functions.
    case call(String)
    /// The address of a type's description, or of a dictionary, put into a register.
    case address(of: String, register: UInt8)
  }

  struct TypeSpec {
    var name: String
    var kind: GoType.Kind
    var size: UInt64
    var pointerBytes: UInt64 = 0
    var element = ""
  }

  /// What the tables are put in, and how it holds pointers.
  enum Container: CaseIterable {
    case elf
    /// Pointers are zero in the file, and relocations hold them.
    case positionIndependentELF
    case machO
    /// Pointers are threaded into chains.
    case chainedMachO
  }

  var architecture = Architecture.amd64
  var container = Container.elf
  var version = "go1.26.0"
  var functions: [(name: String, code: [Code])] = []
  var types: [TypeSpec] = []
  /// Constant data that generic functions are given: addresses of types.
  var dictionaries: [(name: String, types: [String])] = []

  static let base: UInt64 = 0x40_0000
  private static let textOffset = 0x1000

  /// The file, and the address of the last byte of each call, by the function that makes it.
  struct Built {
    var bytes: [UInt8]
    var calls: [String: [UInt64]]
    var entries: [String: UInt64]
    /// File offsets of the tables.
    var functionTable: Int
    var module: Int
    var types: Int

    var executable: GoExecutable {
      get throws { try GoExecutable(ImageBytes(copying: bytes)) }
    }
  }

  func build() -> Built {
    var built = Built(
      bytes: [], calls: [:], entries: [:], functionTable: 0, module: 0, types: 0)
    // Places first: nothing's size depends on where it lies.
    var end = Self.textOffset
    for function in functions {
      built.entries[function.name] = Self.base + UInt64(end)
      end += (function.code.reduce(0) { $0 + size($1) } + 15) & ~15
    }
    let etext = end
    let typesOffset = (end + 63) & ~63
    built.types = typesOffset
    var data = Writer(at: typesOffset)
    let places = write(types: &data)
    let etypes = data.end
    data.align(64)
    built.functionTable = data.end
    writeFunctionTable(&data, textEnd: etext, entries: built.entries)
    data.align(64)
    built.module = data.end
    for index in UInt64(0)..<64 {
      let word =
        switch index {
        case 0: Self.base + UInt64(built.functionTable)
        case 1: Self.base + UInt64(built.functionTable) + 72
        case 22: Self.base + UInt64(Self.textOffset)
        case 23: Self.base + UInt64(etext)
        case 37: Self.base + UInt64(typesOffset)
        case 38: Self.base + UInt64(etypes)
        default: UInt64(0)
        }
      if word == 0 { data.word(0) } else { data.pointer(word) }
    }
    data.align(16)
    data.bytes += [0xff] + Array(" Go buildinf:".utf8) + [8, 2]
    data.align(32)
    data.bytes += [UInt8(version.utf8.count)] + Array(version.utf8) + [0]
    data.align(16)

    var file = Writer(at: 0)
    file.pad(to: Self.textOffset)
    for function in functions {
      var code = Writer(at: file.end)
      for piece in function.code {
        write(piece, to: &code, built.entries, places)
        if case .call = piece {
          built.calls[function.name, default: []].append(Self.base + UInt64(code.end) - 1)
        }
      }
      code.align(16)
      file.bytes += code.bytes
    }
    file.pad(to: typesOffset)
    built.bytes = contained(file.bytes + data.bytes, pointers: data.pointers)
    return built
  }
}

// MARK: - Parts

extension GoImage {
  private func size(_ code: Code) -> Int {
    switch (code, architecture) {
    case (.bytes(let bytes), _): bytes.count
    case (.call, .amd64): 5
    case (.call, .arm64): 4
    case (.address, .amd64): 7
    case (.address, .arm64): 8
    }
  }

  private func write(
    _ code: Code, to writer: inout Writer, _ entries: [String: UInt64], _ places: [String: UInt64]
  ) {
    let here = Self.base + UInt64(writer.end)
    switch (code, architecture) {
    case (.bytes(let bytes), _): writer.bytes += bytes
    case (.call(let name), .amd64):
      writer.bytes.append(0xe8)
      writer.half(UInt32(truncatingIfNeeded: entries[name]! &- (here + 5)))
    case (.call(let name), .arm64):
      writer.half(
        0x9400_0000 | UInt32(truncatingIfNeeded: (entries[name]! &- here) >> 2) & 0x3ff_ffff)
    case (.address(let name, let register), .amd64):
      writer.bytes += [0x48 | (register >> 3) << 2, 0x8d, (register & 7) << 3 | 5]
      writer.half(UInt32(truncatingIfNeeded: places[name]! &- (here + 7)))
    case (.address(let name, let register), .arm64):
      let pages = (places[name]! >> 12) &- (here >> 12)
      let low = UInt32(truncatingIfNeeded: pages & 3) << 29
      let high = UInt32(truncatingIfNeeded: pages >> 2 & 0x7ffff) << 5
      writer.half(0x9000_0000 | low | high | UInt32(register))
      let rest = UInt32(places[name]! & 0xfff)
      writer.half(0x9100_0000 | rest << 10 | UInt32(register) << 5 | UInt32(register))
    }
  }

  private func write(types writer: inout Writer) -> [String: UInt64] {
    let start = writer.end
    writer.word(0)
    var names: [String: Int] = [:]
    for type in types {
      names[type.name] = writer.end - start
      writer.bytes += [0, UInt8(type.name.utf8.count)] + Array(type.name.utf8)
    }
    writer.align(8)
    var places: [String: UInt64] = [:]
    for (index, type) in types.enumerated() {
      places[type.name] = Self.base + UInt64(writer.end + index * 64)
    }
    let dictionaryStart = writer.end + types.count * 64
    for type in types {
      writer.word(type.size)
      writer.word(type.pointerBytes)
      writer.bytes += [0, 0, 0, 0, 0, 8, 8, type.kind.rawValue]
      writer.word(0)
      writer.word(0)
      writer.half(UInt32(names[type.name]!))
      writer.half(0)
      if let element = places[type.element] { writer.pointer(element) } else { writer.word(0) }
      writer.word(0)
    }
    var end = dictionaryStart
    for dictionary in dictionaries {
      places[dictionary.name] = Self.base + UInt64(end)
      for type in dictionary.types { writer.pointer(places[type]!) }
      end += dictionary.types.count * 8
    }
    return places
  }

  private func writeFunctionTable(
    _ writer: inout Writer, textEnd: Int, entries: [String: UInt64]
  ) {
    let names = functions.map { Array($0.name.utf8) + [0] }
    let namesSize = (names.reduce(0) { $0 + $1.count } + 7) & ~7
    let functionsDistance = 72 + namesSize
    writer.bytes += [0xf1, 0xff, 0xff, 0xff, 0, 0, architecture == .amd64 ? 1 : 4, 8]
    for word in [functions.count, 0, 0, 72, 72, 72, 72, functionsDistance] {
      writer.word(UInt64(word))
    }
    writer.bytes += names.joined()
    writer.align(8)
    let records = functions.count * 8 + 8
    let text = Self.base + UInt64(Self.textOffset)
    for (index, function) in functions.enumerated() {
      writer.half(UInt32(entries[function.name]! - text))
      writer.half(UInt32(records + index * 48))
    }
    writer.half(UInt32(textEnd - Self.textOffset))
    writer.half(0)
    var name = 0
    for (index, function) in functions.enumerated() {
      writer.half(UInt32(entries[function.name]! - text))
      writer.half(UInt32(name))
      for _ in 0..<10 { writer.half(0) }
      name += names[index].count
    }
  }

  /// Bytes from some file offset on.
  struct Writer {
    var bytes: [UInt8] = []
    let start: Int
    /// The file offsets of the pointers, in order.
    private(set) var pointers: [Int] = []

    init(at start: Int) { self.start = start }

    var end: Int { start + bytes.count }

    mutating func half(_ value: UInt32) {
      for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt32(shift)))) }
    }

    mutating func word(_ value: UInt64) {
      half(UInt32(truncatingIfNeeded: value))
      half(UInt32(truncatingIfNeeded: value >> 32))
    }

    mutating func pointer(_ value: UInt64) {
      pointers.append(end)
      word(value)
    }

    mutating func pad(to offset: Int) {
      while end < offset { bytes.append(0) }
    }

    mutating func align(_ size: Int) { pad(to: (end + size - 1) / size * size) }
  }
}
