import ProfileModel

/// The values of things that stand at few locations: what neighbouring stacks do not share is looked
/// at once, and only the locations that have any of the things cost more.
struct PlaceSums: Sendable {
  /// The things of all locations, one location after the other.
  private var things: [UInt32] = []
  /// By location, where its things start; one more than there are locations.
  private var starts: [UInt32] = [0]
  private var thingCount = 0

  /// Appends the things of the location after the one added last: numbers from 0 on.
  mutating func addLocation(_ things: [UInt32]) {
    for thing in things {
      self.things.append(thing)
      thingCount = max(thingCount, Int(thing) + 1)
    }
    starts.append(UInt32(truncatingIfNeeded: self.things.count))
  }

  /// By thing, the weight of the stacks that have it at any location; each counts once.
  ///
  /// - Parameter count: how many things there are, at least.
  func sums(_ stacks: StackTable, weights: Column<Int64>, count: Int) -> [Int64] {
    let count = max(count, thingCount)
    let hasThings = Column(starts.indices.dropLast().map { starts[$0] < starts[$0 + 1] })
    let halves = stacks.inHalves { range in
      var path = PathSums(count: count + 1, spareRow: UInt32(truncatingIfNeeded: count))
      add(stacks, range, weights, where: hasThings, to: &path)
      return (0..<count).map { path.sums[$0].weight }
    }
    return halves.dropFirst().reduce(halves[0]) { zip($0, $1).map { $0 &+ $1 } }
  }

  private func add(
    _ stacks: StackTable, _ range: Range<Int>, _ weights: Column<Int64>,
    where hasThings: Column<Bool>, to path: inout PathSums
  ) {
    var hits = StackHits(stacks, where: hasThings, from: range.lowerBound)
    let weights = weights.span
    for stack in range where weights[stack] != 0 {
      hits.move(to: stack)
      guard hits.hasChanged else {
        path.add(weights[stack])
        continue
      }
      var left = hits.count - hits.shared
      var tail = path.makeRoom(after: hits.shared, locations: left)
      for position in hits.shared..<hits.count {
        left -= 1
        tail.enterLocation()
        let location = hits[position].location.index
        tail = path.extend(
          to: tail, appending: things[Int(starts[location])..<Int(starts[location + 1])],
          locations: left)
      }
      path.extend(to: tail)
      path.add(weights[stack])
    }
    path.closeAll()
  }

  /// By location, the weight of the stacks that end there.
  static func leaves(_ profile: Profile, weights: Column<Int64>) -> [Int64] {
    var sums = [Int64](repeating: 0, count: profile.locations.count)
    let leaves = profile.stacks.leaves()
    let (ends, weights) = (leaves.span, weights.span)
    for stack in ends.indices where !ends[stack].isNone {
      sums[ends[stack].index] &+= weights[stack]
    }
    return sums
  }
}

/// The values of some nodes of a report, at less than those of all cost.
public struct NodeSubtotals: Sendable {
  /// By place among the nodes, as `NodeTotals` has them.
  public let flat: [Int64]
  public let cumulative: [Int64]

  /// - Parameters:
  ///   - nodes: different ones of `table`, which is the profile's.
  ///   - values: one for each sample.
  /// - Complexity: O(*n*) in locations, and in what neighbouring stacks do not share.
  public init(of nodes: [NodeID], in table: NodeTable, _ profile: Profile, values: Column<Int64>) {
    let places = Self.places(of: nodes, in: table)
    let weights = StackWeights.compute(profile, values: values)
    var sums = PlaceSums()
    var things: [UInt32] = []
    let locationNodes = table.locationNodes.span
    for location in profile.locations.indices {
      things.removeAll(keepingCapacity: true)
      for row in table.range(of: LocationID(location)) {
        let place = places[locationNodes[row].index]
        if place != .max { things.append(place) }
      }
      sums.addLocation(things)
    }
    flat = Self.flat(places, nodes.count, in: table, profile, weights: weights)
    cumulative = sums.sums(profile.stacks, weights: weights, count: nodes.count)
  }

  /// By place among the nodes, what they cost themselves.
  ///
  /// - Complexity: O(*n*) in locations and in stacks.
  public static func flat(
    of nodes: [NodeID], in table: NodeTable, _ profile: Profile, values: Column<Int64>
  ) -> [Int64] {
    let weights = StackWeights.compute(profile, values: values)
    return flat(
      places(of: nodes, in: table), nodes.count, in: table, profile, weights: weights)
  }

  private static func flat(
    _ places: [UInt32], _ count: Int, in table: NodeTable, _ profile: Profile,
    weights: Column<Int64>
  ) -> [Int64] {
    let leaves = PlaceSums.leaves(profile, weights: weights)
    var flat = [Int64](repeating: 0, count: count)
    let (starts, locationNodes) = (table.locationStarts.span, table.locationNodes.span)
    for location in leaves.indices {
      let leaf = places[locationNodes[Int(starts[location])].index]
      if leaf != .max { flat[Int(leaf)] &+= leaves[location] }
    }
    return flat
  }

  /// By node of the table, its place among the nodes; `.max` for others.
  private static func places(of nodes: [NodeID], in table: NodeTable) -> [UInt32] {
    var places = [UInt32](repeating: .max, count: table.count)
    for (place, node) in nodes.enumerated() {
      places[node.index] = UInt32(truncatingIfNeeded: place)
    }
    return places
  }
}
