import ProfileAnalysis
import ProfileModel

/// Every sample with its labels, its value and its stack.
public struct TracesReport: Report {
  public let name = "traces"
  public let summary = "Every sample with its stack"

  private static let separator: StaticString =
    "-----------+-------------------------------------------------------\n"

  public init() {}

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let numbers = subject.numbers(in: subject.options.unit)
    output.write(lines: ReportHeader(subject: subject, numbers: numbers).profileLines)
    let table = subject.nodeTable(trimsPaths: false)
    var frames = StackLines(subject.profile.stacks, table)
    var labels = LabelLines(subject)
    let profile = subject.profile
    for sample in profile.samples.indices {
      frames.move(to: profile.samples.stacks[sample])
      guard !frames.isEmpty else { continue }
      output.write(Self.separator)
      output.write(labels.lines(of: profile.samples.labelSet(sample)))
      output.write(numbers.label(subject.value(ofSample: sample)), rightAlignedIn: 10)
      frames.write(to: &output)
    }
    output.write(Self.separator)
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    let nodes = subject.nodeTable(trimsPaths: false)
    let names = PrintableNames(of: nodes.indices.lazy.map(NodeID.init), in: nodes)
    let profile = subject.profile
    var table = ReportTable(of: subject, report: name, columns: ["value", "stack", "labels"])
    var cursor = StackCursor(profile.stacks)
    for sample in profile.samples.indices {
      let stack = cursor.locations(of: profile.samples.stacks[sample])
      let labels = SampleLabels(profile.labelSets[profile.samples.labelSet(sample)])
      table.append([
        .integer(subject.value(ofSample: sample)),
        .list(stack.flatMap { nodes[$0].map { names[$0] } }),
        .list(labels.list(of: profile, units: subject.labelUnits)),
      ])
    }
    return table
  }
}

extension ReportSubject {
  /// The sample's value, divided where means are asked for.
  func value(ofSample sample: Int) -> Int64 {
    SampleTotal.quotient(weights.values[sample], weights.divisors?[sample] ?? 0)
  }
}

/// The lines that print a sample's labels: made once for each set of labels.
private struct LabelLines {
  private let profile: Profile
  private let units: LabelUnits
  private var known: [[UInt8]?]

  init(_ subject: ReportSubject) {
    profile = subject.profile
    units = subject.labelUnits
    known = Array(repeating: nil, count: profile.labelSets.count)
  }

  mutating func lines(of set: LabelSetID) -> [UInt8] {
    if let lines = known[set.index] { return lines }
    let labels = SampleLabels(profile.labelSets[set])
    let lines = lines(labels.texts) + lines(labels.numbers)
    known[set.index] = lines
    return lines
  }

  /// The lines of the groups in order of bytes, which their keys' padding takes part in.
  private func lines(_ groups: [SampleLabels.Group]) -> [UInt8] {
    let lines = groups.map { group in
      var line: [UInt8] = []
      line.append(group.key, of: profile.strings, rightAlignedIn: 10)
      line.append(": ")
      for label in group.labels {
        line.append(" ")
        if label.isNumeric {
          line.append(Measurement.label(label.number, unit: units[group.key]))
        } else {
          line.append(label.string, of: profile.strings)
        }
      }
      line.append("\n")
      return line
    }
    return Array(lines.sorted { $0.lexicographicallyPrecedes($1) }.joined())
  }
}
