import ProfileModel

extension NodeTable {
  /// The node's name in reports: address, function, and file with line, of what the node has;
  /// `[binary]` or `<unknown>` where it has nothing.
  ///
  /// Bytes that are not UTF-8 read as U+FFFD; `appendPrintableName` keeps them.
  public func printableName(of node: NodeID) -> String {
    var bytes: [UInt8] = []
    appendPrintableName(of: node, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the bytes of the node's name in reports.
  public func appendPrintableName(of node: NodeID, to bytes: inout [UInt8]) {
    let start = bytes.count
    let index = node.index
    if addresses[index] != 0 { Self.appendHexadecimal(addresses[index], to: &bytes) }
    if names[index] != .empty {
      appendBlank(to: &bytes, after: start)
      append(names[index], to: &bytes)
    }
    if lines[index] != 0 {
      appendBlank(to: &bytes, after: start)
      append(files[index], to: &bytes)
      bytes.append(contentsOf: ":\(lines[index])".utf8)
      if columns[index] != 0 { bytes.append(contentsOf: ":\(columns[index])".utf8) }
    } else if files[index] != .empty {
      appendBlank(to: &bytes, after: start)
      append(files[index], to: &bytes)
    } else if names[index] == .empty {
      appendBlank(to: &bytes, after: start)
      bytes.append(contentsOf: binaryName(of: node))
    }
  }

  /// The last part of a path, as `libc.so.6` of `/lib/libc.so.6`.
  public static func baseName<Path: BidirectionalCollection<UInt8>>(of path: Path) -> [UInt8] {
    FilePath.base(of: path)
  }

  private func binaryName(of node: NodeID) -> [UInt8] {
    let binary = objectFiles[node.index]
    if binary == .empty { return Array("<unknown>".utf8) }
    return strings.withBytes(of: binary) { path in
      [UInt8(ascii: "[")] + FilePath.base(of: path) + [UInt8(ascii: "]")]
    }
  }

  private func append(_ string: StringID, to bytes: inout [UInt8]) {
    strings.withBytes(of: string) { bytes.append(contentsOf: $0) }
  }

  private func appendBlank(to bytes: inout [UInt8], after start: Int) {
    if bytes.count > start { bytes.append(UInt8(ascii: " ")) }
  }

  /// Sixteen digits.
  private static func appendHexadecimal(_ value: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
