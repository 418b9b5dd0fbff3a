import ProfileAnalysis
import ProfileModel

/// An open profile, and what every view shares of how it is looked at.
///
/// What is derived from it is made when first asked for and kept by reference, so that a copy of
/// a session is cheap and views that ask for the same get the same.
package struct ProfileSession: Sendable {
  /// What the header calls it.
  package let name: String
  /// What narrows down what is shown, step by step; see `refine`.
  package private(set) var refinements = RefinementStack()
  /// The index of the sample type that is shown.
  package private(set) var sampleType: Int
  package var order = SortOrder()
  /// Whether values are shown per object instead of as sums; a change has no mean.
  package var showsMeans: Bool {
    get { wantsMeans && !showsChange }
    set { wantsMeans = newValue }
  }
  private var wantsMeans = false
  /// What rows must match to be shown.
  package var rowFilter: SearchMatches?
  /// The selected symbol, a node of `nodes`; nil before anything was selected.
  package var selection: NodeID? {
    get { selected }
    set {
      guard newValue != selected else { return }
      selected = newValue
      chosen = newValue.flatMap { nodes.indices.contains($0.index) ? nodes.identity(of: $0) : nil }
    }
  }
  private var selected: NodeID?
  /// The symbol that was selected last by someone: what changes of granularity and refinements go
  /// by, so that a round through all of them ends where it began.
  private var chosen: SymbolIdentity?
  /// What came of looking for source files, by the names that the profile has for them.
  package var sources: [String: SourceFile] = [:]
  /// Whether percentages are of what the refinements leave.
  package var hasRelativeShares = false
  /// What there is to find out about allocations and leaks.
  package private(set) var escapes: EscapeAnswers
  /// The line that a view asked last to be shown in the source of the selected symbol.
  package private(set) var pointed: PointedLine?
  /// The two profiles that are shown as one; nil where there is one only.
  package var comparison: SessionComparison?
  /// The snapshots that two are compared of; nil where there are none.
  package var series: SessionSeries?
  private(set) var profiles: RefinedProfiles
  private var refined: RefinedProfile

  /// - Parameters:
  ///   - name: what the header calls it.
  ///   - sampleType: the type to start with, as `SampleTypeSelection` takes it.
  ///   - escapes: what to find out about allocations by; the profile alone where nil.
  /// - Throws: `SampleTypeSelectionError` where the profile has no such type.
  package init(
    name: String, profile: Profile, sampleType: String = "", escapes: EscapeAnswers? = nil
  ) throws(SampleTypeSelectionError) {
    self.name = name
    let escapes = escapes ?? EscapeAnswers(profile)
    self.escapes = escapes
    self.sampleType = try SampleTypeSelection.index(named: sampleType, in: profile.header)
    profiles = RefinedProfiles(profile, budget: escapes.budget)
    refined = profiles.whole
  }

  /// A line of source that was asked for, and the how manieth it was.
  package struct PointedLine: Hashable, Sendable {
    package let line: Int64
    fileprivate let ordinal: Int
  }

  /// Asks for a line to be shown in the source of the selected symbol.
  package mutating func point(at line: Int64) {
    pointed = PointedLine(line: line, ordinal: (pointed?.ordinal ?? 0) + 1)
  }

  /// Looks at two profiles, the change from the older to the newer at first.
  ///
  /// - Throws: `SampleTypeSelectionError` where they share no such type.
  package init(
    comparison: SessionComparison, sampleType: String = "",
    escapes: (Profile) -> EscapeAnswers? = { _ in nil }
  ) throws(SampleTypeSelectionError) {
    let count = comparison.comparison.types.count
    let profile = comparison.profile
    try self.init(
      name: comparison.title, profile: profile, sampleType: sampleType,
      escapes: escapes(profile) ?? EscapeAnswers(profile, comparison.comparison))
    guard self.sampleType < count else {
      throw .indexOutOfRange(sampleType, count: count)
    }
    self.comparison = comparison
  }

  // MARK: What there is to show

  /// The profile as it was loaded.
  package var whole: Profile { profiles.whole.profile }

  /// What the refinements leave of the profile: what all views show.
  package var profile: Profile { refined.profile }

  var answers: ProfileAnswers { refined.answers }

  /// The units of numeric labels, those of the whole profile.
  package var labelUnits: LabelUnits { profiles.labelUnits }

  package var granularity: Granularity { refinements.granularity }

  /// What rows of trees and of lists depend on: where it is the same, so are they.
  package struct AnswerKey: Hashable, Sendable {
    /// What the profile is known by, loaded or refined.
    package let revision: RefinedProfile.Revision
    /// The column of values that is shown.
    package let column: Int
    package let granularity: Granularity
    package let foldsRecursion: Bool
  }

  package var answerKey: AnswerKey {
    AnswerKey(
      revision: refined.revision, column: column(ofType: sampleType), granularity: granularity,
      foldsRecursion: refinements.foldsRecursion)
  }

  /// The sample types that can be shown.
  package var sampleTypes: [ValueType] {
    comparison?.comparison.types ?? profile.header.sampleTypes
  }

  /// The index of the profile's values that are shown for a sample type.
  ///
  /// All sums, trees and calls are made of the column that this names.
  func column(ofType type: Int) -> Int { comparison?.column(ofType: type) ?? type }

  /// The rows that reports are made of.
  package var nodes: NodeTable { answers.nodes(granularity) }

  /// The values of the samples for the sample type that is shown.
  package var values: Column<Int64> { profile.samples.values[column(ofType: sampleType)] }

  package var valueType: ValueType { sampleTypes[sampleType] }

  /// Flat and cumulative values of each node for the sample type that is shown.
  package var totals: NodeTotals { totals(ofType: sampleType) }

  /// Flat and cumulative values of each node for a sample type, and what their percentages are of:
  /// the whole profile, unless percentages are relative.
  package func totals(ofType type: Int) -> NodeTotals {
    let sums = answers.totals(granularity, column: column(ofType: type))
    if let comparison {
      return NodeTotals(
        flat: sums.flat, cumulative: sums.cumulative,
        total: hasRelativeShares ? leftTotal(ofType: type) : comparison.total(ofType: type))
    }
    guard !hasRelativeShares, isPartOfWhole else { return sums }
    return NodeTotals(
      flat: sums.flat, cumulative: sums.cumulative,
      total: profiles.total(ofColumn: column(ofType: type)))
  }

  /// The total of a sample type in what the refinements leave.
  package func leftTotal(ofType type: Int) -> Int64 {
    if !isPartOfWhole, let comparison { return comparison.total(ofType: type) }
    guard let comparison, comparison.side == .change, comparison.kind == .difference else {
      return answers.totals(granularity, column: column(ofType: type)).total
    }
    let base = answers.totals(granularity, column: comparison.column(.base, ofType: type)).total
    return base > 0
      ? base : answers.totals(granularity, column: comparison.column(.other, ofType: type)).total
  }

  /// The total of a sample type in all that was loaded.
  func wholeTotal(ofType type: Int) -> Int64 {
    comparison?.total(ofType: type) ?? profiles.total(ofColumn: column(ofType: type))
  }

  /// How many functions have a value in all that was loaded.
  var wholeFunctionCount: Int {
    profiles.whole.answers.valuedCount(.functions, column: column(ofType: sampleType))
  }

  /// What the last refinement of the profile had to say.
  var notices: [FilterNotice] { refined.notices }

  /// Whether the profile is what refinements left of a larger one.
  package var isPartOfWhole: Bool { refined !== profiles.whole }

  /// The flat and cumulative counts of objects (allocations, events) behind the values; nil where
  /// the profile has none beside what is shown.
  package var counts: NodeTotals? {
    countType.map { totals(ofType: $0) }
  }

  package func tree(inverted: Bool) -> CallTree { tree(ofType: sampleType, inverted: inverted) }

  /// The tree of what counts objects, as `counts` are the totals of it.
  func countTree(inverted: Bool) -> CallTree? {
    countType.map { tree(ofType: $0, inverted: inverted) }
  }

  private func tree(ofType type: Int, inverted: Bool) -> CallTree {
    tree(ofColumn: column(ofType: type), inverted: inverted)
  }

  /// The tree of any column of the profile's values.
  func tree(ofColumn column: Int, inverted: Bool = false) -> CallTree {
    answers.tree(granularity, column: column, treeOptions(inverted: inverted))
  }

  /// Says that the tree is still looked at by a view that got it earlier.
  func noteUseOfTree(inverted: Bool) {
    answers.noteUse(
      ofTree: granularity, column: column(ofType: sampleType), treeOptions(inverted: inverted))
  }

  private func treeOptions(inverted: Bool) -> CallTreeOptions {
    CallTreeOptions(isInverted: inverted, foldsRecursion: refinements.foldsRecursion)
  }

  /// The frames on the way to a node, of the heaviest stack that has it, as the tree has them;
  /// empty where none has.
  ///
  /// - Complexity: O(*n*) in the frames of all samples; nothing where it was asked for lately.
  func heaviestPath(to node: NodeID, inverted: Bool) -> [NodeID] {
    let stack = answers.heaviestStack(
      granularity, column: column(ofType: sampleType), with: node)
    let nodes = inverted ? stack : stack.reversed()
    guard let end = nodes.firstIndex(of: node) else { return [] }
    let path = nodes[...end]
    guard refinements.foldsRecursion else { return Array(path) }
    return path.indices.filter { $0 == 0 || path[$0] != path[$0 - 1] }.map { path[$0] }
  }

  /// How many symbols have a value, and how many of them rows are shown for.
  var rowCounts: (shown: Int, all: Int) {
    let all = answers.valuedCount(granularity, column: column(ofType: sampleType))
    return (rowFilter?.valuedCount ?? all, all)
  }

  /// The callers and callees of a node.
  package func neighbours(of node: NodeID) -> Neighbours {
    answers.neighbours(granularity, column: column(ofType: sampleType), of: node)
  }

  /// The symbols that the samples with a label cost.
  func breakdown(of label: LabelSelection) -> LabelBreakdown {
    answers.breakdown(
      granularity, column: column(ofType: sampleType), of: label, units: labelUnits)
  }

  /// The node of the table that is shown which is known by `identity`; nil where none is.
  func node(known identity: SymbolIdentity) -> NodeID? {
    if identity.granularity == granularity { return answers.node(known: identity) }
    return answers.node(known: identity).flatMap {
      answers.counterpart(of: $0, identity.granularity, for: granularity)
    }
  }

  // MARK: Changing what is shown

  /// Goes on with sorted stacks; with those that it has where they are of another profile.
  mutating func take(_ sorted: SortedProfile) {
    guard sorted.isMade(of: self) else { return }
    profiles = sorted.profiles
    escapes = sorted.escapes
    // What could be taken once can be taken again.
    refined = (try? profiles.refined(by: refinements.profileSteps)) ?? profiles.whole
    follow()
  }

  /// Makes what the first screen needs.
  ///
  /// - Complexity: that of adding up the whole profile; meant for the thread that loads.
  package func prepare() {
    _ = totals
    _ = counts
    _ = rowCounts
  }

  /// Shows another sample type; one out of range is brought round.
  package mutating func showSampleType(_ index: Int) {
    let count = sampleTypes.count
    guard count > 0 else { return }
    sampleType = ((index % count) + count) % count
    if countType == nil { showsMeans = false }
    rowFilter = rowFilter.map { SearchMatches($0.query, in: self) }
  }

  /// Tells nodes apart in another way, and keeps the selection on the same function.
  package mutating func show(_ granularity: Granularity) {
    refinements.push(Refinement(.granularity, granularity.rawValue))
    follow()
  }

  /// Puts a refinement on the stack and shows what it leaves.
  ///
  /// - Returns: what there is to say about it: that it matched nothing, for one.
  /// - Complexity: a pass over names and stacks; nothing where the same stack was shown lately.
  package mutating func refine(_ step: Refinement) throws(FilterError) -> [FilterNotice] {
    var stack = refinements
    stack.push(step)
    try take(stack)
    return step.kind.changesProfile ? refined.notices : []
  }

  /// Takes the last refinement off, and answers which it was; nil where there is none.
  package mutating func undoRefinement() -> Refinement? {
    var stack = refinements
    guard let last = stack.pop() else { return nil }
    // What is left was taken before, so that it cannot fail.
    try? take(stack)
    return last
  }

  /// Takes a refinement off, wherever in the stack it is.
  package mutating func undo(_ step: Refinement) {
    var stack = refinements
    stack.remove(step)
    try? take(stack)
  }

  /// Shows all that was loaded.
  package mutating func clearRefinements() {
    refinements = RefinementStack()
    refined = profiles.whole
    follow()
  }

  /// Shows what another stack of refinements leaves; changes nothing where one of them fails.
  package mutating func take(_ stack: RefinementStack) throws(FilterError) {
    refined = try profiles.refined(by: stack.profileSteps)
    refinements = stack
    if countType == nil { showsMeans = false }
    follow()
  }

  /// Finds the selection and the rows that match in other nodes.
  private mutating func follow() {
    selected = chosen.flatMap { node(known: $0) }
    rowFilter = rowFilter.map { SearchMatches($0.query, in: self) }
  }

  /// Selects a symbol because what was chosen is not there; the choice comes back where it is again.
  mutating func fallBack(to node: NodeID) {
    selected = node
    if chosen == nil { chosen = nodes.identity(of: node) }
  }

  /// Selects the symbol that is known by `identity`, if there is one.
  mutating func select(known identity: SymbolIdentity?) {
    chosen = identity
    follow()
  }

  /// What the selection is known by; nil where nothing is selected.
  var selectedIdentity: SymbolIdentity? { chosen }

  // MARK: Objects

  /// The sample type that counts what the shown one measures: `alloc_objects` for `alloc_space`.
  package var countType: Int? {
    let types = sampleTypes
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

  /// What is counted, in full and one of it: `object`, `contention`.
  package var countedThing: String { countNoun.one == "obj" ? "object" : countNoun.one }

  /// The head of the column of counts.
  var countHead: String { countNoun.one == "obj" ? "OBJS" : "COUNT" }

  /// Whether means tell symbols apart: samples of a processor's time all stand for the same time.
  var hasTellingMeans: Bool { countNoun.one != "sample" }

  /// The word for what is counted: `objs`, `contentions`.
  package var countNoun: (one: String, many: String) {
    guard let countType else { return ("", "") }
    let name = sampleTypes[countType].type
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
  /// In what other order changes are; nil for the largest first, whichever way.
  package var change: ChangeOrder?
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
