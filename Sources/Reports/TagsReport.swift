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
    for key in TagKey.all(of: subject) {
      let total = numbers.label(key.total)
      let share = hasTotal ? " (\(numbers.share(key.total)))" : ""
      columns.append(key.name)
      columns.append(":\t Total \(total) of \(numbers.label(subject.total))\(share)\n")
      for tag in key.tags {
        let share = hasTotal ? " (\(numbers.share(tag.value)))" : ""
        columns.append(" \t\(numbers.label(tag.value))\(share):\t ")
        columns.append(tag.name)
        columns.append("\n")
      }
      columns.append("\n")
    }
    columns.write(to: &output)
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    var table = ReportTable(of: subject, report: name, columns: ["key", "value", "flat"])
    for key in TagKey.all(of: subject) {
      let name = String(decoding: key.name, as: UTF8.self)
      for tag in key.tags {
        table.append([
          .text(name), .text(String(decoding: tag.name, as: UTF8.self)), .integer(tag.value),
        ])
      }
    }
    return table
  }
}

/// A label key, its values and their sums.
private struct TagKey {
  struct Tag {
    let name: [UInt8]
    let value: Int64
  }

  let name: [UInt8]
  let total: Int64
  /// The heaviest first.
  let tags: [Tag]

  /// The keys of the profile, in order of bytes.
  static func all(of subject: ReportSubject) -> [TagKey] {
    let sums = Sums(subject)
    return sums.values.map { key, tags in
      TagKey(
        name: subject.profile.strings.withBytes(of: key) { Array($0) },
        total: sums.totals[key] ?? 0,
        tags: tags.map { Tag(name: $0, value: $1) }.sorted(by: isOrdered))
    }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  private static func isOrdered(_ left: Tag, _ right: Tag) -> Bool {
    if left.value.magnitude != right.value.magnitude {
      return left.value.magnitude > right.value.magnitude
    }
    return left.name.lexicographicallyPrecedes(right.name)
  }

  private struct Sums {
    var values: [StringID: [[UInt8]: Int64]] = [:]
    var totals: [StringID: Int64] = [:]

    init(_ subject: ReportSubject) {
      let profile = subject.profile
      guard profile.samples.hasLabels else { return }
      var ofSets = [Int64](repeating: 0, count: profile.labelSets.count)
      var isUsed = [Bool](repeating: false, count: profile.labelSets.count)
      for (sample, set) in profile.samples.labelSetColumn.enumerated() {
        ofSets[set.index] &+= subject.weights.values[sample]
        isUsed[set.index] = true
      }
      for set in ofSets.indices where isUsed[set] {
        for label in profile.labelSets[LabelSetID(set)] {
          let name = Self.name(of: label, subject)
          values[label.key, default: [:]][name, default: 0] &+= ofSets[set]
          totals[label.key, default: 0] &+= ofSets[set]
        }
      }
    }

    private static func name(of label: Label, _ subject: ReportSubject) -> [UInt8] {
      guard label.isNumeric else {
        return subject.profile.strings.withBytes(of: label.string) { Array($0) }
      }
      let text = Measurement.scaledLabel(
        label.number, from: subject.labelUnits[label.key], to: subject.options.unit)
      return Array(text.utf8)
    }
  }
}
