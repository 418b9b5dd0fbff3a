import ProfileAnalysis
import ProfileModel

/// The rows of the top report as a profile: a sample for each, of one location.
public struct TopProtoReport: Report {
  public let name = "topproto"
  public let summary = "The top report in pprof's compressed format"
  public let isBinary = true

  public init() {}

  public func adjust(_ options: inout ReportOptions) { options.settle(nodeCount: 0) }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    output.write(subject.environment.encode(profile(of: subject)))
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    var table = ReportTable(of: subject, report: name, columns: ["flat", "cum", "name"])
    let graph = subject.graph(.inlineMarks)
    for entry in graph.entries {
      table.append([
        .integer(graph.totals.flatValue(entry)), .integer(graph.totals.cumulativeValue(entry)),
        .text(graph.names[graph.node(of: entry)]),
      ])
    }
    return table
  }

  private func profile(of subject: ReportSubject) -> Profile {
    let graph = subject.graph(.inlineMarks)
    let unit = subject.outputUnit(for: graph)
    let numbers = subject.numbers(in: unit)
    let entries = graph.entries
    let functions = NodeFunctions(entries.map { graph.node(of: $0) }, of: graph.table)
    let original = subject.profile.header
    var header = ProfileHeader(sampleTypes: [
      ValueType(type: "cum", unit: unit), ValueType(type: "flat", unit: unit),
    ])
    header.timeNanos = original.timeNanos
    header.durationNanos = original.durationNanos
    header.periodType = original.periodType
    header.period = original.period
    let ids = Column((0..<entries.count).map { UInt64($0 + 1) })
    let lines = zip(entries, functions.ofNodes).map { entry, function in
      let node = graph.node(of: entry).index
      return Line(
        function: function, line: graph.table.lines[node], column: graph.table.columns[node])
    }
    let starts = Column((0...entries.count).map { UInt32($0) })
    return Profile(
      header: header, strings: graph.table.strings, mappings: [], functions: functions.table,
      locations: LocationTable(
        ids: ids,
        addresses: Column(entries.map { graph.table.addresses[graph.node(of: $0).index] }),
        mappings: Column(repeating: .none, count: entries.count),
        areFolded: Column(repeating: false, count: entries.count), lineStarts: starts,
        lines: Column(lines)),
      stacks: StackTable(
        starts: starts, locations: Column((0..<entries.count).map { LocationID($0) })),
      labelSets: LabelTable(),
      samples: SampleTable(
        stacks: Column((0..<entries.count).map { StackID($0) }),
        values: [
          Column(entries.map { numbers.scaled(graph.totals.cumulativeValue($0)) }),
          Column(entries.map { numbers.scaled(graph.totals.flatValue($0)) }),
        ]))
  }
}

/// The functions that some nodes belong to.
private struct NodeFunctions {
  /// The function of each node.
  private(set) var ofNodes: [FunctionID] = []
  let table: FunctionTable

  private struct Key: Hashable {
    let name, file: StringID
    let startLine: Int64
  }

  init(_ nodes: [NodeID], of table: NodeTable) {
    var known: [Key: FunctionID] = [:]
    var keys: [Key] = []
    for node in nodes {
      let key = Key(
        name: table.names[node.index], file: table.files[node.index],
        startLine: table.startLines[node.index])
      if known[key] == nil {
        known[key] = FunctionID(keys.count)
        keys.append(key)
      }
      ofNodes.append(known[key] ?? FunctionID(0))
    }
    self.table = FunctionTable(
      ids: Column((0..<keys.count).map { UInt64($0 + 1) }), names: Column(keys.map(\.name)),
      systemNames: Column(repeating: .empty, count: keys.count),
      filenames: Column(keys.map(\.file)), startLines: Column(keys.map(\.startLine)))
  }
}
