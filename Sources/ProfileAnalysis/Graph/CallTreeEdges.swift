import ProfileModel

/// A graph in which every way to an entry is an entry of its own.
struct CallTreeEdges {
  /// The node that each entry stands for.
  var nodes: [NodeID] = []
  var totals: GraphTotals
  /// The call into each entry that is not a root.
  var edges: [CallEdge] = []
  private let places: [Place: Int]

  init(_ profile: Profile, nodes table: NodeTable, weights: GraphWeights) {
    var builder = Builder()
    let sums = weights.byStack(of: profile)
    var cursor = StackCursor(profile.stacks)
    for stack in profile.stacks.indices where sums.areActive[stack] {
      cursor.move(to: stack)
      builder.add(
        cursor.locations, of: table, sums.values[stack], sums.divisors?[stack] ?? 0)
    }
    nodes = builder.entries.map(\.node)
    places = builder.places
    let hasDivisors = weights.divisors != nil
    totals = GraphTotals(
      flat: Column(builder.entries.map(\.flat)),
      cumulative: Column(builder.entries.map(\.cumulative)),
      divisors: hasDivisors
        ? (
          Column(builder.entries.map(\.flatDivisor)),
          Column(builder.entries.map(\.cumulativeDivisor))
        ) : nil)
    edges = builder.entries.indices.compactMap { index in
      let entry = builder.entries[index]
      guard let parent = entry.parent else { return nil }
      return CallEdge(
        source: parent, target: index, weight: entry.cumulative,
        divisor: entry.cumulativeDivisor, isResidual: false, isInline: entry.isInline)
    }
  }

  /// The entry for a node called from the entry `parent`, or at the root.
  func entry(for node: NodeID, under parent: Int?) -> Int? {
    places[Place(parent: parent, node: node)]
  }

  private struct Entry {
    let node: NodeID
    let parent: Int?
    var flat: Int64 = 0
    var flatDivisor: Int64 = 0
    var cumulative: Int64 = 0
    var cumulativeDivisor: Int64 = 0
    var isInline: Bool
  }

  private struct Place: Hashable {
    let parent: Int?
    let node: NodeID
  }

  private struct Builder {
    var entries: [Entry] = []
    var places: [Place: Int] = [:]

    mutating func add(
      _ stack: Span<LocationID>, of table: NodeTable, _ weight: Int64, _ divisor: Int64
    ) {
      var parent: Int?
      for position in stack.indices.reversed() {
        let rows = table.range(of: stack[position])
        for row in rows.reversed() {
          let isInline = row != rows.upperBound - 1
          let entry = entry(for: table.locationNodes[row], under: parent, isInline: isInline)
          entries[entry].cumulative &+= weight
          entries[entry].cumulativeDivisor &+= divisor
          parent = entry
        }
      }
      guard let parent else { return }
      entries[parent].flat &+= weight
      entries[parent].flatDivisor &+= divisor
    }

    private mutating func entry(for node: NodeID, under parent: Int?, isInline: Bool) -> Int {
      let place = Place(parent: parent, node: node)
      if let known = places[place] {
        entries[known].isInline = entries[known].isInline && isInline
        return known
      }
      entries.append(Entry(node: node, parent: parent, isInline: isInline))
      places[place] = entries.count - 1
      return entries.count - 1
    }
  }
}
