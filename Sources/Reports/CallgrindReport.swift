import ProfileAnalysis
import ProfileModel

/// The graph in callgrind's format, for programs such as KCachegrind.
public struct CallgrindReport: Report {
  public let name = "callgrind"
  public let summary = "The call graph in callgrind's format"
  public let isBinary = true

  public init() {}

  public func adjust(_ options: inout ReportOptions) {
    options.settle(nodeCount: 0, trims: false)
    options.granularity = .addresses
  }

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let graph = graph(of: subject)
    let unit = subject.outputUnit(for: graph, prefersLarger: false)
    let numbers = subject.numbers(in: unit)
    let table = graph.table
    output.writeLine("positions: instr line")
    output.writeLine("events: \(subject.sampleType)(\(unit))")
    var names = CallgrindNames(graph)
    var previous: NodeID?
    for entry in graph.entries {
      let node = graph.node(of: entry)
      if previous.map({ !table.isSameFunction($0, node) }) ?? true {
        output.writeLine()
        output.write("ob=")
        output.write(names.objectFile(table.objectFiles[node.index]))
        output.write("\nfl=")
        output.write(names.file(table.files[node.index]))
        output.write("\nfn=")
        output.write(names.function(table.names[node.index]))
        output.write("\n")
      }
      let address = position(of: node, after: previous, in: table)
      let flat = numbers.scaled(graph.totals.flatValue(entry))
      output.writeLine("\(address) \(table.lines[node.index]) \(flat)")
      for edge in graph.callees(of: entry) {
        let callee = graph.node(of: edge.target)
        output.write("cfl=")
        output.write(names.file(table.files[callee.index]))
        output.write("\ncfn=")
        output.write(names.callee(edge.target))
        let address = position(of: callee, after: previous, in: table)
        output.writeLine("\ncalls=0 \(address) \(table.lines[callee.index])")
        output.writeLine("* * \(numbers.scaled(edge.weight))")
      }
      previous = node
    }
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    let graph = graph(of: subject)
    return CallBlocks(subject, graph).table(of: graph.entries, report: name)
  }

  private func graph(of subject: ReportSubject) -> CallGraph {
    CallGraph.drawn(
      subject.profile, table: subject.nodeTable(keepsObjectFiles: true), weights: subject.weights,
      limits: subject.limits(), isTree: subject.options.callTree, tagging: nil)
  }

  /// The address, or its distance from the one before where that is shorter.
  private func position(of node: NodeID, after previous: NodeID?, in table: NodeTable) -> String {
    let address = table.addresses[node.index]
    let absolute = "0x" + String(address, radix: 16)
    guard let previous else { return absolute }
    let before = table.addresses[previous.index]
    if before == address { return "*" }
    let distance = Int64(bitPattern: address &- before)
    let relative = (distance < 0 ? "" : "+") + String(distance)
    return relative.utf8.count < absolute.utf8.count ? relative : absolute
  }
}

extension NodeTable {
  /// Whether the nodes agree in binary, file and name.
  fileprivate func isSameFunction(_ left: NodeID, _ right: NodeID) -> Bool {
    objectFiles[left.index] == objectFiles[right.index] && files[left.index] == files[right.index]
      && names[left.index] == names[right.index]
  }
}

/// The names of a callgrind file: each is written once and then goes by its number.
private struct CallgrindNames {
  private let strings: StringTable
  private var objectFiles: [[UInt8]: Int] = [:]
  private var files: [[UInt8]: Int] = [:]
  private var functions: [[UInt8]: Int] = [:]
  /// The name of each entry as a callee: functions of one name and file are numbered apart.
  private var calleeNames: [Int: [UInt8]] = [:]

  init(_ graph: CallGraph) {
    strings = graph.table.strings
    nameCallees(of: graph)
  }

  mutating func objectFile(_ id: StringID) -> [UInt8] { Self.name(bytes(id), &objectFiles) }
  mutating func file(_ id: StringID) -> [UInt8] { Self.name(bytes(id), &files) }
  mutating func function(_ id: StringID) -> [UInt8] { Self.name(bytes(id), &functions) }

  mutating func callee(_ entry: Int) -> [UInt8] {
    Self.name(calleeNames[entry] ?? [], &functions)
  }

  private func bytes(_ id: StringID) -> [UInt8] { strings.withBytes(of: id) { Array($0) } }

  private static func name(_ name: [UInt8], _ known: inout [[UInt8]: Int]) -> [UInt8] {
    if name.isEmpty { return [] }
    if let number = known[name] { return Array("(\(number))".utf8) }
    known[name] = known.count + 1
    return Array("(\(known.count)) ".utf8) + name
  }

  /// What callgrind takes for one function.
  private struct Name: Hashable {
    let file, name: StringID
  }

  /// What is one function here.
  private struct Function: Hashable {
    let name: Name
    let objectFile: StringID
    let startLine: Int64
    /// 0 but for nodes without address and line, which stand for themselves.
    let column: Int64
    /// In a tree, the entry that it was called from.
    let caller: Int?
  }

  private mutating func nameCallees(of graph: CallGraph) {
    let table = graph.table
    var functions: [Name: [Function: Int]] = [:]
    let keys = graph.entries.map { entry in
      let node = graph.node(of: entry).index
      let caller = graph.isTree ? graph.callers(of: entry).first?.source : nil
      let isPlaced = table.addresses[node] != 0 || table.lines[node] != 0
      let key = Function(
        name: Name(file: table.files[node], name: table.names[node]),
        objectFile: table.objectFiles[node], startLine: table.startLines[node],
        column: isPlaced ? 0 : table.columns[node], caller: caller)
      let number = functions[key.name]?.count ?? 0
      functions[key.name, default: [:]][key] = functions[key.name]?[key] ?? number + 1
      return key
    }
    for (entry, key) in zip(graph.entries, keys) {
      var name = bytes(key.name.name)
      if let numbers = functions[key.name], numbers.count > 1, let number = numbers[key] {
        name += Array(" [\(number)/\(numbers.count)]".utf8)
      }
      calleeNames[entry] = name
    }
  }
}
