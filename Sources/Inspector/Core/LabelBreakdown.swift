import ProfileAnalysis
import ProfileModel

/// Which symbols the cost of the samples with a label is made of.
struct LabelBreakdown: Sendable {
  /// The symbols that cost most themselves, the heaviest first; at most `mostSymbols`.
  let symbols: [Neighbours.Call]
  /// What the samples sum to.
  let sum: Int64

  /// More are of no interest, and there may be a breakdown for each of many labels.
  private static let mostSymbols = 500

  /// - Complexity: that of `LabelSelection.flat`.
  init(
    _ label: LabelSelection, _ profile: Profile, _ nodes: NodeTable, values: Column<Int64>,
    units: LabelUnits
  ) {
    let (flat, sum) = label.flat(profile, nodes, values: values) { units[$0] }
    let symbols = flat.indices.filter { flat[$0] != 0 }
      .map { Neighbours.Call(node: NodeID($0), weight: flat[$0]) }
    self.symbols = Array(Neighbours.ordered(symbols, nodes).prefix(Self.mostSymbols))
    self.sum = sum
  }
}

/// What the pane of details is about.
package enum DetailSubject: Hashable, Sendable {
  case symbol(NodeID)
  case label(LabelSelection, name: String)
}
