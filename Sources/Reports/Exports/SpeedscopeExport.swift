import ProfileAnalysis
import ProfileModel

/// speedscope's JSON: a sampled profile for each sample type, over one table of frames.
///
/// Values are whole numbers in the profile's own unit, `divide_by` aside. The type that was asked for is
/// the one shown first.
public struct SpeedscopeExport: Export {
  public let name = "speedscope"
  public let summary = "JSON for speedscope.app, every sample type in it"
  public let fileExtension = "speedscope.json"

  public init() {}

  /// Functions are told apart by file as well, since frames have room for it.
  public func adjust(_ options: inout ReportOptions) {
    if options.granularity == .functions { options.granularity = .filefunctions }
  }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let table = subject.nodeTable()
    let stacks = DistinctStacks(subject.profile, table)
    let types = subject.profile.header.sampleTypes
    let active = subject.profile.samples.values.indices.first { isActive($0, subject) } ?? 0
    output.write("{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\"")
    output.write(",\n\"exporter\":\"proftui\",\"name\":")
    write(subject.title, to: &output)
    output.write(",\"activeProfileIndex\":\(active),\n\"shared\":{\"frames\":[")
    writeFrames(table, to: &output)
    output.write("]},\n\"profiles\":[")
    for (index, type) in types.enumerated() {
      if index > 0 { output.write(byte: UInt8(ascii: ",")) }
      let values = index == active ? subject.sampleValues : subject.profile.samples.values[index]
      let sums = stacks.sums(of: values, in: subject.profile).map { subject.divided($0) }
      writeProfile(type, stacks, sums, to: &output)
    }
    output.write("]}\n")
  }

  /// Whether the type is the one that the subject is about.
  private func isActive(_ index: Int, _ subject: ReportSubject) -> Bool {
    let type = subject.profile.header.sampleTypes[index].type
    return subject.sampleType == type || subject.sampleType == "mean_" + type
  }

  private func writeFrames(_ table: NodeTable, to output: inout OutputBuffer) {
    let names = EscapedNames(of: table, as: .json, isBare: true)
    for index in table.indices {
      output.write(index == 0 ? "\n{\"name\":\"" : ",\n{\"name\":\"")
      names.write(NodeID(index), to: &output)
      output.write(byte: UInt8(ascii: "\""))
      if table.files[index] != .empty {
        output.write(",\"file\":")
        write(table.strings[table.files[index]], to: &output)
      }
      if table.lines[index] != 0 { output.write(",\"line\":\(table.lines[index])") }
      if table.columns[index] != 0 { output.write(",\"col\":\(table.columns[index])") }
      output.write(byte: UInt8(ascii: "}"))
    }
  }

  private func writeProfile(
    _ type: ValueType, _ stacks: DistinctStacks, _ sums: [Int64], to output: inout OutputBuffer
  ) {
    let unit = SpeedscopeUnit(type.unit)
    let isNamed = unit != .none || ["", "count"].contains(type.unit)
    output.write("\n{\"type\":\"sampled\",\"name\":")
    write(isNamed ? type.type : "\(type.type) (\(type.unit))", to: &output)
    output.write(",\"unit\":\"\(unit.rawValue)\",\"startValue\":0,\"endValue\":")
    // The end may not stand before the start, though differences can add up to less than nothing.
    output.write(max(sums.reduce(0, &+), 0))
    output.write(",\n\"samples\":[")
    let counted = stacks.indices.filter { sums[$0] != 0 }
    for (position, stack) in counted.enumerated() {
      if position > 0 { output.write(byte: UInt8(ascii: ",")) }
      var separator = UInt8(ascii: "[")
      for node in stacks[stack] {
        output.write(byte: separator)
        output.write(UInt64(node.rawValue))
        separator = UInt8(ascii: ",")
      }
      if stacks[stack].isEmpty { output.write(byte: separator) }
      output.write(byte: UInt8(ascii: "]"))
    }
    output.write("],\n\"weights\":[")
    for (position, stack) in counted.enumerated() {
      if position > 0 { output.write(byte: UInt8(ascii: ",")) }
      output.write(sums[stack])
    }
    output.write("]}")
  }

  private func write(_ text: String, to output: inout OutputBuffer) {
    output.write(byte: UInt8(ascii: "\""))
    output.write(TextEscape.json.escaped(text))
    output.write(byte: UInt8(ascii: "\""))
  }
}

/// The units that speedscope knows.
private enum SpeedscopeUnit: String {
  case none, nanoseconds, microseconds, milliseconds, seconds, bytes

  init(_ unit: String) {
    switch unit.lowercased() {
    case "ns", "nanosecond", "nanoseconds": self = .nanoseconds
    case "us", "µs", "microsecond", "microseconds": self = .microseconds
    case "ms", "millisecond", "milliseconds": self = .milliseconds
    case "s", "second", "seconds": self = .seconds
    case "b", "byte", "bytes": self = .bytes
    default: self = .none
    }
  }
}

extension ReportSubject {
  /// What to call the profile: the binary, and what is measured.
  var title: String {
    let binary = profile.mappings.first?.file ?? ""
    guard !binary.isEmpty else { return sampleType }
    return String(decoding: NodeTable.baseName(of: binary.utf8), as: UTF8.self) + " " + sampleType
  }
}
