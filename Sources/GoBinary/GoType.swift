/// A Go type as the program describes it to its own runtime (`internal/abi.Type`).
public struct GoType: Hashable, Sendable {
  /// The kinds in the order of their numbers, which start at 1.
  public enum Kind: UInt8, CaseIterable, Sendable {
    case bool = 1
    case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, uintptr
    case float32, float64, complex64, complex128
    case array, channel, function, interface, map, pointer, slice, string, structure
    case unsafePointer
  }

  /// The address of its description.
  public let address: UInt64
  /// As the program prints it, with package names: `map[string]http.Header`.
  public let name: String
  public let kind: Kind
  /// The bytes of a value.
  public let size: UInt64
  /// The bytes of a value up to its last pointer; 0 where there is none.
  public let pointerBytes: UInt64
  /// The path of the package that names it; empty for types without a name and for built-in ones.
  public let packagePath: String

  /// Whether the garbage collector need not look inside.
  public var isPointerFree: Bool { pointerBytes == 0 }

  /// The name with the package's full path: `internal/sync.entry` where `name` has `sync.entry`.
  public var qualifiedName: String {
    guard !packagePath.isEmpty, let dot = name.firstIndex(of: "."),
      !name[..<dot].contains(where: { "[]*({ ".contains($0) })
    else { return name }
    return packagePath + name[dot...]
  }
}
