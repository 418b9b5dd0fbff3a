import ProfileAnalysis
import ProfileModel

/// An open profile, and what every view shares of how it is looked at.
///
/// What is derived from it is made when first asked for and kept by reference, so that a copy of
/// a session is cheap and views that ask for the same get the same.
package struct ProfileSession: Sendable {
  /// What the header calls it.
  package let name: String
  package let profile: Profile
  /// The index of the sample type that is shown.
  package private(set) var sampleType: Int
  package private(set) var granularity = Granularity.functions
  package var order = SortOrder()
  /// Whether values are shown per object instead of as sums.
  package var showsMeans = false
  /// What rows must match to be shown.
  package var rowFilter: SearchMatches?
  /// The selected symbol; nil before anything was selected.
  package var selection: NodeID? {
    get { selected }
    set {
      guard newValue != selected else { return }
      selected = newValue
      chosen = newValue.map { ($0, granularity) }
    }
  }
  private var selected: NodeID?
  /// The symbol that was selected last by someone, in the granularity of that time: what a change
  /// of granularity goes by, so that a round through all of them ends where it began.
  private var chosen: (node: NodeID, granularity: Granularity)?
  /// The filters that the profile went through, in words: `focus=json`.
  package let filters: [String]
  /// What came of looking for source files, by the names that the profile has for them.
  package var sources: [String: SourceFile] = [:]
  /// By sample type, what percentages are of unless they are relative; nil where nothing was filtered.
  private let wholes: [Int64]?
  /// Whether percentages are of what the filters leave.
  package var hasRelativeShares = false
  let answers: ProfileAnswers

  /// - Parameters:
  ///   - name: what the header calls it.
  ///   - sampleType: the type to start with, as `SampleTypeSelection` takes it.
  ///   - wholes: by sample type, what percentages are of; nil for the sums of this profile.
  ///   - filters: the filters that the profile went through, in words.
  /// - Throws: `SampleTypeSelectionError` where the profile has no such type.
  package init(
    name: String, profile: Profile, sampleType: String = "", wholes: [Int64]? = nil,
    filters: [String] = []
  ) throws(SampleTypeSelectionError) {
    self.name = name
    self.profile = profile
    self.sampleType = try SampleTypeSelection.index(named: sampleType, in: profile.header)
    self.filters = filters
    self.wholes = wholes
    answers = ProfileAnswers(profile)
  }

  /// The rows that reports are made of.
  package var nodes: NodeTable { answers.nodes(granularity) }

  /// The values of the samples for the sample type that is shown.
  package var values: Column<Int64> { profile.samples.values[sampleType] }

  package var valueType: ValueType { profile.header.sampleTypes[sampleType] }

  /// Flat and cumulative values of each node for the sample type that is shown.
  package var totals: NodeTotals { totals(ofType: sampleType) }

  /// Flat and cumulative values of each node for a sample type, and what their percentages are of.
  package func totals(ofType type: Int) -> NodeTotals {
    let sums = answers.totals(granularity, type: type)
    guard !hasRelativeShares, let wholes, wholes.indices.contains(type) else { return sums }
    return NodeTotals(flat: sums.flat, cumulative: sums.cumulative, total: wholes[type])
  }

  /// Whether the profile is what filters left of a larger one.
  var isPartOfWhole: Bool { wholes != nil && !filters.isEmpty }

  /// The flat and cumulative counts of objects (allocations, events) behind the values; nil where
  /// the profile has none beside what is shown.
  package var counts: NodeTotals? {
    countType.map { totals(ofType: $0) }
  }

  package func tree(inverted: Bool, foldsRecursion: Bool = false) -> CallTree {
    answers.tree(
      granularity, type: sampleType,
      CallTreeOptions(isInverted: inverted, foldsRecursion: foldsRecursion))
  }

  /// The tree of what counts objects, as `counts` are the totals of it.
  func countTree(inverted: Bool) -> CallTree? {
    countType.map {
      answers.tree(granularity, type: $0, CallTreeOptions(isInverted: inverted))
    }
  }

  /// The frames on the way to a node, of the heaviest stack that has it; empty where none has.
  ///
  /// - Complexity: O(*n*) in the frames of all samples.
  func heaviestPath(to node: NodeID, inverted: Bool) -> [NodeID] {
    HeaviestPath.find(node, profile, nodes, values: values, isInverted: inverted)
  }

  /// How many symbols have a value, and how many of them rows are shown for.
  var rowCounts: (shown: Int, all: Int) {
    let all = answers.valuedCount(granularity, type: sampleType)
    return (rowFilter?.valuedCount ?? all, all)
  }

  /// The callers and callees of a node.
  package func neighbours(of node: NodeID) -> Neighbours {
    answers.neighbours(granularity, type: sampleType, of: node)
  }

  // MARK: Changing what is shown

  /// Chooses the granularity to start with, and makes what the first screen needs.
  ///
  /// - Complexity: that of adding up the whole profile; meant for the thread that loads.
  package mutating func begin(granularity: Granularity) {
    self.granularity = granularity
    _ = totals
    _ = counts
    _ = rowCounts
  }

  /// Shows another sample type; one out of range is brought round.
  package mutating func showSampleType(_ index: Int) {
    let count = profile.header.sampleTypes.count
    guard count > 0 else { return }
    sampleType = ((index % count) + count) % count
    if countType == nil { showsMeans = false }
  }

  /// Tells nodes apart in another way, and keeps the selection on the same function.
  package mutating func show(_ granularity: Granularity) {
    self.granularity = granularity
    rowFilter = rowFilter.map { SearchMatches($0.query, in: self) }
    selected = chosen.flatMap {
      $0.granularity == granularity
        ? $0.node : answers.counterpart(of: $0.node, $0.granularity, for: granularity)
    }
  }

  // MARK: Objects

  /// The sample type that counts what the shown one measures: `alloc_objects` for `alloc_space`.
  package var countType: Int? {
    let types = profile.header.sampleTypes
    let shown = types[sampleType]
    guard shown.unit != "count" else { return nil }
    if let end = shown.type.range(ofSuffix: "space") {
      let wanted = shown.type[..<end] + "objects"
      if let found = types.firstIndex(where: { $0.type == wanted }) { return found }
    }
    // Go writes the count of events before what they cost: `contentions`, `delay`.
    let counts = types.indices.filter { types[$0].unit == "count" }
    return counts.count == 1 ? counts.first : nil
  }

  /// The word for what is counted: `objs`, `contentions`.
  package var countNoun: (one: String, many: String) {
    guard let countType else { return ("", "") }
    let name = profile.header.sampleTypes[countType].type
    if name.hasSuffix("objects") { return ("obj", "objs") }
    return (name.hasSuffix("s") ? String(name.dropLast()) : name, name)
  }
}

/// By what rows are ordered.
package struct SortOrder: Hashable, Sendable {
  package enum Key: String, CaseIterable, Sendable {
    case flat
    case cumulative
    case name
  }

  package var key = Key.flat
  /// From the other end: smallest first, or Z to A.
  package var isReversed = false

  package init(key: Key = .flat, isReversed: Bool = false) {
    self.key = key
    self.isReversed = isReversed
  }
}

extension String {
  /// Where the suffix begins, if the text ends with it.
  fileprivate func range(ofSuffix suffix: String) -> Index? {
    hasSuffix(suffix) ? index(endIndex, offsetBy: -suffix.count) : nil
  }
}
