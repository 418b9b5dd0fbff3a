import ProfileAnalysis
import ProfileModel

/// The lines above a report: what the profile is, what was filtered, and how much is shown.
struct ReportHeader {
  let subject: ReportSubject
  let numbers: ReportNumbers

  /// What the profile says of itself, a line each.
  var profileLines: [[UInt8]] {
    let header = subject.profile.header
    var lines: [String] = []
    if let main = subject.profile.mappings.first {
      if !main.file.isEmpty { lines.append("File: " + baseName(main.file)) }
      if !main.buildID.isEmpty { lines.append("Build ID: " + main.buildID) }
    }
    lines += header.comments.filter { $0.utf8.first != UInt8(ascii: "#") }
    if !subject.sampleType.isEmpty { lines.append("Type: " + subject.sampleType) }
    if !header.docURL.isEmpty { lines.append("Doc: " + header.docURL) }
    if header.timeNanos != 0 { lines.append("Time: " + time(header.timeNanos)) }
    if header.durationNanos != 0 { lines.append(durationLine(header.durationNanos)) }
    return lines.map { Array($0.utf8) }
  }

  /// All lines above a graph.
  func lines(for graph: CallGraph, isDrawing: Bool = false) -> [[UInt8]] {
    var lines = isDrawing || !subject.options.compactLabels ? profileLines : []
    lines += filterLines
    let shown = graph.shownTotal
    lines.append(
      Array(
        "Showing nodes accounting for \(numbers.label(shown)), \(numbers.trimmedShare(shown)) of \(numbers.label(subject.total)) total"
          .utf8))
    if subject.total != 0 { lines += cutLines(for: graph) }
    return lines
  }

  private func cutLines(for graph: CallGraph) -> [[UInt8]] {
    var lines: [String] = []
    func dropped(_ count: Int, _ what: String, _ measure: String, _ fraction: Double) {
      guard count > 0 else { return }
      let limit = Measurement.scaled(subject.total, by: fraction)
      let cutoff = numbers.label(limit < 0 ? 0 &- limit : limit)
      lines.append("Dropped \(count) \(what)\(count > 1 ? "s" : "") (\(measure) <= \(cutoff))")
    }
    dropped(graph.droppedEntries, "node", "cum", subject.options.nodeFraction)
    dropped(graph.droppedEdges, "edge", "freq", subject.options.edgeFraction)
    let count = graph.entries.count
    if count > 0 && count < graph.originalCount {
      lines.append("Showing top \(count) nodes out of \(graph.originalCount)")
    }
    return lines.map { Array($0.utf8) }
  }

  private var filterLines: [[UInt8]] {
    let filters = subject.options.filters.activeFilters
    guard !filters.isEmpty else { return [] }
    return [Array("Active filters:".utf8)]
      + filters.map { filter in
        let text = Array(filter.utf8)
        // Cut by bytes, in the middle of a character if need be, as pprof does.
        let isLong = text.count > 80
        return Array("   ".utf8) + text.prefix(80) + Array((isLong ? "…" : "").utf8)
      }
  }

  private func durationLine(_ nanos: Int64) -> String {
    let duration = Measurement.label(nanos, unit: "nanoseconds")
    let scaled = Measurement.scale(subject.total, from: subject.unit, to: "nanoseconds")
    var share = ""
    if scaled.unit == "ns", scaled.value != 0 {
      let total = Int64(exactly: scaled.value.rounded(.towardZero)) ?? .min
      share = "(\(Measurement.percentage(total, of: nanos)))"
    }
    return "Duration: \(duration), Total samples = \(numbers.label(subject.total)) \(share)"
  }

  private func time(_ nanos: Int64) -> String {
    let time = subject.environment.localTime(GoTime.seconds(nanos))
    return "\(time.dateAndTime) \(time.zone)"
  }

  private func baseName(_ path: String) -> String {
    String(decoding: NodeTable.baseName(of: path.utf8), as: UTF8.self)
  }
}

extension OutputBuffer {
  /// Writes the lines with a line end after each; no lines at all still end one.
  mutating func write(lines: [[UInt8]]) {
    if lines.isEmpty { write(byte: UInt8(ascii: "\n")) }
    for line in lines {
      write(line)
      write(byte: UInt8(ascii: "\n"))
    }
  }
}
