import ProfileAnalysis
import ProfileModel

/// The profile's tables as text.
public struct RawReport: Report {
  public let name = "raw"
  public let summary = "The profile itself, as text"

  public init() {}

  public func adjust(_ options: inout ReportOptions) {
    options.settle(nodeCount: 80, trims: false)
    options.granularity = .addresses
  }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let profile = subject.profile.withoutInlined(subject.options)
    write(profile.header, subject.environment, to: &output)
    writeSamples(of: profile, to: &output)
    writeLocations(of: profile, to: &output)
    output.write("Mappings\n" as StaticString)
    for mapping in profile.mappings { write(mapping, to: &output) }
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    table(of: subject, profile: subject.profile, report: name)
  }

  /// A row for each sample of `profile`, which may be another than the subject's.
  func table(of subject: ReportSubject, profile: Profile, report: String) -> ReportTable {
    let types = profile.header.sampleTypes.map { "\($0.type)/\($0.unit)" }
    var table = ReportTable(
      of: subject, report: report, columns: types + ["locations", "labels"])
    var cursor = StackCursor(profile.stacks)
    for sample in profile.samples.indices {
      let labels = SampleLabels(profile.labelSets[profile.samples.labelSet(sample)])
      let stack = cursor.locations(of: profile.samples.stacks[sample])
      table.append(
        profile.samples.values.map { .integer($0[sample]) } + [
          .list(stack.map { String(profile.locations.ids[$0.index]) }),
          .list(labels.list(of: profile, units: subject.labelUnits)),
        ])
    }
    return table
  }

  private func write(
    _ header: ProfileHeader, _ environment: ReportEnvironment, to output: inout OutputBuffer
  ) {
    for comment in header.comments { output.writeLine("Comment: " + comment) }
    if !header.docURL.isEmpty { output.writeLine("Doc: " + header.docURL) }
    let period = header.periodType ?? ValueType(type: "", unit: "")
    output.writeLine("PeriodType: \(period.type) \(period.unit)")
    output.writeLine("Period: \(header.period)")
    if header.timeNanos != 0 {
      let time = GoTime.description(header.timeNanos, local: environment.localTime)
      output.writeLine("Time: " + time)
    }
    if header.durationNanos != 0 {
      // pprof prints the first four characters, whatever they leave out.
      let duration = GoTime.duration(header.durationNanos).unicodeScalars.prefix(4)
      output.writeLine("Duration: \(String(String.UnicodeScalarView(duration)))")
    }
    output.write("Samples:\n" as StaticString)
    let types = header.sampleTypes.map { type in
      let isDefault = type.type.utf8.elementsEqual(header.defaultSampleType.utf8)
      return "\(type.type)/\(type.unit)\(isDefault ? "[dflt]" : "")"
    }
    let line = types.joined(separator: " ").unicodeScalars.drop(while: \.properties.isWhitespace)
    let end = line.lastIndex { !$0.properties.isWhitespace }.map { line.index(after: $0) }
    output.writeLine(String(line[..<(end ?? line.startIndex)]))
  }

  private func writeSamples(of profile: Profile, to output: inout OutputBuffer) {
    var labels = RawLabels(profile)
    var cursor = StackCursor(profile.stacks)
    for sample in profile.samples.indices {
      for values in profile.samples.values {
        output.write(" " as StaticString)
        output.write(values[sample], rightAlignedIn: 10)
      }
      output.write(": " as StaticString)
      for location in cursor.locations(of: profile.samples.stacks[sample]) {
        output.write(profile.locations.ids[location.index])
        output.write(byte: UInt8(ascii: " "))
      }
      output.write(byte: UInt8(ascii: "\n"))
      output.write(labels.lines(of: profile.samples.labelSet(sample)))
    }
  }

  private func writeLocations(of profile: Profile, to output: inout OutputBuffer) {
    output.write("Locations\n" as StaticString)
    let locations = profile.locations
    for location in locations.indices {
      output.write(locations.ids[location], rightAlignedIn: 6)
      output.write(": 0x\(String(locations.addresses[location], radix: 16)) ")
      let mapping = locations.mappings[location]
      if !mapping.isNone { output.write("M=\(profile.mappings[mapping.index].id) ") }
      if locations.areFolded[location] { output.write("[F] " as StaticString) }
      let lines = locations.lines(of: LocationID(location))
      if lines.isEmpty { output.write(byte: UInt8(ascii: "\n")) }
      for (index, line) in lines.enumerated() {
        if index > 0 { output.write("             " as StaticString) }
        write(line, of: profile, to: &output)
      }
    }
  }

  private func write(_ line: Line, of profile: Profile, to output: inout OutputBuffer) {
    let functions = profile.functions
    let function = line.function.index
    output.write(functions.names[function], of: profile.strings)
    output.write(" " as StaticString)
    output.write(functions.filenames[function], of: profile.strings)
    output.write(":\(line.line):\(line.column) s=\(functions.startLines[function])")
    if functions.names[function] != functions.systemNames[function] {
      output.write("(" as StaticString)
      output.write(functions.systemNames[function], of: profile.strings)
      output.write(")" as StaticString)
    }
    output.write(byte: UInt8(ascii: "\n"))
  }

  private func write(_ mapping: Mapping, to output: inout OutputBuffer) {
    let (start, limit, offset) = (mapping.start, mapping.limit, mapping.offset)
    output.write("\(mapping.id): 0x\(String(start, radix: 16))/0x\(String(limit, radix: 16))")
    output.write("/0x\(String(offset, radix: 16)) \(mapping.file) \(mapping.buildID) ")
    if mapping.hasFunctions { output.write("[FN]" as StaticString) }
    if mapping.hasFilenames { output.write("[FL]" as StaticString) }
    if mapping.hasLineNumbers { output.write("[LN]" as StaticString) }
    if mapping.hasInlineFrames { output.write("[IN]" as StaticString) }
    output.write(byte: UInt8(ascii: "\n"))
  }
}

/// The lines that print labels below a sample: made once for each set of labels.
private struct RawLabels {
  private let profile: Profile
  private var known: [[UInt8]?]

  init(_ profile: Profile) {
    self.profile = profile
    known = Array(repeating: nil, count: profile.labelSets.count)
  }

  mutating func lines(of set: LabelSetID) -> [UInt8] {
    if let lines = known[set.index] { return lines }
    let labels = SampleLabels(profile.labelSets[set])
    let lines = line(labels.texts) + line(labels.numbers)
    known[set.index] = lines
    return lines
  }

  private func line(_ groups: [SampleLabels.Group]) -> [UInt8] {
    guard !groups.isEmpty else { return [] }
    let items = groups.map(item).sorted { $0.lexicographicallyPrecedes($1) }
    return Array(repeating: UInt8(ascii: " "), count: 16)
      + items.joined(separator: [UInt8(ascii: " ")]) + [UInt8(ascii: "\n")]
  }

  private func item(_ group: SampleLabels.Group) -> [UInt8] {
    let hasUnits = group.labels.contains { $0.unit != .empty }
    var item: [UInt8] = []
    item.append(group.key, of: profile.strings)
    item.append(":[")
    for (index, label) in group.labels.enumerated() {
      if index > 0 { item.append(" ") }
      if label.isNumeric {
        item.append(String(label.number))
        if hasUnits {
          item.append(" ")
          item.append(label.unit, of: profile.strings)
        }
      } else {
        item.append(label.string, of: profile.strings)
      }
    }
    item.append("]")
    return item
  }
}

extension Profile {
  /// The profile with only the outermost line of each location, where the options ask for that.
  func withoutInlined(_ options: ReportOptions) -> Profile {
    guard options.noInlines else { return self }
    var starts = ColumnBuilder<UInt32>(capacity: locations.count + 1)
    var lines = ColumnBuilder<Line>(capacity: locations.count)
    starts.append(0)
    for location in locations.indices {
      if var line = locations.lines(of: LocationID(location)).last {
        if !options.showColumns { line.column = 0 }
        lines.append(line)
      }
      starts.append(UInt32(lines.count))
    }
    let table = LocationTable(
      ids: locations.ids, addresses: locations.addresses, mappings: locations.mappings,
      areFolded: locations.areFolded, lineStarts: starts.finish(), lines: lines.finish())
    let mappings = self.mappings.map { mapping in
      var mapping = mapping
      mapping.hasInlineFrames = false
      return mapping
    }
    return replacing(mappings: mappings, locations: table)
  }
}
