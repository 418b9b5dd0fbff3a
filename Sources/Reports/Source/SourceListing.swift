import ProfileAnalysis
import ProfileModel

/// The source of the functions that match a pattern, with the values of their lines.
struct SourceListing {
  struct Function {
    let name: [UInt8]
    let files: [File]
  }

  struct File {
    let name: [UInt8]
    let flat: Int64
    let cumulative: Int64
    let lines: Result<[Line], SourceReader.SourceNotFound>
  }

  struct Line {
    let number: Int64
    let flat: Int64
    let cumulative: Int64
    let text: [UInt8]
  }

  /// In order of names, by bytes.
  let functions: [Function]

  /// Lines before the first and after the last that has a value.
  private static let margin: Int64 = 5

  init(_ subject: ReportSubject) throws(ReportError) {
    let table = subject.nodeTable(keepsObjectFiles: true)
    let totals = GraphTotals(subject.profile, nodes: table, weights: subject.weights)
    var nodes: [StringID: [NodeID]] = [:]
    var decisions: [StringID: Bool] = [:]
    var matcher = subject.pattern?.makeMatcher()
    for entry in totals.entries(dropsNegative: subject.options.dropNegative) {
      let name = table.names[entry]
      let matches =
        decisions[name] ?? table.strings.withBytes(of: name) { matcher?.matches($0) ?? true }
      decisions[name] = matches
      if matches { nodes[name, default: []].append(NodeID(entry)) }
    }
    guard !nodes.isEmpty else { throw .noMatches(subject.pattern?.source ?? "") }
    var reader = SourceReader(subject.environment, options: subject.options)
    functions = nodes.keys.sorted { table.strings.isOrdered($0, before: $1) }.map { name in
      Function(
        name: table.strings.withBytes(of: name) { Array($0) },
        files: Self.files(of: nodes[name] ?? [], table, totals, &reader))
    }
  }

  private static func files(
    of nodes: [NodeID], _ table: NodeTable, _ totals: GraphTotals, _ reader: inout SourceReader
  ) -> [File] {
    var ofFiles: [StringID: [NodeID]] = [:]
    for node in nodes where table.files[node.index] != .empty {
      ofFiles[table.files[node.index], default: []].append(node)
    }
    return ofFiles.keys.sorted { table.strings.isOrdered($0, before: $1) }.map { file in
      let nodes = ofFiles[file] ?? []
      let range = lineRange(of: nodes, table)
      // A function said to start below all its lines shows nothing: its file is not looked for, and
      // missed only if another function has missed it.
      let path = table.strings[file]
      let lines =
        range.isEmpty && !reader.hasLooked(for: path)
        ? .success([])
        : reader.lines(of: path).map { source in
          annotated(source, range, nodes, table, totals)
        }
      return File(
        name: table.strings.withBytes(of: file) { Array($0) },
        flat: nodes.reduce(0) { $0 &+ totals.flat[$1.index] },
        cumulative: nodes.reduce(0) { $0 &+ totals.cumulative[$1.index] }, lines: lines)
    }
  }

  /// The lines to show: from the function's start, or some before its first line with a value, to
  /// some after the last.
  private static func lineRange(of nodes: [NodeID], _ table: NodeTable) -> Range<Int64> {
    var start = Int64.max
    var end = Int64.min
    for node in nodes {
      let line = table.lines[node.index]
      let first = table.startLines[node.index]
      start = min(start, first == 0 ? line &- margin : first)
      end = max(end, line &+ margin)
    }
    start = max(start, 1)
    return start..<max(end &+ 1, start)
  }

  private static func annotated(
    _ source: [[UInt8]], _ range: Range<Int64>, _ nodes: [NodeID], _ table: NodeTable,
    _ totals: GraphTotals
  ) -> [Line] {
    var ofLines: [Int64: (flat: Int64, cumulative: Int64)] = [:]
    for node in nodes {
      ofLines[table.lines[node.index], default: (0, 0)].flat &+= totals.flat[node.index]
      ofLines[table.lines[node.index], default: (0, 0)].cumulative &+=
        totals.cumulative[node.index]
    }
    return range.clamped(to: 1..<Int64(source.count + 1)).map { number in
      let value = ofLines[number] ?? (0, 0)
      return Line(
        number: number, flat: value.flat, cumulative: value.cumulative,
        text: source[Int(number - 1)])
    }
  }
}
