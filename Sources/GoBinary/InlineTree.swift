/// The calls that the compiler replaced by bodies inside one function.
struct InlineTree {
  /// A call that was replaced.
  struct Node {
    /// The called function.
    var name: String
    /// Where the call stood: an instruction of the same function, itself perhaps inlined.
    var callAddress: UInt64
  }

  private let table: FunctionTable
  private let function: FunctionTable.Function
  private let address: UInt64
  /// The node of each instruction.
  private let ranges: [FunctionTable.ValueRange]

  var rangeCount: Int { ranges.count }

  /// Ranges beyond this are not looked at: real functions have a few thousand at most.
  private static let rangeLimit = 1 << 16

  /// - Returns: nil where nothing was inlined into the function.
  /// - Complexity: O(*n*) in the ranges of the function's code that were inlined.
  init?(_ table: FunctionTable, _ function: FunctionTable.Function) {
    let record = function.record
    let size = table.header.layout.recordSize
    let bytes = table.image.bytes
    // The tree is the function's datum 3 (`FUNCDATA_InlTree`).
    guard let count = bytes.u32(at: record &+ 28), count > 2, count < 1 << 16,
      let dataCount = bytes.byte(at: record &+ size &- 1), dataCount > 3,
      let distance = bytes.u32(at: record &+ size &+ 4 &* Int(count) &+ 12), distance != .max
    else { return nil }
    self.table = table
    self.function = function
    address = table.functionData &+ UInt64(distance)
    ranges = Array(table.values(of: .inlineNode, in: function).prefix(Self.rangeLimit))
  }

  /// The innermost call that the instruction at `address` belongs to; nil for the function's own.
  func node(at address: UInt64) -> Node? {
    guard let index = index(at: address), index >= 0 else { return nil }
    let fields: (size: UInt64, name: UInt64, call: UInt64) =
      switch table.header.layout {
      case .go118: (20, 12, 16)
      case .go120: (16, 4, 8)
      }
    let node = self.address &+ UInt64(index) &* fields.size
    guard let name = table.image.u32(at: node &+ fields.name),
      let distance = table.image.u32(at: node &+ fields.call),
      distance < function.addresses.upperBound &- function.entry
    else { return nil }
    return Node(
      name: table.name(at: Int32(bitPattern: name)) ?? "",
      callAddress: function.entry &+ UInt64(distance))
  }

  private func index(at address: UInt64) -> Int32? {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low &+ high) / 2
      if ranges[middle].end <= address { low = middle &+ 1 } else { high = middle }
    }
    return low < ranges.count ? ranges[low].value : nil
  }
}
