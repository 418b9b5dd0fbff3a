/// The sizes of objects that Go's allocator hands out (`runtime/sizeclasses.go`).
enum ObjectSizes {
  private static let classes: [UInt64] = [
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352,
    384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048,
    2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240,
    10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
  ]
  private static let pageSize: UInt64 = 8192
  /// The block that small objects without pointers share.
  private static let tinyBlock: UInt64 = 16
  /// Larger objects with pointers carry a header of eight bytes, from Go 1.22 on.
  private static let headerThreshold: UInt64 = 512

  /// The size of the object that holds `size` bytes.
  static func object(holding size: UInt64) -> UInt64 {
    if let fitting = classes.first(where: { size <= $0 }) { return fitting }
    let pages = size / pageSize + (size % pageSize == 0 ? 0 : 1)
    return pages &* pageSize
  }

  /// Whether an object of `size` bytes can be one value of a type.
  static func fits(_ size: UInt64, _ type: GoType) -> Bool {
    if size == object(holding: type.size) { return true }
    if type.size > 32768, size == type.size { return true }
    if type.isPointerFree { return type.size < tinyBlock && size == tinyBlock }
    return type.size > headerThreshold && size == object(holding: type.size &+ 8)
  }

  /// Whether an object of `size` bytes can be an array of values of a type.
  static func fits(_ size: UInt64, arrayOf type: GoType) -> Bool {
    size == tinyBlock || size >= type.size
  }
}
