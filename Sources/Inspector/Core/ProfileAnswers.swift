import ProfileAnalysis
import ProfileModel
import Synchronization

/// What is derived from a profile, each made when first asked for and kept.
///
/// Used from the loop's thread and from the one that loads: who asks for what another is making
/// waits for it.
final class ProfileAnswers: Sendable {
  private let profile: Profile
  private let nodeTables: Kept<Granularity, NodeTable>
  private let totals = Kept<ColumnKey, NodeTotals>(limit: 64)
  /// Trees are large: only a few are kept.
  private let trees = Kept<TreeKey, CallTree>(limit: 8)
  private let valuedCounts = Kept<ColumnKey, Int>(limit: 64)
  private let neighbours = Kept<NeighbourKey, Neighbours>(limit: 256)
  private let origins = Kept<NeighbourKey, GrowthOrigin?>(limit: 256)
  private let symbols: Kept<Granularity, SymbolIndex>

  private struct ColumnKey: Hashable, Sendable {
    var granularity: Granularity
    var column: Int
  }

  private struct TreeKey: Hashable, Sendable {
    var of: ColumnKey
    var options: CallTreeOptions
  }

  private struct NeighbourKey: Hashable, Sendable {
    var of: ColumnKey
    var node: NodeID
  }

  /// - Parameter former: the answers about a profile with the same locations, whose nodes are shared.
  init(_ profile: Profile, nodesOf former: ProfileAnswers? = nil) {
    self.profile = profile
    nodeTables = former?.nodeTables ?? Kept(limit: 6)
    symbols = former?.symbols ?? Kept(limit: 2)
  }

  func nodes(_ granularity: Granularity) -> NodeTable {
    nodeTables.value(for: granularity) { NodeTable(profile, granularity: granularity) }
  }

  func totals(_ granularity: Granularity, column: Int) -> NodeTotals {
    totals.value(for: ColumnKey(granularity: granularity, column: column)) {
      NodeTotals.compute(
        profile, nodes: nodes(granularity), values: profile.samples.values[column])
    }
  }

  /// How many nodes have a flat or a cumulative value.
  func valuedCount(_ granularity: Granularity, column: Int) -> Int {
    valuedCounts.value(for: ColumnKey(granularity: granularity, column: column)) {
      let totals = totals(granularity, column: column)
      return totals.flat.indices.reduce(0) {
        $0 + (totals.flat[$1] != 0 || totals.cumulative[$1] != 0 ? 1 : 0)
      }
    }
  }

  func tree(_ granularity: Granularity, column: Int, _ options: CallTreeOptions) -> CallTree {
    let key = TreeKey(of: ColumnKey(granularity: granularity, column: column), options: options)
    return trees.value(for: key) {
      CallTree(
        profile, nodes: nodes(granularity), values: profile.samples.values[column],
        options: options)
    }
  }

  func neighbours(_ granularity: Granularity, column: Int, of node: NodeID) -> Neighbours {
    let key = NeighbourKey(of: ColumnKey(granularity: granularity, column: column), node: node)
    return neighbours.value(for: key) {
      Neighbours(
        of: node, profile, nodes(granularity), values: profile.samples.values[column])
    }
  }

  /// The node that is known by `identity`, in the table of its granularity; nil where there is none.
  func node(known identity: SymbolIdentity) -> NodeID? {
    let nodes = nodes(identity.granularity)
    if nodes.indices.contains(identity.hint.index), nodes.identity(of: identity.hint) == identity {
      return identity.hint
    }
    return symbols.value(for: identity.granularity) { SymbolIndex(nodes) }[identity]
  }

  /// The line of the program that a column's values of a node come from.
  func origin(_ granularity: Granularity, column: Int, of node: NodeID) -> GrowthOrigin? {
    let key = NeighbourKey(of: ColumnKey(granularity: granularity, column: column), node: node)
    return origins.value(for: key) {
      GrowthOrigin(
        of: node, profile, nodes: nodes(granularity), lines: nodes(.lines),
        values: profile.samples.values[column])
    }
  }

  /// A function that the node stands for, for where it is defined; nil where it stands for none.
  func function(of node: NodeID, _ granularity: Granularity) -> FunctionID? {
    lines(of: node, granularity).first?.function
  }

  /// The source line of the first frame that belongs to the node, as an array of one, or none.
  private func lines(of node: NodeID, _ granularity: Granularity) -> [Line] {
    let nodes = nodes(granularity)
    let all = nodes.locationNodes.span
    // TODO: a column in the node table would spare the search; it stops at the first hit.
    for index in 0..<all.count where all[index] == node {
      return location(at: index, nodes).flatMap { location, offset in
        let lines = profile.locations.lines(of: location)
        return offset < lines.count ? [lines[lines.startIndex + offset]] : nil
      } ?? []
    }
    return []
  }

  /// The location whose nodes hold the one at `index`, and which of its nodes that is.
  private func location(at index: Int, _ nodes: NodeTable) -> (LocationID, Int)? {
    var low = 0
    var high = profile.locations.count
    while low < high {
      let middle = (low + high) / 2
      if Int(nodes.locationStarts[middle + 1]) <= index { low = middle + 1 } else { high = middle }
    }
    guard low < profile.locations.count else { return nil }
    return (LocationID(low), index - Int(nodes.locationStarts[low]))
  }

  /// The first node of another granularity that shares a frame with `node`.
  func counterpart(
    of node: NodeID, _ granularity: Granularity, for wanted: Granularity
  ) -> NodeID? {
    let old = nodes(granularity)
    let new = nodes(wanted)
    let all = old.locationNodes.span
    for index in 0..<all.count where all[index] == node {
      // Both tables have a node for each line of each location.
      return index < new.locationNodes.count ? new.locationNodes[index] : nil
    }
    return nil
  }
}

/// Values by key, each made once; the oldest goes when there are more than `limit`.
final class Kept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct State {
    var values: [Key: Value] = [:]
    var order: [Key] = []
  }

  private let state = Mutex(State())
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func value(for key: Key, make: () -> Value) -> Value {
    state.withLock { state in
      if let value = state.values[key] { return value }
      let value = make()
      state.values[key] = value
      state.order.append(key)
      if state.order.count > limit { state.values[state.order.removeFirst()] = nil }
      return value
    }
  }
}
