import ProfileAnalysis

/// The rows of a report with their values in both profiles.
struct GrowthRows {
  let nodes: NodeTable
  let totals: ComparisonTotals

  init(_ subject: ReportSubject, _ comparison: ProfileComparison, _ granularity: Granularity) {
    nodes = NodeTable(subject.profile, granularity: granularity)
    totals = ComparisonTotals(comparison, subject.profile, nodes, type: subject.typeIndex)
  }

  typealias Row = (flat: ComparedValue, cumulative: ComparedValue)

  func findings(
    _ body: (_ name: String, _ row: Row, _ count: Int) -> GrowthCheck.Finding?
  ) -> [GrowthCheck.Finding] {
    nodes.indices.compactMap { index in
      let node = NodeID(index)
      let row = (flat: totals.flat(node), cumulative: totals.cumulative(node))
      // What did not grow is beyond no limit, but has to be seen to have matched.
      return body(nodes.printableName(of: node), row, nodes.count)
    }
  }
}

/// The lines that grew most.
struct GrowthPlaces {
  private var places: [String: (place: GrowthCheck.Place, growth: Int64)] = [:]
  private(set) var worst: (place: GrowthCheck.Place, function: String)?

  init(_ rows: GrowthRows) {
    var most: Int64 = 0
    for index in rows.nodes.indices where rows.nodes.lines[index] > 0 {
      let node = NodeID(index)
      let growth = rows.totals.change.cumulative[index]
      let name = rows.nodes.strings[rows.nodes.names[index]]
      let place = GrowthCheck.Place(
        file: rows.nodes.strings[rows.nodes.files[index]], line: rows.nodes.lines[index])
      if growth > places[name]?.growth ?? 0 { places[name] = (place, growth) }
      let flat = rows.totals.change.flat[node.index]
      if flat > most { (worst, most) = ((place, name), flat) }
    }
  }

  func place(of function: String) -> GrowthCheck.Place? { places[function]?.place }
}
