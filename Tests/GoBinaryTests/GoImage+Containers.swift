import GoBinary

extension GoImage {
  /// The file for what lies in memory, whose first page is left for headers.
  ///
  /// - Parameter pointers: the offsets of the pointers in `memory`, in order.
  func contained(_ memory: [UInt8], pointers: [Int]) -> [UInt8] {
    switch container {
    case .elf: elf(memory)
    case .positionIndependentELF: relocated(memory, pointers)
    case .machO: machO(memory, fixups: nil)
    case .chainedMachO: chained(memory, pointers)
    }
  }

  private func replacing(_ header: Writer, in memory: [UInt8]) -> [UInt8] {
    header.bytes + memory.dropFirst(header.bytes.count)
  }

  private func pointer(at offset: Int, in memory: [UInt8]) -> UInt64 {
    memory[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

// MARK: - ELF

extension GoImage {
  private func elf(_ memory: [UInt8], dynamic: Range<Int>? = nil) -> [UInt8] {
    var writer = Writer(at: 0)
    writer.bytes = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    let machine: UInt32 = architecture == .amd64 ? 62 : 183
    writer.half((dynamic == nil ? 2 : 3) | machine << 16)
    writer.half(1)
    writer.word(Self.base)
    writer.word(64)
    writer.word(0)
    writer.half(0)
    writer.half(64 | 56 << 16)
    writer.half(dynamic == nil ? 1 : 2)
    writer.half(0)
    // One segment, readable and executable.
    program(&writer, type: 1, 0..<memory.count)
    if let dynamic { program(&writer, type: 2, dynamic) }
    return replacing(writer, in: memory)
  }

  private func program(_ writer: inout Writer, type: UInt32, _ range: Range<Int>) {
    writer.half(type)
    writer.half(5)
    writer.word(UInt64(range.lowerBound))
    writer.word(Self.base + UInt64(range.lowerBound))
    writer.word(Self.base + UInt64(range.lowerBound))
    writer.word(UInt64(range.count))
    writer.word(UInt64(range.count))
    writer.word(8)
  }

  private func relocated(_ memory: [UInt8], _ pointers: [Int]) -> [UInt8] {
    var memory = memory
    var table = Writer(at: memory.count)
    // In descending order: nothing says that the table is sorted.
    for offset in pointers.reversed() {
      table.word(Self.base + UInt64(offset))
      table.word(architecture == .amd64 ? 8 : 1027)
      table.word(pointer(at: offset, in: memory))
      memory.replaceSubrange(offset..<offset + 8, with: repeatElement(0, count: 8))
    }
    let dynamic = table.end
    for (tag, value) in [
      (7, Self.base + UInt64(memory.count)), (8, UInt64(table.bytes.count)), (0, 0),
    ] {
      table.word(UInt64(tag))
      table.word(value)
    }
    return elf(memory + table.bytes, dynamic: dynamic..<table.end)
  }
}

// MARK: - Mach-O

extension GoImage {
  private func machO(_ memory: [UInt8], fixups: Int?) -> [UInt8] {
    var writer = Writer(at: 0)
    writer.half(0xfeed_facf)
    writer.half(architecture == .amd64 ? 0x0100_0007 : 0x0100_000c)
    writer.half(0)
    writer.half(2)
    writer.half(fixups == nil ? 2 : 3)
    writer.half(72 + 24 + (fixups == nil ? 0 : 16))
    writer.half(0x20_0000)
    writer.half(0)
    writer.half(0x19)
    writer.half(72)
    writer.bytes += Array("__TEXT".utf8) + Array(repeating: 0, count: 10)
    writer.word(Self.base)
    writer.word(UInt64(memory.count))
    writer.word(0)
    writer.word(UInt64(memory.count))
    for word in [5, 5, 0, 0] as [UInt32] { writer.half(word) }
    // LC_UUID
    writer.half(0x1b)
    writer.half(24)
    writer.bytes += (0..<16).map { $0 * 17 }
    if let fixups {
      for word in [0x8000_0034, 16, UInt32(fixups), UInt32(memory.count - fixups)] {
        writer.half(word)
      }
    }
    return replacing(writer, in: memory)
  }

  private func chained(_ memory: [UInt8], _ pointers: [Int]) -> [UInt8] {
    let pageSize = 0x4000
    var memory = memory
    let pages = memory.count / pageSize + 1
    var starts = [UInt32](repeating: 0xffff, count: pages)
    for (offset, next) in zip(pointers, pointers.dropFirst() + [Int.max]) {
      let page = offset / pageSize
      if starts[page] == 0xffff { starts[page] = UInt32(offset % pageSize) }
      let distance = next / pageSize == page ? UInt64(next - offset) / 4 : 0
      let target = pointer(at: offset, in: memory) - Self.base
      var link = Writer(at: 0)
      link.word(target | distance << 51)
      memory.replaceSubrange(offset..<offset + 8, with: link.bytes)
    }
    // dyld_chained_fixups_header, dyld_chained_starts_in_image, dyld_chained_starts_in_segment
    var table = Writer(at: memory.count)
    for word in [0, 28, 0, 0, 0, 0, 0, 1, 8] as [UInt32] { table.half(word) }
    table.half(UInt32(22 + pages * 2))
    table.half(UInt32(pageSize) | 6 << 16)
    table.word(0)
    table.half(0)
    let halves = [UInt32(pages)] + starts
    table.bytes += halves.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    return machO(memory + table.bytes, fixups: memory.count)
  }
}
