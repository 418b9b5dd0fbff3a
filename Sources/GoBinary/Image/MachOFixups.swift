/// The pointers of a Mach-O file that Apple's linker has threaded into chains.
///
/// Go's own linker writes plain pointers, which need nothing. With external linking each pointer
/// holds its target and the distance to the next one (`mach-o/fixup-chains.h`).
enum MachOFixups {
  /// - Complexity: O(*n*) in pointers, of which there are no more than the file has room for.
  static func collect(
    _ commands: MachOFormat.Commands, _ bytes: ImageBytes, into relocations: inout Relocations
  ) {
    guard let fixups = commands.chainedFixups, let starts = bytes.u32(at: fixups &+ 4),
      let base = commands.segments.first(where: { $0.fileOffset == 0 && $0.fileSize > 0 })?.address
    else { return }
    let image = fixups &+ Int(starts)
    var walk = Walk(bytes: bytes, base: base, remaining: bytes.count / 8)
    for index in 0..<min(bytes.u32(at: image) ?? 0, 256) {
      guard let offset = bytes.u32(at: image &+ 4 &+ Int(index) &* 4), offset != 0 else { continue }
      walk.segment(at: image &+ Int(offset), commands.segments, into: &relocations)
    }
    relocations.sort()
  }

  private struct Walk {
    let bytes: ImageBytes
    /// The address of the Mach header, from which the newer form counts.
    let base: UInt64
    var remaining: Int

    /// A `dyld_chained_starts_in_segment`.
    mutating func segment(
      at offset: Int, _ segments: [BinaryImage.Segment], into relocations: inout Relocations
    ) {
      guard let pageSize = bytes.u16(at: offset &+ 4), let form = bytes.u16(at: offset &+ 6),
        let distance = bytes.u64(at: offset &+ 8), let pages = bytes.u16(at: offset &+ 20),
        form == 2 || form == 6,
        let segment = segments.first(where: { $0.address == base &+ distance })
      else { return }
      for page in 0..<Int(pages) {
        guard let start = bytes.u16(at: offset &+ 22 &+ page &* 2), start != 0xffff else {
          continue
        }
        let first = page &* Int(pageSize) &+ Int(start)
        chain(from: first, segment, countsFromBase: form == 6, into: &relocations)
      }
    }

    private mutating func chain(
      from first: Int, _ segment: BinaryImage.Segment, countsFromBase: Bool,
      into relocations: inout Relocations
    ) {
      var distance = first
      while distance < segment.fileSize, remaining > 0,
        let raw = bytes.u64(at: segment.fileOffset &+ distance)
      {
        remaining -= 1
        let target = (raw & 0xf_ffff_ffff) &+ (countsFromBase ? base : 0)
        // Bit 63 marks a symbol of another library, which no table of ours points at.
        if raw >> 63 == 0 {
          relocations.append(address: segment.address &+ UInt64(distance), target: target)
        }
        let next = Int(raw >> 51 & 0xfff)
        guard next > 0 else { return }
        distance &+= next &* 4
      }
    }
  }
}
