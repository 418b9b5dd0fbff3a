import ProfileAnalysis
import ProfileModel

/// For each label key, its values and what the samples with each sum to.
public struct TagsReport: Report {
  public let name = "tags"
  public let summary = "Labels, and what the samples with each sum to"

  public init() {}

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let numbers = subject.numbers(in: subject.options.unit)
    let hasTotal = subject.total > 0
    var columns = AlignedColumns()
    for key in subject.labelTotals.keys {
      let total = numbers.label(key.sum)
      let share = hasTotal ? " (\(numbers.share(key.sum)))" : ""
      columns.append(key.name)
      columns.append(":\t Total \(total) of \(numbers.label(subject.total))\(share)\n")
      for value in key.values {
        let share = hasTotal ? " (\(numbers.share(value.sum)))" : ""
        columns.append(" \t\(numbers.label(value.sum))\(share):\t ")
        columns.append(value.text)
        columns.append("\n")
      }
      columns.append("\n")
    }
    columns.write(to: &output)
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    Self.table(of: subject.labelTotals, measure: subject.measure)
  }

  /// A row for each value of each key.
  public static func table(of totals: LabelTotals, measure: ReportMeasure) -> ReportTable {
    var table = ReportTable(of: measure, report: "tags", columns: ["key", "value", "flat"])
    for key in totals.keys {
      let name = String(decoding: key.name, as: UTF8.self)
      for value in key.values {
        table.append([
          .text(name), .text(String(decoding: value.text, as: UTF8.self)), .integer(value.sum),
        ])
      }
    }
    return table
  }
}

extension ReportSubject {
  /// What the samples with each label sum to.
  fileprivate var labelTotals: LabelTotals {
    LabelTotals(profile, values: weights.values, outputUnit: options.unit) { labelUnits[$0] }
  }
}
