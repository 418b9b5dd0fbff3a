import ProfileModel

/// The entries of a report and the calls between them, cut down to what is worth showing.
///
/// Entries have indices: those of the node table or, where ways are told apart, of a call tree.
/// `entries` are shown; calls may lead to others, which are in the graph although not in the list.
public struct CallGraph: Sendable {
  public let table: NodeTable
  /// The names of all entries of the graph that are shown or called.
  public internal(set) var names: PrintableNames
  public internal(set) var totals: GraphTotals
  /// The entries to show, in order.
  public internal(set) var entries: [Int] = []
  public internal(set) var edges: [CallEdge] = []
  /// The entries that there were before the number to show cut them down.
  public internal(set) var originalCount = 0
  /// How many entries were left out because they cost too little.
  public internal(set) var droppedEntries = 0
  /// How many calls were left out because they cost too little.
  public internal(set) var droppedEdges = 0
  /// Labels of the samples of each entry, for drawings only.
  public internal(set) var tags = GraphTags()
  var inlineMarks: Column<InlineMark> = []
  /// The node of each entry; nil where they are the same.
  var treeNodes: [NodeID]?
  private var callers = EdgeIndex()
  private var callees = EdgeIndex()

  init(table: NodeTable, totals: GraphTotals, treeNodes: [NodeID]? = nil) {
    self.table = table
    self.totals = totals
    self.treeNodes = treeNodes
    names = PrintableNames(of: [], in: table)
  }

  /// Whether every way to an entry is an entry of its own.
  public var isTree: Bool { treeNodes != nil }

  /// The node that the entry stands for.
  public func node(of entry: Int) -> NodeID { treeNodes?[entry] ?? NodeID(entry) }

  /// The sum of what the entries that are shown cost themselves.
  public var shownTotal: Int64 { entries.reduce(0) { $0 &+ totals.flatValue($1) } }

  /// The calls into the entry, the heaviest first.
  public func callers(of entry: Int) -> [CallEdge] { sorted(callers[entry]) }

  /// The calls out of the entry, the heaviest first.
  public func callees(of entry: Int) -> [CallEdge] { sorted(callees[entry]) }

  /// The calls into the entry, in no particular order.
  func unsortedCallers(of entry: Int) -> some Sequence<CallEdge> {
    callers[entry].lazy.map { edges[Int($0)] }
  }

  /// The calls out of the entry, in no particular order.
  func unsortedCallees(of entry: Int) -> some Sequence<CallEdge> {
    callees[entry].lazy.map { edges[Int($0)] }
  }

  /// All calls out of entries that are shown, the heaviest first.
  public var sortedEdges: [CallEdge] {
    var isShown = [Bool](repeating: false, count: totals.count)
    for entry in entries { isShown[entry] = true }
    return edges.filter { isShown[$0.source] }.sorted(by: isOrdered)
  }

  /// How the entry was seen inlined; known where the graph was made for such marks.
  public func inlineMark(of entry: Int) -> InlineMark {
    inlineMarks.isEmpty ? .none : inlineMarks[entry]
  }

  mutating func indexEdges() {
    callers = EdgeIndex(edges, count: totals.count, by: \.target)
    callees = EdgeIndex(edges, count: totals.count, by: \.source)
  }

  private func sorted(_ indices: ArraySlice<UInt32>) -> [CallEdge] {
    indices.map { edges[Int($0)] }.sorted(by: isOrdered)
  }

  /// Equal weights of different sign count as equal, and names decide.
  private func isOrdered(_ left: CallEdge, _ right: CallEdge) -> Bool {
    let (a, b) = (left.weight.wrappingMagnitude, right.weight.wrappingMagnitude)
    if a != b { return a > b }
    let sources = names.compare(node(of: left.source), node(of: right.source))
    if sources != 0 { return sources < 0 }
    let targets = names.compare(node(of: left.target), node(of: right.target))
    if targets != 0 { return targets < 0 }
    if left.weight != right.weight { return left.weight > right.weight }
    return (left.source, left.target) < (right.source, right.target)
  }
}

/// Which edges begin or end at an entry.
struct EdgeIndex: Sendable {
  private var starts: [UInt32] = []
  private var indices: [UInt32] = []

  init() {}

  init(_ edges: [CallEdge], count: Int, by end: (CallEdge) -> Int) {
    starts = Array(repeating: 0, count: count + 1)
    for edge in edges { starts[end(edge) + 1] += 1 }
    for entry in 0..<count { starts[entry + 1] += starts[entry] }
    var next = starts
    indices = Array(repeating: 0, count: edges.count)
    for (index, edge) in edges.enumerated() {
      let entry = end(edge)
      indices[Int(next[entry])] = UInt32(index)
      next[entry] += 1
    }
  }

  subscript(entry: Int) -> ArraySlice<UInt32> {
    starts.isEmpty ? [] : indices[Int(starts[entry])..<Int(starts[entry + 1])]
  }
}
