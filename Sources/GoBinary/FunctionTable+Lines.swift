extension FunctionTable {
  /// A place in the sources, with the function that the compiler took it from.
  public struct Frame: Hashable, Sendable {
    public let function: String
    public let file: String
    /// 0 where the table does not say.
    public let line: Int
  }

  /// The line of the instruction at `address`, in the innermost function that was inlined there.
  public func line(at address: UInt64) -> Int? {
    function(at: address).flatMap { line(at: address, in: $0) }
  }

  func line(at address: UInt64, in function: Function) -> Int? {
    value(of: .line, at: address, in: function).map { Int($0) }
  }

  /// What the instruction at `address` was compiled from, innermost first: several frames where
  /// functions were inlined.
  public func frames(at address: UInt64) -> [Frame] {
    guard let function = function(at: address) else { return [] }
    let tree = InlineTree(self, function)
    var frames: [Frame] = []
    var address = address
    for _ in 0..<64 {
      let node = tree?.node(at: address)
      frames.append(
        Frame(
          function: node?.name ?? name(of: function), file: file(at: address, in: function) ?? "",
          line: line(at: address, in: function) ?? 0))
      guard let node else { break }
      address = node.callAddress
    }
    return frames
  }

  /// The source file of the instruction at `address`, as the compiler saw its path.
  func file(at address: UInt64, in function: Function) -> String? {
    guard let unit = image.bytes.u32(at: function.record &+ 32),
      let file = value(of: .file, at: address, in: function), file >= 0,
      let offset = image.bytes.u32(at: header.units &+ (Int(unit) &+ Int(file)) &* 4),
      offset != .max
    else { return nil }
    return image.bytes.cString(at: header.files &+ Int(offset))
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
