extension ELFFormat {
  static func buildID(
    _ headers: [ProgramHeader], _ sections: [SectionHeader], _ bytes: ImageBytes
  ) -> BinaryImage.BuildID {
    var id = BinaryImage.BuildID()
    let segments = headers.lazy.filter { $0.kind == .note }
      .compactMap { header in
        Int(exactly: header.offset).flatMap {
          bytes.slice(at: $0, count: Int(clamping: header.fileSize))
        }
      }
    for notes in segments.prefix(16) { read(notes, into: &id) }
    for section in sections.lazy.filter({ $0.type == 7 }).map(\.section).prefix(16) {
      bytes.slice(at: section.fileOffset, count: section.size).map { read($0, into: &id) }
    }
    return id
  }

  private static func read(_ notes: UnsafeRawBufferPointer, into id: inout BinaryImage.BuildID) {
    func word(_ at: Int) -> Int {
      Int(UInt32(littleEndian: notes.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
    }
    var offset = 0
    for _ in 0..<64 {
      guard offset <= notes.count - 12 else { return }
      let name = offset + 12
      let text = name + (word(offset) + 3) & ~3
      let end = text + word(offset + 4)
      guard end <= notes.count, end - text <= 1024 else { return }
      let isNamed = { (wanted: StaticString) in
        wanted.withUTF8Buffer { notes[name..<text].elementsEqual($0) }
      }
      if word(offset + 8) == 3, isNamed("GNU\0"), id.linker == nil {
        id.linker = notes[text..<end].map { hexadecimal($0) }.joined()
      }
      if word(offset + 8) == 4, isNamed("Go\0\0"), id.go == nil {
        id.go = String(decoding: notes[text..<end], as: UTF8.self)
      }
      offset = (end + 3) & ~3
    }
  }
}

/// Two hexadecimal digits.
func hexadecimal(_ byte: UInt8) -> String {
  String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
}
