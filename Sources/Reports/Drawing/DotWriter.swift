import ProfileAnalysis
import ProfileModel

/// Writes a graph in Graphviz's language.
struct DotWriter {
  private let subject: ReportSubject
  private let graph: CallGraph
  private let numbers: ReportNumbers
  /// The number of each entry that is shown, from 1.
  private let numberOfEntry: [Int: Int]
  private let tags: DotTags
  private let largestFlat: Double

  init(_ subject: ReportSubject, _ graph: CallGraph, _ numbers: ReportNumbers) {
    self.subject = subject
    self.graph = graph
    self.numbers = numbers
    tags = DotTags(numbers: numbers)
    numberOfEntry = Dictionary(
      uniqueKeysWithValues: graph.entries.enumerated().map { ($1, $0 + 1) })
    largestFlat =
      graph.entries.map { Double(graph.totals.flatValue($0).wrappingMagnitude) }.max() ?? 0
  }

  func write(to output: inout OutputBuffer) {
    let title = subject.profile.mappings.first?.file ?? ""
    let name = String(decoding: NodeTable.baseName(of: title.utf8), as: UTF8.self)
    output.writeLine("digraph \"\(title.isEmpty ? "unnamed" : name)\" {")
    output.writeLine("node [style=filled fillcolor=\"#f8f8f8\"]")
    writeLegend(title: title.isEmpty ? "" : name, to: &output)
    var hasTags: Set<Int> = []
    for entry in graph.entries {
      writeNode(entry, to: &output)
      let lines = tags.lines(
        labels: graph.tags.labels(of: entry), numbers: graph.tags.numbers(of: entry),
        of: number(of: entry), hasCallees: !graph.callees(of: entry).isEmpty)
      if !lines.isEmpty { hasTags.insert(entry) }
      output.write(lines)
    }
    for edge in graph.sortedEdges {
      writeEdge(edge, hasTags: hasTags.contains(edge.source), to: &output)
    }
    output.writeLine("}")
  }

  private func number(of entry: Int) -> Int { numberOfEntry[entry] ?? 0 }

  private func writeLegend(title: String, to output: inout OutputBuffer) {
    var lines = ReportHeader(subject: subject, numbers: numbers).lines(for: graph, isDrawing: true)
    lines.append(Array("\nSee https://git.io/JfYMW for how to read the graph".utf8))
    output.write("subgraph cluster_L { \"")
    output.write(Self.escaped(lines[0]))
    output.write("\" [shape=box fontsize=16 label=\"")
    output.write(Array(lines.map(Self.escaped).joined(separator: Array("\\l".utf8))))
    output.write("\\l\"")
    if !title.isEmpty { output.write(" tooltip=\"\(title)\"") }
    output.write("] }\n")
  }

  private func writeNode(_ entry: Int, to output: inout OutputBuffer) {
    let flat = graph.totals.flatValue(entry)
    let cumulative = graph.totals.cumulativeValue(entry)
    let number = number(of: entry)
    let flatLabel = numbers.label(flat)
    var values = flat == 0 ? "0" : "\(flatLabel) (\(numbers.trimmedShare(flat)))"
    var cumulativeLabel = flatLabel
    if cumulative != flat {
      cumulativeLabel = numbers.label(cumulative)
      values += flat == 0 ? " " : "\\n"
      values += "of \(cumulativeLabel) (\(numbers.trimmedShare(cumulative)))"
    }
    // From 8 to 24, growing more slowly than the value.
    var fontSize: Int64 = 8
    if largestFlat != 0, flat != 0 {
      // No number where the value has no magnitude, which pprof prints as the least of all.
      let share = (Double(flat.wrappingMagnitude) / largestFlat).squareRoot()
      fontSize &+= Int64(exactly: (16 * share).rounded(.up)) ?? .min
    }
    let score = Double(cumulative) / Double(subject.total).magnitude
    output.write("N\(number) [label=\"")
    output.write(multilineName(of: graph.node(of: entry)))
    output.write("\(values)\" id=\"node\(number)\" fontsize=\(fontSize) shape=box tooltip=\"")
    output.write(escapedName(of: entry))
    output.writeLine(
      " (\(cumulativeLabel))\" color=\"\(DotColor.of(score, isBackground: false))\""
        + " fillcolor=\"\(DotColor.of(score, isBackground: true))\"]")
  }

  private func writeEdge(_ edge: CallEdge, hasTags: Bool, to output: inout OutputBuffer) {
    let value = edge.value
    let label = numbers.label(value)
    var attributes = "label=\" \(label)\(edge.isInline ? "\\n (inline)" : "")\""
    if subject.total != 0 {
      let weight = 1 + min(share(of: value, times: 100), 100)
      if weight > 1 { attributes += " weight=\(weight)" }
      let width = 1 + min(share(of: value, times: 5), 5)
      if width > 1 { attributes += " penwidth=\(width)" }
      let score = Double(value) / Double(subject.total).magnitude
      attributes += " color=\"\(DotColor.of(score, isBackground: false))\""
    }
    let arrow = Array(edge.isResidual ? " ... ".utf8 : " -> ".utf8)
    let tooltip =
      Array("\"".utf8) + escapedName(of: edge.source) + arrow + escapedName(of: edge.target)
      + Array(" (\(label))\"".utf8)
    output.write(
      "N\(number(of: edge.source)) -> N\(number(of: edge.target)) [\(attributes) tooltip=")
    output.write(tooltip)
    output.write(" labeltooltip=" as StaticString)
    output.write(tooltip)
    if edge.isResidual { output.write(" style=\"dotted\"" as StaticString) }
    if hasTags { output.write(" minlen=2" as StaticString) }
    output.write("]\n" as StaticString)
  }

  /// The share of the total in so many parts; wraps around as pprof's does.
  private func share(of value: Int64, times parts: Int64) -> Int64 {
    let share = SampleTotal.quotient(value &* parts, subject.total)
    return share < 0 ? 0 &- share : share
  }

  /// The name over several lines: each part of a qualified name on its own.
  private func multilineName(of node: NodeID) -> [UInt8] {
    let table = graph.table
    let index = node.index
    var parts: [[UInt8]] = []
    if table.addresses[index] != 0 {
      let digits = String(table.addresses[index], radix: 16)
      parts.append(Array((String(repeating: "0", count: 16 - digits.count) + digits).utf8))
    }
    let fullName = table.strings.withBytes(of: table.names[index]) { Array($0) }
    let name = Self.split(Self.escaped(ShortName.of(fullName)))
    if !name.isEmpty { parts.append(name) }
    let file = baseName(table.files[index])
    if table.lines[index] != 0 {
      let column = table.columns[index] == 0 ? "" : ":\(table.columns[index])"
      parts.append(file + Array(":\(table.lines[index])\(column)".utf8))
    } else if !file.isEmpty {
      parts.append(file)
    } else if name.isEmpty {
      let binary = baseName(table.objectFiles[index])
      parts.append(binary.isEmpty ? Array("<unknown>".utf8) : [0x5b] + binary + [0x5d])
    }
    return parts.flatMap { $0 + Array("\\n".utf8) }
  }

  private func baseName(_ path: StringID) -> [UInt8] {
    guard path != .empty else { return [] }
    return graph.table.strings.withBytes(of: path) { NodeTable.baseName(of: $0) }
  }

  private func escapedName(of entry: Int) -> [UInt8] {
    graph.names.withName(of: graph.node(of: entry)) { Self.escaped(Array($0)) }
  }

  /// Breaks a qualified name into lines; `[...]` stands for type arguments and stays whole.
  private static func split(_ name: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = name[...]
    while let byte = rest.first {
      if rest.starts(with: "[...]".utf8) {
        result += "[…]".utf8
        rest = rest.dropFirst(5)
      } else if rest.starts(with: "::".utf8) {
        result += "\\n".utf8
        rest = rest.dropFirst(2)
      } else {
        if byte == UInt8(ascii: ".") { result += "\\n".utf8 } else { result.append(byte) }
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// The text within quotes; line ends align to the left.
  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text {
      switch byte {
      case UInt8(ascii: "\\"): result += "\\\\".utf8
      case UInt8(ascii: "\""): result += "\\\"".utf8
      case UInt8(ascii: "\n"): result += "\\l".utf8
      default: result.append(byte)
      }
    }
    return result
  }
}
