/// Why a file cannot be read as a Go executable.
public enum GoBinaryError: Error, Hashable, Sendable {
  /// The file is in no container that we read (see `BinaryFormats.all`).
  case unrecognizedContainer
  /// The container is known, but not this kind of it: 32 bits, big-endian, another machine.
  case unsupportedContainer(String)
  /// The named part lies outside the file, or is longer than any real one.
  case outOfBounds(part: String, offset: UInt64)
  /// No function table (pclntab): another language's program, or a packed one.
  case noFunctionTable
  /// A function table as another toolchain writes it: Go before 1.18, or an obfuscator.
  case unsupportedFunctionTable(magic: UInt32)
  /// The function table is there, but nothing that describes the module.
  case noModuleData
  /// The module's description contradicts itself.
  case inconsistentModuleData
}

extension GoBinaryError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unrecognizedContainer:
      "not an executable in a known format (\(BinaryFormats.names))"
    case .unsupportedContainer(let kind):
      "\(kind) executables are not read, only 64-bit little-endian ones for amd64 and arm64"
    case .outOfBounds(let part, let offset):
      "\(part) at byte \(offset) is outside the file: is it complete?"
    case .noFunctionTable:
      "no Go function table: not a Go program, or packed"
    case .unsupportedFunctionTable(let magic):
      "the Go function table has version 0x\(String(magic, radix: 16)): "
        + "older than Go 1.18, or obfuscated"
    case .noModuleData: "no Go module data found"
    case .inconsistentModuleData: "the Go module data makes no sense"
    }
  }
}
