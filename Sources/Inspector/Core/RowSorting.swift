import ProfileAnalysis

/// Puts nodes into the order of values: the largest first, and those of equal values by name.
struct RowSorting {
  private(set) var nodes: [NodeID]
  private var ranks: [UInt32]
  private let table: NodeTable

  init(_ ranked: RankedNodes, in table: NodeTable) {
    nodes = ranked.nodes
    ranks = ranked.ranks
    self.table = table
  }

  /// - Parameters:
  ///   - values: what to order by, the most important first.
  ///   - last: what decides between equal values and names, before all else that nodes have.
  /// - Complexity: O(*n*), with a factor that grows with the digits of the largest values.
  mutating func sort(by values: [(NodeID) -> UInt64], last: (NodeID) -> UInt64 = { _ in 0 }) {
    for value in values.reversed() { distribute(by: value) }
    var start = 0
    while start < nodes.count {
      var end = start + 1
      while end < nodes.count, ranks[end] == ranks[start],
        values.allSatisfy({ $0(nodes[end]) == $0(nodes[start]) })
      {
        end += 1
      }
      if end - start > 1 {
        nodes[start..<end].sort {
          last($0) == last($1) ? table.compareKeys($0, $1) < 0 : last($0) > last($1)
        }
      }
      start = end
    }
  }

  /// Bits that are ordered as the numbers are.
  static func bits(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  private struct Row {
    /// Smaller comes first.
    var key: UInt64
    var node: NodeID
    var rank: UInt32
  }

  private static let digitBits: UInt64 = 11

  /// Sorts by digits of the values, the lowest first; nodes of equal values stay in order.
  private mutating func distribute(by value: (NodeID) -> UInt64) {
    var (smallest, largest) = (UInt64.max, UInt64(0))
    var rows: [Row] = []
    rows.reserveCapacity(nodes.count)
    for index in nodes.indices {
      let value = value(nodes[index])
      (smallest, largest) = (min(smallest, value), max(largest, value))
      rows.append(Row(key: ~value, node: nodes[index], rank: ranks[index]))
    }
    guard smallest < largest else { return }
    var other = rows
    for shift in stride(from: 0 as UInt64, to: 64, by: Int(Self.digitBits))
    where (smallest ^ largest) >> shift != 0 {
      Self.distribute(rows, to: &other, byDigitAt: shift)
      swap(&rows, &other)
    }
    for index in rows.indices {
      nodes[index] = rows[index].node
      ranks[index] = rows[index].rank
    }
  }

  private static func distribute(_ rows: [Row], to result: inout [Row], byDigitAt shift: UInt64) {
    let mask: UInt64 = 1 << digitBits - 1
    var places = [Int](repeating: 0, count: 1 << digitBits)
    for row in rows { places[Int(row.key >> shift & mask)] += 1 }
    var next = 0
    for digit in places.indices { (places[digit], next) = (next, next + places[digit]) }
    for row in rows {
      let digit = Int(row.key >> shift & mask)
      result[places[digit]] = row
      places[digit] += 1
    }
  }
}
