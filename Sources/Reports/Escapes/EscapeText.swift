import EscapeAnalysis
import ProfileAnalysis
import ProfileModel

/// Prints findings as an outline, with how much of it is known how well.
struct EscapeText {
  private let subject: ReportSubject
  private let summary: EscapeSummary
  private let words: EscapeWords

  init(_ subject: ReportSubject) {
    self.subject = subject
    summary = subject.escapes
    words = EscapeWords(subject.profile, summary.evidence)
  }

  func write(_ arrangement: EscapeTree.Arrangement, to output: inout OutputBuffer) {
    let numbers = subject.numbers(
      in: subject.options.unit == "minimum" ? "auto" : subject.options.unit)
    output.write(lines: ReportHeader(subject: subject, numbers: numbers).profileLines)
    for line in EvidenceLines(summary, numbers: numbers).lines { output.writeLine(line) }
    guard !summary.rows.isEmpty else { return }
    output.write("      flat  flat%    objects       mean  what\n" as StaticString)
    let tree = EscapeTree(summary, arrangement)
    let limit = Double(subject.total.magnitude) * max(subject.options.nodeFraction, 0)
    var remaining = subject.options.nodeCount > 0 ? subject.options.nodeCount : .max
    func write(_ index: Int) {
      let node = tree.nodes[index]
      guard remaining > 0, Double(node.amount.shown.magnitude) >= limit else { return }
      remaining -= 1
      output.write(numbers.label(node.amount.shown), rightAlignedIn: 10)
      output.write(" \(numbers.share(node.amount.shown)) ")
      output.write(node.amount.objects, rightAlignedIn: 10)
      output.write(words.mean(node.amount), rightAlignedIn: 11)
      output.write(spaces: 2 + 2 * node.depth)
      output.writeLine(words.text(of: node, in: tree))
      for child in node.children { write(child) }
    }
    for root in tree.roots { write(root) }
  }
}

/// The lines that say how well things are known, and by which program.
struct EvidenceLines {
  let lines: [String]

  init(_ summary: EscapeSummary, numbers: ReportNumbers) {
    let evidence = summary.evidence
    guard evidence.subject != .other else {
      lines = [
        "No allocations and no CPU time in this profile: escapes are told for heap and cpu profiles"
      ]
      return
    }
    var lines: [String] = []
    if let verdict = evidence.verdictText {
      let name = evidence.binaryNote
      lines.append("Binary: \(name.isEmpty ? "none" : name): \(verdict)")
    }
    func shares(_ tier: (EscapeFinding) -> EvidenceTier) -> String {
      summary.sums(by: tier).filter { $0.amount.shown != 0 }
        .map { "\($0.tier.rawValue) \(numbers.trimmedShare($0.amount.shown))" }
        .joined(separator: ", ")
    }
    if evidence.subject == .memory { lines.append("Types: \(shares(\.typeTier))") }
    lines.append("Causes: \(shares(\.causeTier))")
    if !evidence.logProblem.isEmpty { lines.append("Compiler log: \(evidence.logProblem)") }
    self.lines = lines
  }
}

extension EscapeEvidence {
  /// What came of the executable, in words; nil where none is needed.
  public var verdictText: String? {
    guard subject == .memory else { return nil }
    switch binary {
    case .absent:
      return binaryNote.isEmpty
        ? "types need the program that was profiled: give it as the first argument or as --binary"
        : binaryProblem.isEmpty ? "not used" : binaryProblem
    case .used(let matching, let compared):
      return "\(matching) of \(compared) functions match"
    case .refused(let matching, let compared):
      return
        "not the program of this profile (\(matching) of \(compared) functions match), not used"
    }
  }
}
