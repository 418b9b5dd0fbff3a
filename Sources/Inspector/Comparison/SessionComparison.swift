import ProfileAnalysis
import ProfileModel
import TerminalUI

/// Two profiles that a session shows as one, and which side of them.
package struct SessionComparison: Sendable {
  package let comparison: ProfileComparison
  /// What percentages of the change are of.
  package let kind: Comparison
  /// What the files are called.
  package let names: (base: String, other: String)
  package internal(set) var side = ComparisonSide.change
  package internal(set) var isNormalized: Bool
  /// By sample type, what percentages of the change are of; as they are, and normalized.
  private let totals: [[Int64]]

  /// - Complexity: that of `ProfileComparison.totals`.
  package init(
    _ comparison: ProfileComparison, as kind: Comparison, names: (base: String, other: String),
    isNormalized: Bool = false
  ) throws(ComparisonError) {
    self.comparison = comparison
    self.kind = kind
    self.names = names
    self.isNormalized = isNormalized
    totals = [
      try comparison.totals(kind, isNormalized: false),
      try comparison.totals(kind, isNormalized: true),
    ]
  }

  /// The union that the session looks at.
  var profile: Profile { comparison.profile(isNormalized: isNormalized) }

  /// What percentages of the shown side are of.
  func total(ofType type: Int) -> Int64 {
    switch side {
    case .change: totals[isNormalized ? 1 : 0][type]
    case .other, .base: comparison.total(of: side, type: type, isNormalized: isNormalized)
    }
  }

  func column(_ side: ComparisonSide? = nil, ofType type: Int) -> Int {
    comparison.column(side ?? self.side, ofType: type)
  }

  /// What both files are called: `old.pprof -> new.pprof`.
  package var title: String { title("->") }

  func title(_ arrow: String) -> String { "\(names.base) \(arrow) \(names.other)" }

  /// The older as the newer and the newer as the older.
  func swapped() throws(ComparisonError) -> SessionComparison {
    var result = try SessionComparison(
      ProfileComparison(base: comparison.other, other: comparison.base), as: kind,
      names: (names.other, names.base), isNormalized: isNormalized)
    result.side = side
    return result
  }
}

/// What the values of a symbol were, are, and changed by.
extension ProfileSession {
  /// Whether values are changes: signed, and of two profiles.
  var showsChange: Bool { comparison?.side == .change }

  /// The older, the newer and the change of a node's own value; nil where nothing is compared.
  func comparedFlat(_ node: NodeID) -> ComparedValue? { compared(node, granularity, \.flat) }

  /// The same for the node with all that it calls.
  func comparedCumulative(_ node: NodeID) -> ComparedValue? {
    compared(node, granularity, \.cumulative)
  }

  func compared(
    _ node: NodeID, _ granularity: Granularity, _ sums: KeyPath<NodeTotals, Column<Int64>>
  ) -> ComparedValue? {
    guard let comparison else { return nil }
    func value(_ column: Int) -> Int64 {
      let values = answers.totals(granularity, column: column)[keyPath: sums]
      return values.indices.contains(node.index) ? values[node.index] : 0
    }
    let noise = comparison.comparison.noiseColumns(.change, ofType: sampleType)
    return ComparedValue(
      base: value(comparison.column(.base, ofType: sampleType)),
      other: value(comparison.column(.other, ofType: sampleType)),
      change: value(comparison.column(.change, ofType: sampleType)),
      standardError: comparison.comparison.standardError(
        noise.reduce(0) { $0 &+ value($1) }, ofType: sampleType))
  }

  /// The sum of all samples that are shown.
  var comparedSum: ComparedValue? {
    comparison.map { $0.comparison.sum(of: profile, type: sampleType) }
  }

  /// Whether a change is too small beside the whole to mean anything.
  func isNegligible(_ change: Int64) -> Bool {
    let whole = Double(totals.total).magnitude
    return whole > 0 && Double(change).magnitude < whole * 0.005
  }

  /// How the number of a row is drawn: where values are changes, by their sign.
  func numberRole(_ value: Int64) -> Role {
    guard showsChange else { return .number }
    return value == 0 || isNegligible(value) ? .noise : value > 0 ? .grew : .shrank
  }

  /// A value as rows show it; a change with its sign.
  func label(_ value: Int64) -> String {
    let text = Measurement.label(value, unit: valueType.unit)
    return showsChange && value > 0 ? "+\(text)" : text
  }

  /// The tree whose frames are as wide as what they cost in either profile, whichever is more.
  ///
  /// Where one side is shown it is the tree of that side.
  func flameTree() -> CallTree {
    guard showsChange, let comparison else { return tree(inverted: false) }
    return tree(ofColumn: comparison.comparison.widthColumn(ofType: sampleType))
  }

  /// What the frame at the end of a path, as trees have it, changed by.
  func frameChange(_ path: [NodeID]) -> Int64 {
    let tree = tree(inverted: false)
    let frame = tree.deepestFrame(along: path)
    return tree.depth(of: frame) == path.count ? tree.cumulative(of: frame) : 0
  }

  /// The colour of a frame that changed by this much.
  func flameRole(_ change: Int64) -> Role {
    change == 0 || isNegligible(change) ? .flameSame : change > 0 ? .flameGrew : .flameShrank
  }

  /// The sign before the name of a frame that changed by this much.
  func flameMark(_ change: Int64, _ glyphs: GlyphSet) -> String {
    change == 0 || isNegligible(change) ? "" : change > 0 ? glyphs.grew : glyphs.shrank
  }

  /// What the frame at the end of a path was, is and changed by.
  func comparedFrame(_ path: [NodeID], inverted: Bool = false) -> ComparedValue? {
    guard let comparison else { return nil }
    func value(_ side: ComparisonSide) -> Int64 {
      let tree = tree(
        ofColumn: comparison.column(side, ofType: sampleType), inverted: inverted)
      let frame = tree.deepestFrame(along: path)
      return tree.depth(of: frame) == path.count ? tree.cumulative(of: frame) : 0
    }
    let (base, other) = (value(.base), value(.other))
    return ComparedValue(base: base, other: other, change: other &- base)
  }

  /// The line of the program that the symbol's change comes from; nil where it is not known.
  func changedLine(of node: NodeID) -> (place: String, change: Int64)? {
    guard showsChange,
      let origin = answers.origin(granularity, column: column(ofType: sampleType), of: node)
    else { return nil }
    let lines = answers.nodes(.lines)
    let file = lines.strings.withBytes(of: lines.files[origin.line.index]) { path in
      // The folder is half of the name in Go: many have a file of that name.
      let parts = path.split(separator: UInt8(ascii: "/")).suffix(2)
      return String(decoding: Array(parts.joined(separator: [UInt8(ascii: "/")])), as: UTF8.self)
    }
    return ("\(file):\(lines.lines[origin.line.index])", origin.change)
  }

  /// What there is to say of a line that stands under another number in the older build.
  func moveText(function: String, line: Int64) -> String? {
    guard let move = comparison?.comparison.moves.move(of: function, line: line) else { return nil }
    switch move.reason {
    case .sameOffset: return "line \(move.line) before: the function moved"
    case .neighbour: return "line \(move.line) before, matched by its neighbours"
    case .gone: return "gone: line \(move.line) of the old build"
    }
  }

  // MARK: Changing what is compared

  /// Shows the change, the newer or the older, one after the other.
  mutating func showNextSide() {
    guard var comparison else { return }
    let order: [ComparisonSide] = [.change, .other, .base]
    let index = order.firstIndex(of: comparison.side) ?? 0
    comparison.side = order[(index + 1) % order.count]
    self.comparison = comparison
    rowFilter = rowFilter.map { SearchMatches($0.query, in: self) }
  }

  /// The session of another comparison, as this one is left.
  func comparing(_ comparison: SessionComparison) throws(SampleTypeSelectionError) -> ProfileSession
  {
    var result = try ProfileSession(comparison: comparison)
    result.resume(self)
    result.sources = sources
    return result
  }
}

extension ComparedValue {
  /// The sign before a row: what it says is told by the legend.
  func mark(_ glyphs: GlyphSet, isNegligible: Bool) -> String {
    if change == 0 { return " " }
    if !isSignificant || isNegligible { return "~" }
    if isNew { return glyphs.appeared }
    if isGone { return glyphs.disappeared }
    return change > 0 ? glyphs.grew : glyphs.shrank
  }

  /// By how many times it grew: `×3.0`; `new` and `gone` where there is no such number.
  var ratioText: String {
    if base == other { return "" }
    if isNew { return "new" }
    if isGone { return "gone" }
    let ratio = ratio
    guard ratio > 0, ratio < 1e6 else { return "" }
    let tenths = Int64((ratio * 10).rounded())
    return tenths >= 1000 ? "x\(tenths / 10)" : "x\(tenths / 10).\(tenths % 10)"
  }

  /// The standard error as text; nil where there is none to speak of.
  func errorText(unit: String, glyphs: GlyphSet) -> String? {
    guard standardError >= 0.5, standardError < 0x1p62 else { return nil }
    let sign = glyphs == .ascii ? "+-" : "±"
    return sign + Measurement.label(Int64(standardError.rounded()), unit: unit)
  }
}
