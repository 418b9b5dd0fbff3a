import ProfileModel

extension NodeTable {
  /// Below 0, 0 or above 0 as the first node's name in reports stands before, is equal to, or stands
  /// after the second's, by bytes. Different nodes can have equal names.
  public func compareNames(_ left: NodeID, _ right: NodeID) -> Int {
    let (a, b) = (left.index, right.index)
    if a == b { return 0 }
    if addresses[a] != 0 && addresses[b] != 0 && addresses[a] != addresses[b] {
      return addresses[a] < addresses[b] ? -1 : 1
    }
    if isPlainName(a) && isPlainName(b) { return strings.compare(names[a], names[b]) }
    if addresses[a] == 0 && addresses[b] == 0, let order = compareFunctionNames(a, b) {
      return order
    }
    var leftName: [UInt8] = []
    var rightName: [UInt8] = []
    appendPrintableName(of: left, to: &leftName)
    appendPrintableName(of: right, to: &rightName)
    return Self.compare(leftName, rightName)
  }

  /// Below 0 or above 0 as the first node comes before or after the second where values and names
  /// in reports are equal; 0 only for one and the same node.
  public func compareKeys(_ left: NodeID, _ right: NodeID) -> Int {
    left == right ? 0 : Self.compare(key(of: left), key(of: right))
  }

  /// Below 0, 0 or above 0 by name, and among equal names by all other properties.
  public func compare(_ left: NodeID, _ right: NodeID) -> Int {
    let order = compareNames(left, right)
    return order == 0 ? compareKeys(left, right) : order
  }

  /// The order of the names in reports where those of the functions, which they begin with, decide.
  private func compareFunctionNames(_ a: Int, _ b: Int) -> Int? {
    if names[a] == names[b] { return nil }
    return strings.withBytes(of: names[a]) { left in
      strings.withBytes(of: names[b]) { right in
        for (first, second) in zip(left, right) where first != second {
          return first < second ? -1 : 1
        }
        return nil
      }
    }
  }

  /// Whether the name in reports is that of the function.
  func isPlainName(_ index: Int) -> Bool {
    addresses[index] == 0 && lines[index] == 0 && files[index] == .empty && names[index] != .empty
  }

  /// All properties as text, in the order in which `pprof` compares them, which is by text too.
  private func key(of node: NodeID) -> [UInt8] {
    let index = node.index
    var key = [UInt8(ascii: "{")]
    strings.withBytes(of: names[index]) { key.append(contentsOf: $0) }
    key.append(contentsOf: "  \(addresses[index]) ".utf8)
    strings.withBytes(of: files[index]) { key.append(contentsOf: $0) }
    key.append(contentsOf: " \(startLines[index]) \(lines[index]) \(columns[index]) ".utf8)
    strings.withBytes(of: objectFiles[index]) { key.append(contentsOf: $0) }
    key.append(UInt8(ascii: "}"))
    return key
  }

  private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
    for (a, b) in zip(left, right) where a != b { return a < b ? -1 : 1 }
    return left.count - right.count
  }
}
