import ProfileModel

/// The names in reports of some nodes, as bytes, made once for sorting and printing.
public struct PrintableNames: Sendable {
  private var bytes: [UInt8] = []
  private var ranges: [Range<Int>]

  /// - Complexity: O(*n*) in the nodes of the table, though only `wanted` are named.
  public init(of wanted: some Sequence<NodeID>, in table: NodeTable) {
    ranges = Array(repeating: 0..<0, count: table.count)
    for node in wanted where ranges[node.index].isEmpty {
      let start = bytes.count
      table.appendPrintableName(of: node, to: &bytes)
      ranges[node.index] = start..<bytes.count
    }
  }

  /// Calls `body` with the bytes of the node's name.
  public func withName<R>(of node: NodeID, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[ranges[node.index]])) }
  }

  /// Calls `body` with the bytes of all names, in which `range(of:)` finds each.
  func withAllBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    bytes.withUnsafeBufferPointer(body)
  }

  /// Where the node's name lies in all bytes.
  func range(of node: NodeID) -> Range<Int> { ranges[node.index] }

  /// The node's name; bytes that are not UTF-8 read as U+FFFD.
  public subscript(node: NodeID) -> String {
    String(decoding: bytes[ranges[node.index]], as: UTF8.self)
  }

  /// Below 0, 0 or above 0 as the first node's name stands before, is, or stands after the second's.
  func compare(_ left: NodeID, _ right: NodeID) -> Int {
    let (a, b) = (ranges[left.index], ranges[right.index])
    return bytes.withUnsafeBufferPointer { bytes in
      var (i, j) = (a.lowerBound, b.lowerBound)
      while i < a.upperBound && j < b.upperBound {
        if bytes[i] != bytes[j] { return bytes[i] < bytes[j] ? -1 : 1 }
        i &+= 1
        j &+= 1
      }
      return a.count - b.count
    }
  }
}
