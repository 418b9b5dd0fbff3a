import ProfileAnalysis
import ProfileModel

/// The lines of a file as rows: those of the text and, where the profile has others, these too.
///
/// Without a text only the lines that have a value are rows.
struct SourceRows {
  private let text: SourceText?
  /// Lines that have a value, in order of their numbers.
  private let lines: [SourceAnnotation.Line]
  /// How many of them stand before the text, with numbers below 1.
  private let before: Int
  /// Where in `lines` those begin whose numbers are beyond the text.
  private let after: Int

  init(lines: [SourceAnnotation.Line], text: SourceText?) {
    self.lines = lines
    self.text = text
    let end = Int64(text?.lineCount ?? 0)
    before = text == nil ? 0 : Self.firstIndex(in: lines) { $0 >= 1 }
    after = text == nil ? 0 : Self.firstIndex(in: lines) { $0 > end }
  }

  private static func firstIndex(
    in lines: [SourceAnnotation.Line], where isAfter: (Int64) -> Bool
  ) -> Int {
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(lines[middle].number) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  var count: Int {
    guard let text else { return lines.count }
    return before + text.lineCount + (lines.count - after)
  }

  func number(at index: Int) -> Int64 {
    guard let text else { return lines[index].number }
    if index < before { return lines[index].number }
    if index < before + text.lineCount { return Int64(index - before + 1) }
    return lines[after + index - before - text.lineCount].number
  }

  /// The row of a line, or of the nearest one before it.
  func index(of number: Int64) -> Int {
    let inLines = Self.firstIndex(in: lines) { $0 >= number }
    guard let text else {
      return inLines < lines.count && lines[inLines].number == number
        ? inLines : max(inLines - 1, 0)
    }
    if number < 1 { return min(inLines, max(before - 1, 0)) }
    guard number > Int64(text.lineCount) else { return before + Int(number) - 1 }
    return max(before + text.lineCount + max(inLines - after, 0), 0)
  }

  /// What the row's line costs; nil where it has no value.
  func line(at index: Int) -> SourceAnnotation.Line? {
    let number = number(at: index)
    let found = Self.firstIndex(in: lines) { $0 >= number }
    return found < lines.count && lines[found].number == number ? lines[found] : nil
  }

  /// The row's line of text, or its first `limit` bytes; nil where the text does not have it.
  func text(at index: Int, limit: Int = 1 << 16) -> String? {
    guard let text, index >= before, index < before + text.lineCount else { return nil }
    return text.line(index - before, limit: limit)
  }
}

/// The source file that a symbol is shown in, and what its lines cost.
struct SourceSubject: Sendable {
  /// The name that the profile has for it.
  let file: String
  /// The line of the symbol that costs most.
  let line: Int64
  let annotation: SourceAnnotation
  /// The lines that have a value, the hottest first.
  let hottest: [SourceAnnotation.Line]
  private let answers: ProfileSession.AnswerKey

  /// - Parameter old: what was shown before: the same file need not be added up again.
  init?(of node: NodeID, in session: ProfileSession, keeping old: SourceSubject?) {
    guard let best = session.hottestLine(of: node) else { return nil }
    let nodes = session.answers.nodes(.lines)
    let file = nodes.files[best.index]
    self.file = nodes.strings[file]
    line = nodes.lines[best.index]
    answers = session.answerKey
    if let old, old.file == self.file, old.answers == answers {
      annotation = old.annotation
      hottest = old.hottest
    } else {
      annotation = SourceAnnotation(
        file: file, session.profile, nodes: nodes, values: session.values)
      hottest = annotation.hottest
    }
  }
}

extension ProfileSession {
  /// The source line of a symbol that costs most itself, or with what it calls where none costs
  /// anything itself; nil where no line of it is in a named file.
  ///
  /// - Complexity: O(*n*) in the lines of all locations, and in what neighbouring stacks do not share.
  func hottestLine(of node: NodeID) -> NodeID? {
    guard granularity != .packages else { return nil }
    let own = nodes.locationNodes.span
    let lines = answers.nodes(.lines)
    let lineNodes = lines.locationNodes
    var candidates: [NodeID] = []
    var isKnown: Set<NodeID> = []
    // Both tables have a node for each line of each location.
    for row in 0..<min(own.count, lineNodes.count) where own[row] == node {
      let line = lineNodes[row]
      guard lines.files[line.index] != .empty, isKnown.insert(line).inserted else { continue }
      candidates.append(line)
    }
    guard candidates.count > 1 else { return candidates.first }
    let flat = NodeSubtotals.flat(of: candidates, in: lines, profile, values: values)
    let most = flat.lazy.map(\.magnitude).max()
    let best = candidates.indices.filter { flat[$0].magnitude == most }.map { candidates[$0] }
    guard best.count > 1 else { return best.first }
    // What they cost with what they call takes longer to find out.
    let sums = NodeSubtotals(of: best, in: lines, profile, values: values).cumulative
    let heaviest = sums.lazy.map(\.magnitude).max()
    return sums.firstIndex { $0.magnitude == heaviest }.map { best[$0] }
  }

  /// The symbol that a line belongs to, in the granularity that is shown.
  func symbol(ofLine line: NodeID) -> NodeID? {
    if granularity == .lines { return line }
    return answers.counterpart(of: line, .lines, for: granularity)
  }

  /// The name of the function that a line belongs to.
  func lineTitle(of line: NodeID) -> String {
    let nodes = answers.nodes(.lines)
    guard nodes.indices.contains(line.index) else { return "" }
    return nodes.strings[nodes.names[line.index]]
  }
}
