import ProfileAnalysis
import ProfileModel

/// What a symbol is known by in every profile: the same name, file, line and address.
///
/// Node ids count in one table only; by this a symbol is found again after refining and reloading.
package struct SymbolIdentity: Hashable, Sendable {
  fileprivate let hash: Int
  package let granularity: Granularity
  /// The node that it was in the table where it was met: mostly it is the same in others.
  let hint: NodeID

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
  private let hashes: Column<Int>
  /// Nodes by hash, open addressing, at most half full, `.none` where free; a power of two of them.
  private let slots: [NodeID]

  /// - Complexity: O(*n*) in the bytes of names.
  init(_ table: NodeTable) {
    var size = 16
    while size < table.count * 2 { size *= 2 }
    var slots = [NodeID](repeating: .none, count: size)
    var hashes = ColumnBuilder<Int>(capacity: table.count)
    for index in table.indices {
      let hash = table.identity(of: NodeID(index)).hash
      hashes.append(hash)
      var slot = hash & (size - 1)
      while !slots[slot].isNone, hashes[slots[slot].index] != hash {
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = NodeID(index)
    }
    self.hashes = hashes.finish()
    self.slots = slots
  }

  /// What it takes.
  var byteCount: Int { hashes.byteCount + slots.count * MemoryLayout<NodeID>.stride }

  /// The node that is known by `identity`, which is of the table's granularity.
  subscript(identity: SymbolIdentity) -> NodeID? {
    var slot = identity.hash & (slots.count - 1)
    while !slots[slot].isNone {
      if hashes[slots[slot].index] == identity.hash { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}

/// Finds the nodes of one table in another one, by what they are known by.
struct NodeTranslation {
  private let old: NodeTable
  private let session: ProfileSession
  private let isSame: Bool
  private var known: [NodeID: NodeID] = [:]

  /// - Parameters:
  ///   - old: the table that nodes come from.
  ///   - revision: that of the profile which `old` is of; nil where it is not known.
  init(
    from old: NodeTable, ofRevision revision: RefinedProfile.Revision?, to session: ProfileSession
  ) {
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
