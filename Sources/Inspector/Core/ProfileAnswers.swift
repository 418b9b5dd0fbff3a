import ProfileAnalysis
import ProfileModel

/// What is derived from a profile, each made when first asked for and kept.
///
/// Used from the loop's thread and from the one that loads: who asks for what another is making
/// waits for it.
final class ProfileAnswers: Sendable {
  private let profile: Profile
  private let nodeTables: Kept<Granularity, NodeTable>
  private let totals: Kept<ColumnKey, NodeTotals>
  private let trees: Kept<TreeKey, CallTree>
  private let valuedCounts: Kept<ColumnKey, Int>
  private let neighbours: Kept<NeighbourKey, Neighbours>
  private let breakdowns: Kept<BreakdownKey, LabelBreakdown>
  private let heaviestStacks: Kept<NeighbourKey, [NodeID]>
  private let origins: Kept<NeighbourKey, GrowthOrigin?>
  private let symbols: Kept<Granularity, SymbolIndex>
  private let ranked: Kept<Granularity, RankedNodes>
  /// The answers about the profile as it was loaded, whose strings all have; nil for those themselves.
  private let whole: ProfileAnswers?
  /// Those about the profile with the same samples from whose stacks frames were left out; nil where
  /// there is none, or is no more.
  private weak let unabridged: ProfileAnswers?
  /// Those about the profile of which a focus left this one, and what samples had to match.
  private weak let unfocused: ProfileAnswers?
  private let focus: Pattern?
  private let names: Kept<Int, NameOrder>
  private let multiples: Kept<Int, Multiple?>

  private struct ColumnKey: Hashable, Sendable {
    var granularity: Granularity
    var column: Int
  }

  private struct TreeKey: Hashable, Sendable {
    var of: ColumnKey
    var options: CallTreeOptions
  }

  /// A column whose values are those of another, times a factor.
  private struct Multiple: Sendable {
    var column: Int
    var factor: Int64
  }

  private struct NeighbourKey: Hashable, Sendable {
    var of: ColumnKey
    var node: NodeID
  }

  private struct BreakdownKey: Hashable, Sendable {
    var of: ColumnKey
    var label: LabelSelection
  }

  /// - Parameters:
  ///   - old: the answers about the profile that this one was made of.
  ///   - hasItsNodes: whether it has its locations too.
  ///   - hasItsSamples: whether it has its samples too, with fewer frames in their stacks.
  ///   - focus: what all of its samples match that the profile has, if that is all that was done to it.
  ///   - budget: what the large ones are kept within.
  init(
    _ profile: Profile, madeOf old: ProfileAnswers? = nil, hasItsNodes: Bool = false,
    hasItsSamples: Bool = false, focus: Pattern? = nil, budget: AnswerBudget
  ) {
    let former = hasItsNodes ? old : nil
    self.profile = profile
    let strings = profile.strings
    nodeTables =
      former?.nodeTables
      ?? Kept(limit: 6, cost: .init(budget: budget) { $0.byteCount(besides: strings) })
    symbols = former?.symbols ?? Kept(limit: 2, cost: .init(budget: budget) { $0.byteCount })
    ranked = former?.ranked ?? Kept(limit: 6, cost: .init(budget: budget) { $0.byteCount })
    totals = Kept(limit: 24, cost: .init(budget: budget) { $0.byteCount })
    trees = Self.keepingTrees(budget)
    neighbours = Kept(limit: 256, cost: .init(budget: budget) { $0.byteCount })
    breakdowns = Kept(limit: 64, cost: .init(budget: budget) { $0.byteCount })
    valuedCounts = Kept(limit: 64)
    heaviestStacks = Kept(limit: 64)
    origins = Kept(limit: 256)
    names = Kept(limit: 1)
    multiples = Kept(limit: 64)
    whole = old?.whole ?? old
    unabridged = hasItsSamples ? old : nil
    unfocused = hasItsNodes ? old : nil
    self.focus = focus
  }

  /// The answers about a profile as it was loaded but for the ids of its stacks, by those about the one
  /// that was: all but the trees are the same.
  init(sorted: Profile, from old: ProfileAnswers, budget: AnswerBudget) {
    profile = sorted
    nodeTables = old.nodeTables
    symbols = old.symbols
    ranked = old.ranked
    totals = old.totals
    trees = Self.keepingTrees(budget)
    neighbours = old.neighbours
    breakdowns = old.breakdowns
    valuedCounts = old.valuedCounts
    heaviestStacks = old.heaviestStacks
    origins = old.origins
    names = old.names
    multiples = old.multiples
    whole = nil
    unabridged = nil
    unfocused = nil
    focus = nil
  }

  private static func keepingTrees(_ budget: AnswerBudget) -> Kept<TreeKey, CallTree> {
    Kept(limit: 8, cost: .init(budget: budget) { $0.byteCount })
  }

  func nodes(_ granularity: Granularity) -> NodeTable {
    nodeTables.value(for: granularity) { NodeTable(profile, granularity: granularity) }
  }

  func totals(_ granularity: Granularity, column: Int) -> NodeTotals {
    totals.value(for: ColumnKey(granularity: granularity, column: column)) {
      let values = profile.samples.values[column]
      guard let multiple = multiple(column) else { return sums(granularity, column: column) }
      let sums = totals(granularity, column: multiple.column)
      return NodeTotals(
        flat: Column(sums.flat.map { $0 &* multiple.factor }),
        cumulative: Column(sums.cumulative.map { $0 &* multiple.factor }),
        total: SampleTotal.compute(profile, values: values))
    }
  }

  private func sums(_ granularity: Granularity, column: Int) -> NodeTotals {
    let (nodes, values) = (nodes(granularity), profile.samples.values[column])
    if let sums = sumsFromKnown(nodes, column: column) { return sums }
    guard let whole, profile.hasStacks(of: whole.profile), profile.hasLocations(of: whole.profile)
    else {
      return NodeTotals.compute(profile, nodes: nodes, values: values, usesTwoThreads: true)
    }
    return NodeTotals.compute(
      profile, nodes: nodes, values: values, of: whole.profile,
      wholeValues: whole.profile.samples.values[column]
    ) { whole.totals(granularity, column: column) }
  }

  /// The sums from others that are known already, of nodes that are mostly the same.
  private func sumsFromKnown(_ nodes: NodeTable, column: Int) -> NodeTotals? {
    func sums(_ answers: ProfileAnswers, _ granularity: Granularity) -> NodeTotals? {
      guard
        let known = answers.totals.known(for: ColumnKey(granularity: granularity, column: column))
      else { return nil }
      return NodeTotals.compute(
        profile, nodes: nodes, values: profile.samples.values[column], from: answers.profile,
        answers.nodes(granularity), known)
    }
    return unabridged.flatMap { sums($0, nodes.granularity) }
      ?? nodes.granularity.nearest.flatMap { sums(self, $0) }
  }

  /// The column before this one that it is a multiple of, as nanoseconds are of the samples that
  /// were taken every so often; nil where there is none.
  private func multiple(_ column: Int) -> Multiple? {
    multiples.value(for: column) {
      (0..<column).lazy.compactMap { other in
        self.factor(of: column, over: other).map { Multiple(column: other, factor: $0) }
      }.first
    }
  }

  private func factor(of column: Int, over other: Int) -> Int64? {
    let columns = (profile.samples.values[column], profile.samples.values[other])
    let (values, others) = (columns.0.span, columns.1.span)
    var factor: Int64?
    for row in values.indices {
      guard let known = factor else {
        if values[row] == 0, others[row] == 0 { continue }
        let (quotient, overflows) = values[row].dividedReportingOverflow(by: others[row])
        // By a factor of 0, or none, nothing can be told.
        guard !overflows, quotient != 0, quotient &* others[row] == values[row] else { return nil }
        factor = quotient
        continue
      }
      if others[row] &* known != values[row] { return nil }
    }
    return factor
  }

  /// The nodes in the order of their names in reports.
  func nodesByName(_ granularity: Granularity) -> RankedNodes {
    ranked.value(for: granularity) {
      let nodes = nodes(granularity)
      return RankedNodes(nodes.indices.map { NodeID($0) }, in: nodes, by: nameOrder(nodes))
    }
  }

  /// The order of the functions' names, where it helps with a table.
  func nameOrder(_ table: NodeTable) -> NameOrder? {
    guard table.granularity != .packages, table.granularity != .files else { return nil }
    if let whole { return whole.nameOrder(table) }
    return names.value(for: 0) { NameOrder(nodes(.functions)) }
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

  /// Says that a tree which was got earlier is still looked at.
  func noteUse(ofTree granularity: Granularity, column: Int, _ options: CallTreeOptions) {
    trees.noteUse(
      of: TreeKey(of: ColumnKey(granularity: granularity, column: column), options: options))
  }

  func neighbours(_ granularity: Granularity, column: Int, of node: NodeID) -> Neighbours {
    let key = NeighbourKey(of: ColumnKey(granularity: granularity, column: column), node: node)
    return neighbours.value(for: key) {
      if let known = neighboursBeforeFocus(key) { return known }
      guard let multiple = multiple(column) else {
        return Neighbours(
          of: node, profile, nodes(granularity), values: profile.samples.values[column])
      }
      return neighbours(granularity, column: multiple.column, of: node).scaled(by: multiple.factor)
    }
  }

  /// The neighbours from before the focus, if they are known and no sample through the node went.
  private func neighboursBeforeFocus(_ key: NeighbourKey) -> Neighbours? {
    let granularity = key.of.granularity
    guard let focus, granularity != .files, granularity != .packages,
      let known = unfocused?.neighbours.known(for: key)
    else { return nil }
    let nodes = nodes(granularity)
    let name = nodes.names[key.node.index]
    // All locations match that have the node, as one of their functions has its name.
    var matcher = focus.makeMatcher()
    let isKept = name != .empty && nodes.strings.withBytes(of: name) { matcher.matches($0) }
    return isKept ? known : nil
  }

  /// The nodes of the stack with the largest value that has a node, from the innermost frame out.
  func heaviestStack(_ granularity: Granularity, column: Int, with node: NodeID) -> [NodeID] {
    let key = NeighbourKey(of: ColumnKey(granularity: granularity, column: column), node: node)
    return heaviestStacks.value(for: key) {
      HeaviestPath.stack(
        with: node, profile, nodes(granularity), values: profile.samples.values[column])
    }
  }

  /// The symbols that the samples with a label cost.
  func breakdown(
    _ granularity: Granularity, column: Int, of label: LabelSelection, units: LabelUnits
  ) -> LabelBreakdown {
    let key = BreakdownKey(of: ColumnKey(granularity: granularity, column: column), label: label)
    return breakdowns.value(for: key) {
      LabelBreakdown(
        label, profile, nodes(granularity), values: profile.samples.values[column], units: units)
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

extension Granularity {
  /// Another that mostly tells the same nodes apart; nil where there is none.
  fileprivate var nearest: Granularity? {
    switch self {
    case .functions: .filefunctions
    case .filefunctions: .functions
    case .lines: .addresses
    case .addresses: .lines
    case .files, .packages: nil
    }
  }
}
