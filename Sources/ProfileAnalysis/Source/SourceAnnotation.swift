import ProfileModel

/// What each line of a source file costs.
public struct SourceAnnotation: Sendable {
  /// A line that has a value.
  public struct Line: Hashable, Sendable {
    /// Counted from 1; as the profile has it, which may be 0 or not in the file.
    public let number: Int64
    /// The value of the samples whose innermost frame is on the line.
    public let flat: Int64
    /// The value of the samples with the line anywhere in their stack; each sample counts once.
    public let cumulative: Int64
    /// The node on the line that has the largest part of it.
    public let node: NodeID
  }

  /// The lines that have a value, in order of their numbers.
  public let lines: [Line]
  /// The value of the samples whose innermost frame is in the file.
  public let flat: Int64
  /// The value of the samples with the file anywhere in their stack; each sample counts once.
  public let cumulative: Int64

  /// Adds up `values`, one for each sample of the profile. Sums wrap around at 64 bits.
  ///
  /// - Parameters:
  ///   - file: a string of `nodes`.
  ///   - nodes: the profile's lines: a table of granularity `lines`.
  /// - Complexity: O(*n*) in locations, and in what neighbouring stacks do not share.
  public init(file: StringID, _ profile: Profile, nodes: NodeTable, values: Column<Int64>) {
    let sums = LineSums(file: file, profile, nodes, values: values)
    var heaviest = [Int?](repeating: nil, count: sums.numbers.count)
    for (place, slot) in sums.slots.enumerated() {
      if let best = heaviest[slot], sums.weight(ofNode: place) <= sums.weight(ofNode: best) {
        continue
      }
      heaviest[slot] = place
    }
    flat = sums.fileFlat
    cumulative = sums.fileCumulative
    lines = sums.numbers.indices.filter { sums.flat[$0] != 0 || sums.cumulative[$0] != 0 }.map {
      Line(
        number: sums.numbers[$0], flat: sums.flat[$0], cumulative: sums.cumulative[$0],
        node: heaviest[$0].map { sums.nodes[$0] } ?? .none)
    }.sorted { $0.number < $1.number }
  }

  /// The line with this number; nil where it has no value.
  public func line(_ number: Int64) -> Line? {
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < lines.count && lines[low].number == number ? lines[low] : nil
  }

  /// The lines by what they cost, the hottest first: by magnitude of their flat value, then of their
  /// cumulative value, then by number.
  public var hottest: [Line] {
    lines.sorted { left, right in
      if left.flat.magnitude != right.flat.magnitude {
        return left.flat.magnitude > right.flat.magnitude
      }
      if left.cumulative.magnitude != right.cumulative.magnitude {
        return left.cumulative.magnitude > right.cumulative.magnitude
      }
      return left.number < right.number
    }
  }
}

/// The sums of a file's lines and of their nodes.
private struct LineSums {
  /// The nodes in the file.
  private(set) var nodes: [NodeID] = []
  /// By place among `nodes`, that of the node's line among `numbers`.
  private(set) var slots: [Int] = []
  private(set) var numbers: [Int64] = []
  private(set) var flat: [Int64] = []
  private(set) var cumulative: [Int64] = []
  private(set) var fileFlat: Int64 = 0
  private(set) var fileCumulative: Int64 = 0
  /// By place among `nodes`.
  private var nodeFlat: [Int64] = []
  private var nodeCumulative: [Int64] = []

  init(file: StringID, _ profile: Profile, _ table: NodeTable, values: Column<Int64>) {
    // By node of the table, its place among `nodes`.
    var places = [UInt32](repeating: .max, count: table.count)
    var known: [Int64: Int] = [:]
    for node in table.indices where table.files[node] == file {
      let number = table.lines[node]
      let slot = known[number] ?? numbers.count
      if slot == numbers.count {
        known[number] = slot
        numbers.append(number)
      }
      places[node] = UInt32(truncatingIfNeeded: nodes.count)
      nodes.append(NodeID(node))
      slots.append(slot)
    }
    add(profile, table, places, StackWeights.compute(profile, values: values))
  }

  /// What tells which node of a line has the largest part of it.
  func weight(ofNode place: Int) -> (UInt64, UInt64) {
    (nodeCumulative[place].magnitude, nodeFlat[place].magnitude)
  }

  private mutating func add(
    _ profile: Profile, _ table: NodeTable, _ places: [UInt32], _ weights: Column<Int64>
  ) {
    let leaves = PlaceSums.leaves(profile, weights: weights)
    flat = Array(repeating: 0, count: numbers.count)
    nodeFlat = Array(repeating: 0, count: nodes.count)
    // Things are the nodes, then the lines, then the file.
    let lines = UInt32(truncatingIfNeeded: nodes.count)
    let file = lines &+ UInt32(truncatingIfNeeded: numbers.count)
    var sums = PlaceSums()
    var things: [UInt32] = []
    for location in profile.locations.indices {
      things.removeAll(keepingCapacity: true)
      for row in table.range(of: LocationID(location)) {
        let place = places[table.locationNodes[row].index]
        guard place != .max else { continue }
        things.append(place)
        things.append(lines &+ UInt32(truncatingIfNeeded: slots[Int(place)]))
      }
      if !things.isEmpty { things.append(file) }
      sums.addLocation(things)
      let leaf = places[table.locationNodes[table.range(of: LocationID(location)).lowerBound].index]
      guard leaf != .max else { continue }
      nodeFlat[Int(leaf)] &+= leaves[location]
      flat[slots[Int(leaf)]] &+= leaves[location]
      fileFlat &+= leaves[location]
    }
    let all = sums.sums(profile.stacks, weights: weights, count: Int(file) + 1)
    nodeCumulative = Array(all[..<Int(lines)])
    cumulative = Array(all[Int(lines)..<Int(file)])
    fileCumulative = all[Int(file)]
  }
}
