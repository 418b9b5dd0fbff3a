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
    let frames = FrameBlocks(table)
    var labels = LabelLines(subject)
    let profile = subject.profile
    var cursor = StackCursor(profile.stacks)
    for sample in profile.samples.indices {
      cursor.move(to: profile.samples.stacks[sample].index)
      guard cursor.depth > 0 else { continue }
      output.write(Self.separator)
      output.write(labels.lines(of: profile.samples.labelSet(sample)))
      output.write(numbers.label(subject.value(ofSample: sample)), rightAlignedIn: 10)
      frames.write(cursor.locations, to: &output)
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

/// The lines of each location's frames, with blanks for the column of values: made once, since stacks
/// repeat locations.
private struct FrameBlocks {
  private let bytes: Column<UInt8>
  /// Where in `bytes` each location's lines start; one more than there are locations, for the end.
  private let starts: Column<Int>

  /// The width of the column of values.
  private static let indentation = 10
  /// The most bytes of a stack that are put together at once.
  private static let pieceLimit = 1 << 20

  init(_ table: NodeTable) {
    var bytes: [UInt8] = []
    var starts = ColumnBuilder<Int>(capacity: table.locationStarts.count)
    starts.append(0)
    for location in 0..<max(table.locationStarts.count - 1, 0) {
      let range = table.range(of: LocationID(location))
      for row in range {
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: Self.indentation))
        bytes.append("   ")
        table.appendPrintableName(of: table.locationNodes[row], to: &bytes)
        if row != range.upperBound - 1 { bytes.append(" (inline)") }
        bytes.append(UInt8(ascii: "\n"))
      }
      starts.append(bytes.count)
    }
    self.bytes = Column(bytes)
    self.starts = starts.finish()
  }

  /// Writes the lines of a stack's locations, the first after a value.
  func write(_ locations: Span<LocationID>, to output: inout OutputBuffer) {
    let starts = starts.span
    var size = -Self.indentation
    for position in locations.indices {
      let location = locations[position].index
      size += starts[location &+ 1] &- starts[location]
    }
    bytes.withContiguousStorageIfAvailable { bytes in
      guard let blocks = bytes.baseAddress else { return }
      if size > Self.pieceLimit {
        return writeInPieces(locations, blocks, to: &output)
      }
      output.write(count: size) { target in
        var target = target
        var skipped = Self.indentation
        for position in locations.indices {
          let location = locations[position].index
          // Every location has a line, so none is shorter than what is skipped of the first. The
          // sizes add up to what there is room for.
          let start = self.starts[location] + skipped
          let count = self.starts[location &+ 1] - start
          target.update(from: blocks + start, count: count)
          target += count
          skipped = 0
        }
      }
    }
  }

  private func writeInPieces(
    _ locations: Span<LocationID>, _ blocks: UnsafePointer<UInt8>, to output: inout OutputBuffer
  ) {
    var skipped = Self.indentation
    for position in locations.indices {
      let location = locations[position].index
      let start = starts[location] + skipped
      output.write(UnsafeBufferPointer(start: blocks + start, count: starts[location + 1] - start))
      skipped = 0
    }
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
