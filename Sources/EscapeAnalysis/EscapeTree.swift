import ProfileModel

/// Findings in groups: by cause, then type, then place, or in another order.
///
/// What is known from the program's code and what is only claimed by weaker evidence are never in one
/// group, so that no sum mixes facts with guesses.
public struct EscapeTree: Sendable {
  /// The order of the levels.
  public enum Arrangement: String, CaseIterable, Sendable {
    case byCause
    case byType
    case bySite
  }

  /// What a group has in common.
  public enum Key: Hashable, Sendable {
    /// The tier is nil for facts.
    case cause(EscapeCause?, claimedBy: EvidenceTier?)
    /// Empty where the type is unknown. The tier is nil for facts.
    case type(String, claimedBy: EvidenceTier?)
    /// A cause and a type at once.
    case operation(EscapeCause?, String, claimedBy: EvidenceTier?)
    /// A place; for those that all is known of, with the function that was called.
    case site(FunctionID?, line: Int64, callee: String?)
  }

  public struct Node: Sendable {
    public let key: Key
    /// 0 for the outermost groups.
    public let depth: Int
    public internal(set) var amount: EscapeAmount
    /// The findings in it, those that have most first.
    public internal(set) var findings: [Int]
    public internal(set) var children: [Int]
    /// For a place: how many concrete types were boxed there; 0 or 1 where they converge.
    public internal(set) var boxedTypes = 0
  }

  /// The groups of the outermost level, largest first.
  public let roots: [Int]
  public let nodes: [Node]

  /// What it takes, in bytes, with an estimate for the lists of each group, most of which are short.
  public var byteCount: Int { nodes.count * (MemoryLayout<Node>.stride + 2 * 48) }

  /// - Complexity: O(*n* log *n*) in rows.
  public init(_ summary: EscapeSummary, _ arrangement: Arrangement) {
    var builder = Builder(summary, arrangement)
    for row in summary.rows { builder.add(row) }
    (roots, nodes) = builder.finish()
  }

  private struct Builder {
    private let summary: EscapeSummary
    private let arrangement: Arrangement
    private var nodes: [Node] = []
    private var roots: [Int] = []
    private var known: [Path: Int] = [:]

    private struct Path: Hashable {
      var parent: Int
      var key: Key
    }

    init(_ summary: EscapeSummary, _ arrangement: Arrangement) {
      self.summary = summary
      self.arrangement = arrangement
      nodes.reserveCapacity(summary.rows.count)
      known.reserveCapacity(summary.rows.count)
    }

    mutating func add(_ row: EscapeSummary.Row) {
      var parent = -1
      for (depth, key) in keys(of: summary[row]).enumerated() {
        parent = node(key, below: parent, depth: depth)
        nodes[parent].amount.add(row.amount)
        nodes[parent].findings.append(row.finding)
      }
    }

    private mutating func node(_ key: Key, below parent: Int, depth: Int) -> Int {
      let path = Path(parent: parent, key: key)
      if let index = known[path] { return index }
      let index = nodes.count
      known[path] = index
      nodes.append(
        Node(key: key, depth: depth, amount: EscapeAmount(), findings: [], children: []))
      if parent < 0 { roots.append(index) } else { nodes[parent].children.append(index) }
      return index
    }

    private func keys(of finding: EscapeFinding) -> [Key] {
      let cause = Key.cause(finding.cause, claimedBy: finding.causeTier.claim)
      let type = Key.type(finding.type, claimedBy: finding.typeTier.claim)
      let site = Key.site(finding.function, line: finding.line, callee: finding.callee)
      // Time has no type.
      let isTime = summary.evidence.subject == .time
      return switch arrangement {
      case .byCause: isTime ? [cause, site] : [cause, type, site]
      case .byType: isTime ? [cause, site] : [type, cause, site]
      case .bySite:
        [
          .site(finding.function, line: finding.line, callee: nil),
          .operation(finding.cause, finding.type, claimedBy: finding.causeTier.claim),
        ]
      }
    }

    consuming func finish() -> (roots: [Int], nodes: [Node]) {
      for index in nodes.indices {
        nodes[index].children = sorted(nodes[index].children)
        nodes[index].boxedTypes = boxedTypes(nodes[index])
      }
      return (sorted(roots), nodes)
    }

    private func sorted(_ indices: [Int]) -> [Int] {
      guard indices.count > 1 else { return indices }
      let nodes = nodes
      return indices.sorted {
        EscapeSummary.isOrdered(nodes[$0].amount, before: nodes[$1].amount, $0 < $1)
      }
    }

    private func boxedTypes(_ node: Node) -> Int {
      guard case .site = node.key, summary.evidence.subject != .time else { return 0 }
      var types: Set<String> = []
      for index in node.findings {
        let finding = summary.evidence.findings[index]
        if finding.cause == .iface, !finding.type.isEmpty { types.insert(finding.type) }
      }
      return types.count
    }
  }
}

extension EvidenceTier {
  /// The tier, where it is no fact of the program's code.
  public var claim: EvidenceTier? {
    switch self {
    case .exact, .derived, .none: nil
    case .compilerLog, .sourceLine, .frames: self
    }
  }
}
