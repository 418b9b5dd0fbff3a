import ProfileAnalysis
import ProfileModel

/// The order of the names of a profile's functions, which is that of whatever refinements leave too.
final class NameOrder: Sendable {
  /// By string, the place of the name; `.max` for strings that name no function.
  private let ranks: Column<UInt32>
  /// How many names there are.
  let count: Int
  /// Whether names keep their order when the same is put after each with a blank between.
  private let isKeptByEndings: Bool

  /// - Parameter functions: a table of granularity `functions`.
  /// - Complexity: O(*n* log *n*) in names.
  init(_ functions: NodeTable) {
    let named = functions.indices.map { NodeID($0) }.filter { functions.names[$0.index] != .empty }
    let order = RankedNodes(named, in: functions)
    var ranks = [UInt32](repeating: .max, count: functions.strings.count)
    for (node, rank) in zip(order.nodes, order.ranks) {
      ranks[functions.names[node.index].index] = rank
    }
    count = named.count
    self.ranks = Column(ranks)
    isKeptByEndings = zip(order.nodes, order.nodes.dropFirst()).allSatisfy { left, right in
      functions.strings.withBytes(of: functions.names[left.index]) { left in
        functions.strings.withBytes(of: functions.names[right.index]) { right in
          // Of names that begin with another one, those that go on with least stand right after it.
          right.count <= left.count || right[left.count] > UInt8(ascii: " ")
            || !right.starts(with: left)
        }
      }
    }
  }

  /// The rank of the function that a node is named after, if it decides between that node and those of
  /// other functions.
  func rank(of node: NodeID, in table: NodeTable) -> UInt32? {
    guard table.addresses[node.index] == 0,
      isKeptByEndings || table.files[node.index] == .empty && table.lines[node.index] == 0
    else { return nil }
    return rank(table.names[node.index])
  }

  /// Below 0, 0 or above 0 as `compareNames` orders two nodes that have the same address, or none.
  func compare(_ left: NodeID, _ right: NodeID, in table: NodeTable) -> Int {
    let (a, b) = (left.index, right.index)
    let (first, second) = (table.names[a], table.names[b])
    if first != second {
      if isKeptByEndings, let one = rank(first), let other = rank(second) {
        return one < other ? -1 : 1
      }
    } else if first != .empty, table.files[a] == table.files[b], table.lines[a] > 0,
      table.lines[b] > 0, table.columns[a] == 0, table.columns[b] == 0
    {
      return Self.compareDigits(UInt64(table.lines[a]), UInt64(table.lines[b]))
    }
    return table.compareNames(left, right)
  }

  private func rank(_ name: StringID) -> UInt32? {
    name.index < ranks.count && ranks[name.index] != .max ? ranks[name.index] : nil
  }

  /// The order of numbers as texts: 1, 10, 100, 11, 2.
  private static func compareDigits(_ left: UInt64, _ right: UInt64) -> Int {
    if left == right { return 0 }
    var (first, second) = (UInt128(left), UInt128(right))
    // To as many digits as the longer one has.
    var (firstEnd, secondEnd) = (10 as UInt128, 10 as UInt128)
    while firstEnd <= first { firstEnd *= 10 }
    while secondEnd <= second { secondEnd *= 10 }
    while firstEnd < secondEnd { (first, firstEnd) = (first * 10, firstEnd * 10) }
    while secondEnd < firstEnd { (second, secondEnd) = (second * 10, secondEnd * 10) }
    return first == second ? (left < right ? -1 : 1) : first < second ? -1 : 1
  }
}
