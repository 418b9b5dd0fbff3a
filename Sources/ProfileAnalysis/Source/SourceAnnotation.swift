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
  ///   - totals: those of `nodes` for the same values.
  /// - Complexity: O(*n*) in the frames of distinct stacks.
  public init(
    file: StringID, _ profile: Profile, nodes: NodeTable, totals: NodeTotals, values: Column<Int64>
  ) {
    var sums = LineSums(file: file, nodes: nodes)
    sums.add(profile.stacks, StackWeights.compute(profile, values: values), nodes)
    var heaviest = [NodeID](repeating: .none, count: sums.numbers.count)
    for node in nodes.indices where sums.slots[node] != LineSums.other {
      let slot = Int(sums.slots[node])
      let best = heaviest[slot]
      if best.isNone || weight(node, totals) > weight(best.index, totals) {
        heaviest[slot] = NodeID(node)
      }
    }
    flat = sums.fileFlat
    cumulative = sums.fileCumulative
    lines = sums.numbers.indices.filter { sums.flat[$0] != 0 || sums.cumulative[$0] != 0 }.map {
      Line(
        number: sums.numbers[$0], flat: sums.flat[$0], cumulative: sums.cumulative[$0],
        node: heaviest[$0])
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

private func weight(_ node: Int, _ totals: NodeTotals) -> (UInt64, UInt64) {
  (totals.cumulative[node].magnitude, totals.flat[node].magnitude)
}

/// The sums of a file's lines while they are added up.
private struct LineSums {
  /// The slot of nodes in other files.
  static let other = UInt32.max

  /// By node, its line's place among `numbers`.
  private(set) var slots: [UInt32]
  private(set) var numbers: [Int64] = []
  private(set) var flat: [Int64]
  private(set) var cumulative: [Int64]
  private(set) var fileFlat: Int64 = 0
  private(set) var fileCumulative: Int64 = 0

  init(file: StringID, nodes: NodeTable) {
    slots = Array(repeating: Self.other, count: nodes.count)
    var known: [Int64: UInt32] = [:]
    for node in nodes.indices where nodes.files[node] == file {
      let number = nodes.lines[node]
      let next = UInt32(truncatingIfNeeded: numbers.count)
      let slot = known[number] ?? next
      if slot == next {
        known[number] = next
        numbers.append(number)
      }
      slots[node] = slot
    }
    flat = Array(repeating: 0, count: numbers.count)
    cumulative = flat
  }

  mutating func add(_ stacks: StackTable, _ weights: Column<Int64>, _ nodes: NodeTable) {
    var lastStack = [UInt32](repeating: .max, count: numbers.count)
    var cursor = StackCursor(stacks)
    let nodeStarts = nodes.locationStarts.span
    let locationNodes = nodes.locationNodes.span
    let weights = weights.span
    // Few locations are in one file: most frames are passed by with one look.
    var isInFile = [Bool](repeating: false, count: max(nodeStarts.count - 1, 0))
    for location in isInFile.indices {
      for row in Int(nodeStarts[location])..<Int(nodeStarts[location + 1])
      where slots[locationNodes[row].index] != Self.other {
        isInFile[location] = true
      }
    }
    for stack in weights.indices where weights[stack] != 0 {
      cursor.move(to: stack)
      let locations = cursor.locations
      guard !locations.isEmpty else { continue }
      let stamp = UInt32(truncatingIfNeeded: stack)
      var isHit = false
      for position in locations.indices where isInFile[locations[position].index] {
        isHit = true
        let location = locations[position].index
        for row in Int(nodeStarts[location])..<Int(nodeStarts[location &+ 1]) {
          let slot = slots[locationNodes[row].index]
          guard slot != Self.other else { continue }
          if lastStack[Int(slot)] != stamp {
            lastStack[Int(slot)] = stamp
            cumulative[Int(slot)] &+= weights[stack]
          }
        }
      }
      guard isHit else { continue }
      fileCumulative &+= weights[stack]
      let leaf = slots[locationNodes[Int(nodeStarts[locations[0].index])].index]
      if leaf != Self.other {
        flat[Int(leaf)] &+= weights[stack]
        fileFlat &+= weights[stack]
      }
    }
  }
}
