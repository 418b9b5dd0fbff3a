/// What the toolchain noted about the build: `go version -m` prints it.
public struct BuildInfo: Hashable, Sendable {
  /// A module and the version that was used.
  public struct Module: Hashable, Sendable {
    public var path: String
    public var version: String
  }

  /// The version as it is written, even where it is none that we know.
  public var version: String
  /// The path of the main package.
  public var path: String?
  /// The module of the main package.
  public var main: Module?
  /// The modules that it was built with, as required (before any replacement).
  public var dependencies: [Module] = []
  /// Flags and environment in the file's order: `-trimpath` to `true`, `GOAMD64` to `v1`.
  public var settings: [(key: String, value: String)] { settingPairs.map { ($0.key, $0.value) } }
  private var settingPairs: [Setting] = []

  private struct Setting: Hashable {
    var key: String
    var value: String
  }

  /// The value of a setting, such as `-ldflags`.
  public func setting(_ key: String) -> String? { settingPairs.first { $0.key == key }?.value }

  /// - Parameter notes: the lines of `runtime/debug.BuildInfo`, without their marks.
  init(version: String, notes: some StringProtocol) {
    self.version = version
    for line in notes.split(separator: "\n" as Character) {
      let fields = line.split(separator: "\t" as Character, omittingEmptySubsequences: false)
        .map { String($0) }
      guard fields.count >= 2 else { continue }
      switch fields[0] {
      case "path": path = fields[1]
      case "mod": main = Module(path: fields[1], version: fields.count > 2 ? fields[2] : "")
      case "dep":
        dependencies.append(Module(path: fields[1], version: fields.count > 2 ? fields[2] : ""))
      case "build":
        let equals = fields[1].firstIndex(of: "=") ?? fields[1].endIndex
        let value = fields[1][equals...].dropFirst()
        settingPairs.append(
          Setting(key: String(fields[1][..<equals]), value: Self.unquoted(value)))
      default: continue
      }
    }
  }
}

extension BuildInfo {
  /// Without the quotes that stand around values with spaces.
  private static func unquoted(_ value: Substring) -> String {
    guard value.count >= 2, value.first == "\"", value.last == "\"" else { return String(value) }
    var isEscaped = false
    return value.dropFirst().dropLast().reduce(into: "") { text, character in
      isEscaped = character == "\\" && !isEscaped
      if !isEscaped { text.append(character) }
    }
  }

  /// Reads `.go.buildinfo`, or looks for its mark in the whole file.
  ///
  /// - Complexity: O(1) where the section is named, else O(*n*) in the file's size.
  init?(_ image: BinaryImage) {
    let section = image.section(named: ".go.buildinfo") ?? image.section(named: "__go_buildinfo")
    if let section, let info = Self(image.bytes, at: section.fileOffset) {
      self = info
      return
    }
    let buffer = image.bytes.buffer
    for offset in stride(from: 0, to: buffer.count, by: 16) where buffer[offset] == 0xff {
      if let info = Self(image.bytes, at: offset) {
        self = info
        return
      }
    }
    return nil
  }

  /// `\xff Go buildinf:`, pointer size, flags, and from byte 32 on two strings with their lengths.
  private init?(_ bytes: ImageBytes, at offset: Int) {
    guard bytes.byte(at: offset) == 0xff, bytes.matches(" Go buildinf:", at: offset + 1),
      let flags = bytes.byte(at: offset + 15), flags & 2 != 0,
      let version = Self.string(bytes, at: offset + 32)
    else { return nil }
    // Sixteen bytes of a mark stand at either end of the notes.
    let notes = Self.string(bytes, at: version.next)?.bytes
    let lines = notes.map { $0.dropFirst(16).dropLast(16) }
    self.init(
      version: String(decoding: version.bytes, as: UTF8.self),
      notes: lines.map { String(decoding: $0, as: UTF8.self) } ?? "")
  }

  private static func string(
    _ bytes: ImageBytes, at offset: Int
  ) -> (bytes: UnsafeRawBufferPointer, next: Int)? {
    guard let (length, start) = bytes.varint(at: offset), length < 1 << 20,
      let text = bytes.slice(at: start, count: Int(length))
    else { return nil }
    return (text, start + Int(length))
  }
}
