import ProfileModel

/// Who calls one node and whom it calls, with the sum of the samples that made each call.
///
/// A sample counts once for each pair of caller and callee; calls of a node by itself do not count.
public struct NodeCalls: Sendable {
  /// A node on the other end of calls.
  public struct Call: Hashable, Sendable {
    public let node: NodeID
    public let weight: Int64

    public init(node: NodeID, weight: Int64) {
      self.node = node
      self.weight = weight
    }
  }

  /// In no order.
  public let callers: [Call]
  /// In no order.
  public let callees: [Call]

  /// Adds up `values`, one for each sample of the profile. Sums wrap around at 64 bits.
  ///
  /// - Complexity: O(*n*) in locations, and in what neighbouring stacks do not share.
  public init(of node: NodeID, _ profile: Profile, _ nodes: NodeTable, values: Column<Int64>) {
    let weights = StackWeights.compute(profile, values: values)
    let isHit = nodes.locations { $0 == node }
    let halves = profile.stacks.inHalves { range in
      var sums = NodeCallSums(of: node, nodes)
      sums.add(profile.stacks, range, weights, where: isHit)
      return (sums.calls(ofCallers: true), sums.calls(ofCallers: false))
    }
    callers = Self.joined(halves.map { $0.0 })
    callees = Self.joined(halves.map { $0.1 })
  }

  private static func joined(_ halves: [[Call]]) -> [Call] {
    guard halves.count > 1 else { return halves[0] }
    var weights: [NodeID: Int64] = [:]
    for call in halves.joined() { weights[call.node, default: 0] &+= call.weight }
    return weights.map { Call(node: $0.key, weight: $0.value) }
  }
}

/// The calls of a node while they are added up, stack by stack.
private struct NodeCallSums: ~Copyable {
  struct End {
    var node: NodeID
    var isCaller: Bool
  }

  /// By row of the sums, what is at the other end; the first row is no call.
  private var ends = [End(node: .none, isCaller: false)]
  private var path = PathSums(count: 1, spareRow: 0)
  private let node: NodeID
  private let nodes: NodeTable
  /// By node, the rows of it as a caller and as a callee; 0 until it is one.
  private var callerRows: [UInt32]
  private var calleeRows: [UInt32]
  /// The rows of the calls that lead to a location, or are within it.
  private var calls: [UInt32] = []

  init(of node: NodeID, _ nodes: NodeTable) {
    self.node = node
    self.nodes = nodes
    callerRows = Array(repeating: 0, count: nodes.count)
    calleeRows = callerRows
  }

  /// The calls that any stack has, in order of the first.
  func calls(ofCallers isCaller: Bool) -> [NodeCalls.Call] {
    ends.indices.filter { ends[$0].isCaller == isCaller && path.sums[$0].marks != 0 }.map {
      NodeCalls.Call(node: ends[$0].node, weight: path.sums[$0].weight)
    }
  }

  mutating func add(
    _ stacks: StackTable, _ range: Range<Int>, _ weights: Column<Int64>, where isHit: Column<Bool>
  ) {
    var hits = StackHits(stacks, where: isHit, from: range.lowerBound, includesCallees: true)
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
        findCalls(to: hits[position].location, from: hits.caller(ofHit: position))
        tail.enterLocation()
        tail = path.extend(to: tail, appending: calls, locations: left)
      }
      path.extend(to: tail)
      path.add(weights[stack])
    }
    path.closeAll()
  }

  private mutating func findCalls(to location: LocationID, from outer: LocationID?) {
    calls.removeAll(keepingCapacity: true)
    // The innermost node of a location calls the outermost one of the next.
    var caller = outer.flatMap { nodes[$0].first } ?? .none
    for row in nodes.range(of: location).reversed() {
      let callee = nodes.locationNodes[row]
      if !caller.isNone, caller != callee {
        if caller == node {
          calls.append(rowOfCallee(callee))
        } else if callee == node {
          calls.append(rowOfCaller(caller))
        }
      }
      caller = callee
    }
  }

  private mutating func rowOfCaller(_ other: NodeID) -> UInt32 {
    if callerRows[other.index] == 0 { callerRows[other.index] = addRow(other, isCaller: true) }
    return callerRows[other.index]
  }

  private mutating func rowOfCallee(_ other: NodeID) -> UInt32 {
    if calleeRows[other.index] == 0 { calleeRows[other.index] = addRow(other, isCaller: false) }
    return calleeRows[other.index]
  }

  private mutating func addRow(_ other: NodeID, isCaller: Bool) -> UInt32 {
    ends.append(End(node: other, isCaller: isCaller))
    path.sums.append(PathSums.Sum())
    return UInt32(truncatingIfNeeded: ends.count - 1)
  }
}

extension NodeTable {
  /// By location, whether `isHit` answers true for any of its nodes.
  public func locations(where isHit: (NodeID) -> Bool) -> Column<Bool> {
    let starts = locationStarts.span
    let nodes = locationNodes.span
    var result = ColumnBuilder<Bool>(capacity: starts.count - 1)
    for location in 0..<starts.count - 1 {
      var found = false
      for row in Int(starts[location])..<Int(starts[location &+ 1]) where isHit(nodes[row]) {
        found = true
      }
      result.append(found)
    }
    return result.finish()
  }
}
