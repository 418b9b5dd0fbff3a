import ProfileAnalysis
import ProfileModel

/// What a symbol is known by in every profile: the same name, file, line and address.
///
/// Node ids count in one table only; by this a symbol is found again after refining and reloading.
package struct SymbolIdentity: Hashable, Sendable {
  private let hash: Int
  package let granularity: Granularity
  /// The node that it was in the table where it was met: mostly it is the same in others.
  let hint: NodeID

  fileprivate init(hash: Int, granularity: Granularity, hint: NodeID) {
    self.hash = hash
    self.granularity = granularity
    self.hint = hint
  }

  package static func == (left: SymbolIdentity, right: SymbolIdentity) -> Bool {
    left.hash == right.hash && left.granularity == right.granularity
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(hash)
    hasher.combine(granularity)
  }
}

extension NodeTable {
  func identity(of node: NodeID) -> SymbolIdentity {
    var hasher = Hasher()
    for id in [names[node.index], files[node.index], objectFiles[node.index]] {
      strings.withBytes(of: id) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
      hasher.combine(0xFF as UInt8)
    }
    hasher.combine(lines[node.index])
    hasher.combine(columns[node.index])
    hasher.combine(addresses[node.index])
    return SymbolIdentity(hash: hasher.finalize(), granularity: granularity, hint: node)
  }
}

/// The nodes of a table by what they are known by.
final class SymbolIndex: Sendable {
  private let nodes: [SymbolIdentity: NodeID]

  /// - Complexity: O(*n*) in the bytes of names.
  init(_ table: NodeTable) {
    var nodes: [SymbolIdentity: NodeID] = [:]
    nodes.reserveCapacity(table.count)
    for index in table.indices {
      let node = NodeID(index)
      nodes[table.identity(of: node)] = node
    }
    self.nodes = nodes
  }

  subscript(identity: SymbolIdentity) -> NodeID? { nodes[identity] }
}

/// Finds the nodes of one table in another one, by what they are known by.
struct NodeTranslation {
  private let old: NodeTable
  private let session: ProfileSession
  private let isSame: Bool
  private var known: [NodeID: NodeID] = [:]

  /// - Parameters:
  ///   - old: the table that nodes come from.
  ///   - revision: that of the profile which `old` is of.
  init(from old: NodeTable, ofRevision revision: Int, to session: ProfileSession) {
    self.old = old
    self.session = session
    isSame = revision == session.answerKey.revision && old.granularity == session.granularity
  }

  /// The node in the session's table; `.none` where it has none.
  mutating func callAsFunction(_ node: NodeID) -> NodeID {
    if isSame || node.isNone { return node }
    if let known = known[node] { return known }
    let found =
      old.indices.contains(node.index) ? session.node(known: old.identity(of: node)) : nil
    known[node] = found ?? NodeID.none
    return found ?? .none
  }
}
