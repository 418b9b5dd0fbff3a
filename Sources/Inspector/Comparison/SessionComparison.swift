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
      comparison.swapped(), as: kind,
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
    compared { column in
      let values = answers.totals(granularity, column: column)[keyPath: sums]
      return values.indices.contains(node.index) ? values[node.index] : 0
    }
  }

  /// The older, the newer and the change of anything that columns of values can be summed up for.
  func compared(_ value: (_ column: Int) -> Int64) -> ComparedValue? {
    guard let comparison else { return nil }
    return ComparedValue(
      base: value(comparison.column(.base, ofType: sampleType)),
      other: value(comparison.column(.other, ofType: sampleType)),
      change: value(comparison.column(.change, ofType: sampleType)),
      standardError: standardError(value))
  }

  /// The columns that tell of a change: the older, the newer, and the noise; none where none is shown.
  var comparedColumns: [Int] {
    guard showsChange, let comparison else { return [] }
    let own = comparison.comparison
    let noise = own.isExact(ofType: sampleType) ? [] : own.noiseColumns(.change, ofType: sampleType)
    return [ComparisonSide.base, .other].map { own.column($0, ofType: sampleType) } + noise
      + [own.column(.change, ofType: sampleType)]
  }

  /// The standard error of a change; 0 where all is known.
  ///
  /// - Parameter sum: what the values of a column sum to for it.
  func standardError(_ sum: (_ column: Int) -> Int64) -> Double {
    guard let own = comparison?.comparison, !own.isExact(ofType: sampleType) else { return 0 }
    let noise = own.noiseColumns(.change, ofType: sampleType)
    return own.standardError(noise.reduce(0) { $0 &+ sum($1) }, ofType: sampleType)
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

  /// Whether a change means anything: more than sampling explains, and no trifle beside the whole.
  private func means(_ change: Int64, _ error: Double) -> Bool {
    ProfileComparison.isSignificant(change, standardError: error) && !isNegligible(change)
  }

  /// How the number of a row is drawn: where values are changes, by their sign.
  ///
  /// - Parameter noise: what a column sums to for the row: asked for those that tell the error.
  func numberRole(_ value: Int64, noise: (_ column: Int) -> Int64) -> Role {
    guard showsChange else { return .number }
    guard means(value, standardError(noise)) else { return .noise }
    return value > 0 ? .grew : .shrank
  }

  /// The same for what a node costs itself, or with all that it calls.
  func numberRole(
    _ node: NodeID, _ granularity: Granularity, _ sums: KeyPath<NodeTotals, Column<Int64>>
  ) -> Role {
    guard showsChange else { return .number }
    let column = column(ofType: sampleType)
    func value(_ column: Int) -> Int64 {
      answers.totals(granularity, column: column)[keyPath: sums][node.index]
    }
    return numberRole(value(column), noise: value)
  }

  /// A value as rows show it; a change with its sign.
  func label(_ value: Int64) -> String { label(value, unit: valueType.unit) }

  /// The same for a value in another unit.
  func label(_ value: Int64, unit: String) -> String {
    let text = Measurement.label(value, unit: unit)
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
    frameValue(path, column(ofType: sampleType))
  }

  /// What the values of a column sum to for the frame at the end of a path.
  func frameValue(
    _ path: [NodeID], _ column: Int, inverted: Bool = false,
    _ sums: KeyPath<CallTree.Frame, Int64> = \.cumulative
  ) -> Int64 {
    let tree = tree(ofColumn: column, inverted: inverted)
    let frame = tree.deepestFrame(along: path)
    return tree.depth(of: frame) == path.count ? tree[frame][keyPath: sums] : 0
  }

  /// The colour of a frame that changed by this much, and the sign before its name.
  func flameLook(
    _ change: Int64, _ path: [NodeID], _ glyphs: GlyphSet
  ) -> (role: Role, mark: String) {
    guard change != 0, means(change, standardError { frameValue(path, $0) }) else {
      return (.flameSame, "")
    }
    return change > 0 ? (.flameGrew, glyphs.grew) : (.flameShrank, glyphs.shrank)
  }

  /// What the frame at the end of a path was, is and changed by.
  func comparedFrame(_ path: [NodeID]) -> ComparedValue? { compared { frameValue(path, $0) } }

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

  /// Where a line of source was in the older build; nil where it did not move.
  func move(of line: SourceAnnotation.Line) -> LineMoves.Move? {
    guard let moves = comparison?.comparison.moves, !moves.isEmpty else { return nil }
    return moves.move(of: lineTitle(of: line.node), line: line.number)
  }

  /// The same in words.
  func moveText(of line: SourceAnnotation.Line) -> String? {
    moveText(function: lineTitle(of: line.node), line: line.number)
  }

  /// How the weight of calls is drawn.
  ///
  /// - Parameter weight: finds the weight among the neighbours of a node.
  func callRole(_ change: Int64, weight: (_ neighbours: (NodeID) -> Neighbours) -> Int64) -> Role {
    numberRole(change) { column in
      weight { answers.neighbours(granularity, column: column, of: $0) }
    }
  }

  /// What there is to say of a line that stands under another number in the older build.
  func moveText(function: String, line: Int64) -> String? {
    guard let move = comparison?.comparison.moves.move(of: function, line: line) else { return nil }
    switch move.reason {
    case .sameOffset: return "line \(move.line) before, function moved"
    case .sameText: return "line \(move.line) before, same text"
    case .changedText: return "line \(move.line) before, text changed"
    case .calls: return "line \(move.line) before, by its calls"
    case .gone: return "gone: line \(move.line) of the old build"
    }
  }

  /// The profile with the values that are shown, and no others: one side of a comparison.
  var shownProfile: Profile {
    guard comparison != nil else { return profile }
    var header = profile.header
    header.sampleTypes = sampleTypes
    let samples = profile.samples
    return profile.replacing(
      header: header,
      samples: SampleTable(
        stacks: samples.stacks,
        values: sampleTypes.indices.map { samples.values[column(ofType: $0)] },
        labelSets: samples.labelSetColumn, origins: samples.originColumn))
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

  /// The session of the same two profiles compared in another way, as this one is left.
  ///
  /// - Parameter isSwapped: whether they changed places; else all ids are the same.
  func comparing(
    _ comparison: SessionComparison, isSwapped: Bool
  ) throws(SampleTypeSelectionError) -> ProfileSession {
    let escapes = escapes
    var result = try ProfileSession(comparison: comparison) {
      isSwapped ? escapes.about($0, comparison.comparison) : escapes
    }
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

  /// The change with its standard error, and whether it is no more than that explains.
  func changeText(unit: String, glyphs: GlyphSet) -> String {
    let error = errorText(unit: unit, glyphs: glyphs).map { " \($0)" } ?? ""
    let sign = change > 0 ? "+" : ""
    let isNoise = change != 0 && !isSignificant
    return "\(sign)\(Measurement.label(change, unit: unit))\(error)\(isNoise ? " noise" : "")"
  }

  /// What it was and is: `1MB → 3MB`.
  func sidesText(unit: String, glyphs: GlyphSet) -> String {
    "\(Measurement.label(base, unit: unit)) \(glyphs.arrow) "
      + Measurement.label(other, unit: unit)
  }

  /// The standard error as text; nil where there is none to speak of.
  func errorText(unit: String, glyphs: GlyphSet) -> String? {
    guard standardError >= 0.5, standardError < 0x1p62 else { return nil }
    let sign = glyphs == .ascii ? "+-" : "±"
    return sign + Measurement.label(Int64(standardError.rounded()), unit: unit)
  }
}
