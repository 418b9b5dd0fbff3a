/// The types of a Go program by the address of their description, read as they are asked for.
///
/// Whether an address is a type's is never certain; each look-up tests all fields for plausibility.
public struct TypeTable: Sendable {
  let image: BinaryImage
  /// The addresses at which descriptions lie.
  let addresses: Range<UInt64>
  private let mapSize: UInt64

  init(image: BinaryImage, module: ModuleData, version: GoVersion?) {
    self.image = image
    addresses = module.types
    // The bytes that describe a map beyond any type's 48.
    mapSize =
      switch version {
      case let version? where !version.hasSwissMaps: 40
      case let version? where version.minor < 27: 64
      default: 88
      }
  }

  /// The type that is described at `address`; nil where that is no type's description.
  public func type(at address: UInt64) -> GoType? {
    guard addresses.contains(address), address & 7 == 0,
      let record = image.read(address, count: 48)
    else { return nil }
    let size = record.u64(0)
    let pointerBytes = record.u64(8)
    let flags = record[20]
    let alignment = record[21]
    guard let kind = GoType.Kind(rawValue: record[23] & 31), pointerBytes <= size, size <= 1 << 47,
      alignment > 0, alignment <= 16, alignment & (alignment &- 1) == 0,
      var name = name(at: Int32(bitPattern: UInt32(truncatingIfNeeded: record.u64(40))))
    else { return nil }
    // Many types share the text of their pointer type.
    if flags & 2 != 0, name.first == "*" { name.removeFirst() }
    return GoType(
      address: address, name: name, kind: kind, size: size, pointerBytes: pointerBytes,
      packagePath: flags & 1 != 0 ? packagePath(address, kind) : "")
  }

  /// The type of the elements of an array, channel, slice or map, or the one that is pointed at.
  public func element(of type: GoType) -> GoType? {
    switch type.kind {
    case .array, .channel, .pointer, .slice:
      image.pointer(at: type.address &+ 48).flatMap(self.type(at:))
    case .map: image.pointer(at: type.address &+ 56).flatMap(self.type(at:))
    default: nil
    }
  }

  /// The type of a map's keys.
  public func key(of type: GoType) -> GoType? {
    guard type.kind == .map else { return nil }
    return image.pointer(at: type.address &+ 48).flatMap(self.type(at:))
  }

  /// The concrete type of the method table (itab) at `address`; nil where there is none.
  public func concreteType(ofMethodTable address: UInt64) -> GoType? {
    guard address & 7 == 0, let interface = image.pointer(at: address), interface != 0,
      let concrete = image.pointer(at: address &+ 8), concrete != 0,
      type(at: interface)?.kind == .interface
    else { return nil }
    return type(at: concrete)
  }

  /// The type that a type word stands for: a type's address, or a method table's.
  func type(ofWord address: UInt64) -> GoType? {
    type(at: address) ?? concreteType(ofMethodTable: address)
  }

  /// Flags, a length and UTF-8, as `internal/abi.Name` holds it.
  private func name(at distance: Int32) -> String? {
    guard distance > 0 else { return nil }
    let address = addresses.lowerBound &+ UInt64(distance)
    guard addresses.contains(address), let offset = image.fileOffset(of: address),
      let flags = image.bytes.byte(at: offset), flags & 0xe0 == 0,
      let (length, start) = image.bytes.varint(at: offset &+ 1), length > 0, length < 1 << 16,
      let text = image.bytes.slice(at: start, count: Int(length))
    else { return nil }
    return String(validating: text, as: UTF8.self)
  }

  /// Where the `UncommonType` comes after what each kind adds to the description.
  private func packagePath(_ address: UInt64, _ kind: GoType.Kind) -> String {
    let size: UInt64 =
      switch kind {
      case .pointer, .function, .slice: 8
      case .channel: 16
      case .array: 24
      case .structure, .interface: 32
      case .map: mapSize
      default: 0
      }
    return image.u32(at: address &+ 48 &+ size)
      .flatMap { name(at: Int32(bitPattern: $0)) } ?? ""
  }
}

extension UnsafeRawBufferPointer {
  /// The little-endian word at `offset`, which must be inside.
  fileprivate func u64(_ offset: Int) -> UInt64 {
    UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}
