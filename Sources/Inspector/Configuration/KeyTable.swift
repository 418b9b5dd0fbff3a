import TerminalUI

/// Every key and what it does, as a table to read or to filter.
package enum KeyTable {
  /// A line for each row of keys: where it counts, the keys, the command, what that does.
  package static func text(_ settings: Settings) -> String {
    var rows: [[String]] = []
    for group in GlobalKeys.groups {
      rows += lines(settings.effective(group.bindings, in: ""), in: group.title)
    }
    rows += lines(settings.ownRows(besides: GlobalKeys.bindings, in: ""), in: "yours")
    for pane in Panes.all {
      let view = pane.name.lowercased()
      let own = settings.bindings.contains { $0.view == view }
      rows += lines(settings.effective(pane.bindings, in: view), in: view)
      if own { rows += lines(settings.ownRows(besides: pane.bindings, in: view), in: view) }
    }
    let widths = (0..<3).map { column in rows.reduce(0) { max($0, $1[column].count) } }
    return rows.map { row in
      zip(row, widths).map { $0.padding(to: $1) }.joined(separator: "  ") + "  \(row[3])\n"
    }.joined()
  }

  private static func lines(_ bindings: [KeyBinding], in place: String) -> [[String]] {
    bindings.map { row in
      [place, row.keys.map(\.name).joined(separator: " "), row.command.name, row.command.summary]
    }
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(width - count, 0))
  }
}
