import ProfileAnalysis
import ProfileModel
import Reports

extension ProfileSession {
  /// What the values on the screen are of.
  var measure: ReportMeasure {
    ReportMeasure(sampleType: valueType.type, unit: valueType.unit, total: totals.total)
  }
}

// What views write where a form has names for values: order, refinements and filter as on the
// screen, values exact.
extension ReportTable {
  /// The rows of the list.
  static func top(_ session: ProfileSession) -> ReportTable {
    let totals = session.totals
    let counts = session.counts
    var table = ReportTable(
      of: session.measure, report: "top",
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

  /// Frames of a tree in the order given, each with its depth.
  static func tree(
    _ report: String, _ frames: some Sequence<(depth: Int, frame: CallTreeID)>, of tree: CallTree,
    _ session: ProfileSession
  ) -> ReportTable {
    var table = ReportTable(
      of: session.measure, report: report, columns: ["depth", "cum", "flat", "name"])
    for (depth, id) in frames {
      let frame = tree[id]
      table.append([
        .integer(Int64(depth)), .integer(frame.cumulative), .integer(frame.flat),
        .text(frame.node.isNone ? "all" : session.nodes.printableName(of: frame.node)),
      ])
    }
    return table
  }

  /// What the lines of a file cost, with its text where it is at hand.
  static func source(_ rows: SourceRows, of file: String, _ session: ProfileSession) -> ReportTable
  {
    var table = ReportTable(
      of: session.measure, report: "source",
      columns: ["file", "line", "flat", "cum", "function", "source"])
    for index in 0..<rows.count {
      let line = rows.line(at: index)
      table.append([
        .text(file), .integer(rows.number(at: index)), .integer(line?.flat ?? 0),
        .integer(line?.cumulative ?? 0), .text(line.map { session.lineTitle(of: $0.node) } ?? ""),
        .text(rows.text(at: index) ?? ""),
      ])
    }
    return table
  }
}
