import TerminalUI

/// Rows in groups that open and close, by paths that stay when rows change.
struct Outline<ID: Hashable & Sendable>: Sendable {
  struct Row: Sendable {
    let id: ID
    let depth: Int
    let hasChildren: Bool
  }

  private(set) var rows: [Row] = []
  private(set) var opened: Set<ID> = []

  /// Where the row's own group begins: the row itself if it is open, else the one it is in.
  func isOpen(_ id: ID) -> Bool { opened.contains(id) }

  mutating func open(_ id: ID) { opened.insert(id) }
  mutating func close(_ id: ID) { opened.remove(id) }
  mutating func closeAll() { opened = [] }

  /// Makes the rows anew.
  ///
  /// - Parameters:
  ///   - hasChildren: whether a row holds any, whether open or not.
  ///   - children: what a row that is open holds, in order; nil for the outermost rows.
  mutating func update(where hasChildren: (ID) -> Bool, children: (ID?) -> [ID]) {
    rows = []
    var pending = children(nil).reversed().map { ($0, 0) }
    while let (id, depth) = pending.popLast() {
      let isGroup = hasChildren(id)
      rows.append(Row(id: id, depth: depth, hasChildren: isGroup))
      guard isGroup, opened.contains(id) else { continue }
      pending += children(id).reversed().map { ($0, depth + 1) }
    }
  }

  /// The row that the one at `index` is in; nil for outermost rows.
  func parent(of index: Int) -> Int? {
    guard rows.indices.contains(index) else { return nil }
    return rows[..<index].lastIndex { $0.depth < rows[index].depth }
  }

  /// Whether the row at `index`, or one that it is in, is open.
  func canClose(at index: Int) -> Bool {
    let row = rows[index]
    return row.hasChildren && isOpen(row.id) || row.depth > 0
  }

  /// What stands before the name of a row.
  func branches(of row: Row, glyphs: GlyphSet) -> String {
    let mark = !row.hasChildren ? "  " : isOpen(row.id) ? "\(glyphs.opened) " : "\(glyphs.closed) "
    return String(repeating: "  ", count: row.depth) + mark
  }
}
