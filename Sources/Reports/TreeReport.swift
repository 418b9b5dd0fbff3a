import ProfileAnalysis

/// Each entry between those that called it and those that it called.
public struct TreeReport: Report {
  public let name = "tree"
  public let summary = "Entries with their callers and callees"
  public let takesSums = true

  public init() {}

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let graph = subject.graph(.allCalls)
    CallBlocks(subject, graph).write(graph.entries, to: &output)
  }

  public func table(of subject: ReportSubject) -> ReportTable {
    let graph = subject.graph(.allCalls)
    return CallBlocks(subject, graph).table(of: graph.entries, report: name)
  }
}

/// The entries that match a pattern, between those that called them and those that they called.
public struct PeekReport: Report {
  public let name = "peek"
  public let summary = "Callers and callees of entries that match"
  public let takesPattern = true

  public init() {}

  public func adjust(_ options: inout ReportOptions) {
    options.settle(nodeCount: 80, trims: false)
  }

  public func write(
    _ subject: ReportSubject, to output: inout OutputBuffer
  ) throws(ReportError) {
    let graph = subject.graph(.allCalls)
    try CallBlocks(subject, graph).write(matches(in: graph, subject), to: &output)
  }

  public func table(of subject: ReportSubject) throws(ReportError) -> ReportTable {
    let graph = subject.graph(.allCalls)
    return try CallBlocks(subject, graph).table(of: matches(in: graph, subject), report: name)
  }

  private func matches(
    in graph: CallGraph, _ subject: ReportSubject
  ) throws(ReportError) -> [Int] {
    guard let pattern = subject.pattern else { return graph.entries }
    var matcher = pattern.makeMatcher()
    let entries = graph.entries.filter { entry in
      graph.names.withName(of: graph.node(of: entry)) { matcher.matches($0) }
    }
    guard !entries.isEmpty else { throw .noMatches(pattern.source) }
    return entries
  }
}
