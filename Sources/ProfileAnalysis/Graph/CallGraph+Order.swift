import ProfileModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension CallGraph {
  /// Sorts the entries that are shown; sums count, not means. Where one node is several entries, as
  /// in a tree, those that agree in all stay in their order.
  mutating func sort(by order: GraphOrder) {
    let scores: [Int64] = entries.map { entry in
      switch order {
      case .flat: totals.flat[entry].wrappingMagnitude
      case .cumulative: totals.cumulative[entry].wrappingMagnitude
      case .entropy: entropyScore(of: entry).wrappingMagnitude
      }
    }
    let seconds = order == .flat ? totals.cumulative : totals.flat
    let ranks = names.ranks(of: entries.map { node(of: $0) })
    let sorted = entries.indices.sorted { left, right in
      if scores[left] != scores[right] { return scores[left] > scores[right] }
      if ranks[left] != ranks[right] { return ranks[left] < ranks[right] }
      let (first, second) = (entries[left], entries[right])
      let (a, b) = (node(of: first), node(of: second))
      let (x, y) = (seconds[first].wrappingMagnitude, seconds[second].wrappingMagnitude)
      if x != y { return x > y }
      let byKey = table.compareKeys(a, b)
      return byKey == 0 ? left < right : byKey < 0
    }
    entries = sorted.map { entries[$0] }
  }

  /// How much the entry tells in a drawing: less where calls merely pass through it.
  private func entropyScore(of entry: Int) -> Int64 {
    let incoming = Array(unsortedCallers(of: entry))
    let outgoing = Array(unsortedCallees(of: entry))
    var score = 0.0
    score += incoming.isEmpty ? 1 : Self.entropy(of: incoming, own: 0)
    score += outgoing.isEmpty ? 1 : Self.entropy(of: outgoing, own: totals.flat[entry])
    let product = (score * Double(totals.cumulative[entry])).rounded(.towardZero)
    return (Int64(exactly: product) ?? .min) &+ totals.flat[entry]
  }

  /// The information in how values divide over calls, in bits.
  private static func entropy(of edges: [CallEdge], own: Int64) -> Double {
    var total = own
    for edge in edges where edge.weight > 0 { total &+= edge.weight }
    guard total != 0 else { return 0 }
    var score = 0.0
    for edge in edges {
      let share = Double(edge.weight.wrappingMagnitude) / Double(total)
      score += -share * log2(share)
    }
    if own > 0 {
      let share = Double(own) / Double(total)
      score += -share * log2(share)
    }
    return score
  }
}
