import ProfileModel

extension NodeTable {
  /// A number for the colour of the node's frames: the same for all of one package, in every profile.
  ///
  /// Where names have no package it is that of the source file's folder, of the binary, or of the
  /// name itself, whichever is known first.
  public func colorHash(of node: NodeID) -> UInt64 {
    let index = node.index
    if granularity == .packages { return strings.withBytes(of: names[index]) { Self.hash($0) } }
    let package = strings.withBytes(of: names[index]) { name in
      strings.withBytes(of: files[index]) { PackageName.of(function: name, file: $0) }
    }
    if !package.isEmpty { return Self.hash(package) }
    let folder = strings.withBytes(of: files[index]) { path in
      Array(path[..<(path.lastIndex(of: UInt8(ascii: "/")) ?? 0)])
    }
    if !folder.isEmpty { return Self.hash(folder) }
    let known = [objectFiles[index], files[index], names[index]].first { $0 != .empty } ?? .empty
    return strings.withBytes(of: known) { Self.hash($0) }
  }

  /// FNV-1a, folded so that each bit has a say in the lowest.
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash ^ hash >> 32 ^ hash >> 11
  }
}
