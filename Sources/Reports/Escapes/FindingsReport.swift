import EscapeAnalysis
import LeakFindings
import ProfileAnalysis
import ProfileModel

/// What looks like a leak or waste, the evidence for it, and what to do about it.
public struct FindingsReport: Report {
  public let name = "findings"
  public let summary =
    "What looks like a leak or waste, why, and what to do (snapshots oldest first)"
  public let takesSnapshots = true

  public init() {}

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let diagnosis = subject.diagnosis
    let count = subject.snapshots.count
    output.writeLine("Snapshots: \(count)")
    for (index, finding) in diagnosis.findings.enumerated() {
      output.writeLine()
      output.writeLine("\(index + 1). [\(finding.confidence.rawValue)] \(finding.title)")
      output.writeLine("   \(Self.headline(finding))")
      for line in finding.evidence { output.writeLine("   - \(line)") }
      for line in finding.advice { output.writeLine("   > \(line)") }
    }
    if diagnosis.findings.isEmpty { output.writeLine("No findings.") }
    for note in diagnosis.notes { output.writeLine("Note: \(note)") }
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    Self.table(of: subject.diagnosis, measure: subject.measure)
  }

  /// A row for each finding.
  public static func table(
    of diagnosis: LeakDiagnosis, measure: ReportMeasure
  ) -> ReportTable {
    var table = ReportTable(
      of: measure, report: "findings",
      columns: [
        "rule", "title", "confidence", "course", "amount", "unit", "count", "alivePercent",
        "cause", "type", "function", "file", "line", "evidence", "advice",
      ])
    if !diagnosis.notes.isEmpty {
      table.extras.append(("notes", [("text", .list(diagnosis.notes))]))
    }
    for finding in diagnosis.findings {
      table.append([
        .text(finding.rule), .text(finding.title), .text(finding.confidence.rawValue),
        .text(finding.course.rawValue), .integer(finding.amount), .text(finding.unit),
        .integer(finding.count),
        finding.alive.map { .integer(Int64(($0 * 100).rounded())) } ?? .none,
        .text(finding.cause?.rawValue ?? ""), .text(finding.type),
        .text(finding.place?.function ?? ""), .text(finding.place?.file ?? ""),
        .integer(finding.place?.line ?? 0), .list(finding.evidence), .list(finding.advice),
      ])
    }
    return table
  }

  /// How much, how many, where and since when.
  public static func headline(_ finding: LeakFinding) -> String {
    var words = [Measurement.label(finding.amount, unit: finding.unit)]
    if let place = finding.place { words.append("\(finding.placeRole) \(place.text)") }
    // That there is one snapshot only the reader knows.
    if finding.course != .present { words.append(finding.course.rawValue) }
    return words.joined(separator: ", ")
  }
}

extension ReportSubject {
  /// What the rules find in the snapshots.
  var diagnosis: LeakDiagnosis {
    LeakDiagnosis(snapshots.map { LeakSnapshot($0, environment.escapeEvidence($0)) })
  }
}
