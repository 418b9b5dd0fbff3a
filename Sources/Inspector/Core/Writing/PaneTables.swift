import ProfileAnalysis
import ProfileModel
import Reports

extension ReportTable {
  /// The rows of the list as it is shown: order, refinements and filter included, values exact.
  static func top(_ session: ProfileSession) -> ReportTable {
    let totals = session.totals
    let counts = session.counts
    var table = ReportTable(
      report: "top", sampleType: session.valueType.type, unit: session.valueType.unit,
      total: totals.total,
      columns: ["flat", "cum"] + (counts == nil ? [] : ["flat_objects", "cum_objects"]) + ["name"])
    for node in TopRows(session).nodes {
      var row: [Cell] = [
        .integer(totals.flat[node.index]), .integer(totals.cumulative[node.index]),
      ]
      if let counts {
        row += [.integer(counts.flat[node.index]), .integer(counts.cumulative[node.index])]
      }
      table.append(row + [.text(session.nodes.printableName(of: node))])
    }
    return table
  }

  /// The rows of a tree as they are shown, those that are closed left out, values exact.
  static func tree(_ rows: TreeRows, _ session: ProfileSession) -> ReportTable {
    var table = ReportTable(
      report: "tree", sampleType: session.valueType.type, unit: session.valueType.unit,
      total: session.totals.total, columns: ["depth", "cum", "flat", "name"])
    for row in rows.rows {
      let frame = rows.tree[row.frame]
      table.append([
        .integer(Int64(row.depth)), .integer(frame.cumulative), .integer(frame.flat),
        .text(session.nodes.printableName(of: frame.node)),
      ])
    }
    return table
  }
}
