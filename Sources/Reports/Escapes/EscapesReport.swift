import EscapeAnalysis
import ProfileAnalysis
import ProfileModel

/// Why bytes are on the heap: by cause, then type, then place, with the evidence for each.
public struct EscapesReport: Report {
  public let name = "escapes"
  public let summary = "What put bytes on the heap: operation, concrete type, place"

  public init() {}

  public func adjust(_ options: inout ReportOptions) { options.settle(nodeCount: 0) }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    EscapeText(subject).write(.byCause, to: &output)
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    Self.table(of: subject.escapes, subject.profile, measure: subject.measure)
  }

  /// A row for each place and what is known of it.
  public static func table(
    of summary: EscapeSummary, _ profile: Profile, measure: ReportMeasure
  ) -> ReportTable {
    var table = ReportTable(
      of: measure, report: "escapes",
      columns: [
        "cause", "type", "rootType", "causeTier", "typeTier", "reason", "function", "file", "line",
        "callee", "objects", "bytes",
      ])
    table.addEvidence(of: summary)
    var places: [EscapePlace: Int] = [:]
    var rows: [(place: EscapePlace, amount: EscapeAmount)] = []
    for row in summary.rows {
      let place = EscapePlace(summary[row], profile)
      if let known = places[place] {
        rows[known].amount.add(row.amount)
      } else {
        places[place] = rows.count
        rows.append((place, row.amount))
      }
    }
    for (place, amount) in rows {
      table.append([
        .text(place.cause), .text(place.type), .text(place.rootType), .text(place.causeTier),
        .text(place.typeTier), .text(place.reason), .text(place.function), .text(place.file),
        .integer(place.line), .text(place.callee), .integer(amount.objects),
        .integer(amount.bytes),
      ])
    }
    return table
  }
}

/// A finding in the words of reports.
private struct EscapePlace: Hashable {
  var cause, type, rootType, causeTier, typeTier, reason, function, file, callee: String
  var line: Int64

  init(_ finding: EscapeFinding, _ profile: Profile) {
    cause = finding.cause?.rawValue ?? ""
    type = finding.type
    rootType = finding.root?.type ?? ""
    causeTier = finding.causeTier.rawValue
    typeTier = finding.typeTier.rawValue
    reason = finding.reason?.rawValue ?? ""
    callee = finding.callee
    if let hidden = finding.hidden {
      (function, file, line) = (hidden.function, hidden.file, hidden.line)
      return
    }
    function = finding.function.map { profile.name(of: $0) } ?? ""
    file =
      finding.function.map { profile.strings[profile.functions.filenames[$0.index]] } ?? ""
    line = finding.line
  }
}

extension ReportTable {
  /// Adds how much is known how well, and by which program.
  mutating func addEvidence(of summary: EscapeSummary) {
    func sums(_ tier: (EscapeFinding) -> EvidenceTier) -> [(String, Cell)] {
      summary.sums(by: tier).map { ($0.tier.rawValue, .integer($0.amount.bytes)) }
    }
    extras.append(("tiers", sums(\.typeTier)))
    extras.append(("causeTiers", sums(\.causeTier)))
    if let verdict = summary.evidence.verdictText {
      extras.append(
        ("binary", [("path", .text(summary.evidence.binaryNote)), ("verdict", .text(verdict))]))
    }
  }
}

extension ReportSubject {
  /// What the samples allocated, by finding.
  var escapes: EscapeSummary {
    EscapeSummary(
      environment.escapeEvidence(loaded), profile,
      EscapeMeasure(profile.header, shown: typeIndex))
  }
}
