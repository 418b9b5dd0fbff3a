import ProfileAnalysis

/// The boxes that a drawing hangs on a node for the labels of its samples.
struct DotTags {
  let numbers: ReportNumbers

  /// The lines for the tags of the node `number`; empty where there are none to show.
  ///
  /// - Parameter hasCallees: nodes without callees show what callees that were left out cost.
  func lines(
    labels: [GraphTag], numbers numeric: [[UInt8]: [GraphTag]], of number: Int, hasCallees: Bool
  ) -> [UInt8] {
    var lines: [UInt8] = []
    let shown = GraphTag.sorted(labels, byFlat: hasCallees).prefix(GraphTags.shownPerEntry)
    for (index, tag) in shown.enumerated() {
      let value = hasCallees ? tag.flatValue : tag.cumulativeValue
      guard value != 0 else { continue }
      let name = "N\(number)_\(index)"
      lines += box(name, tag.name, value)
      lines += call("N\(number)", name, value, style: "")
      lines += numericLines(numeric[tag.name] ?? [], at: name, hasCallees)
    }
    return lines + numericLines(numeric[[]] ?? [], at: "N\(number)", hasCallees)
  }

  private func numericLines(_ tags: [GraphTag], at source: String, _ hasCallees: Bool) -> [UInt8] {
    var lines: [UInt8] = []
    for (index, tag) in collapsed(tags, byFlat: hasCallees).enumerated() {
      let isWhole = hasCallees || tag.flatValue == tag.cumulativeValue
      let value = isWhole ? tag.flatValue : tag.cumulativeValue
      guard value != 0 else { continue }
      let name = "N\(source)_\(index)"
      lines += box(name, tag.name, value)
      lines += call(source, name, value, style: isWhole ? "" : " style=\"dotted\"")
    }
    return lines
  }

  private func box(_ name: String, _ label: [UInt8], _ value: Int64) -> [UInt8] {
    let weight = numbers.label(value)
    return "\(name) [label = \"".utf8 + label
      + "\" id=\"\(name)\" fontsize=8 shape=box3d tooltip=\"\(weight)\"]\n".utf8
  }

  private func call(_ source: String, _ name: String, _ value: Int64, style: String) -> [UInt8] {
    let weight = numbers.label(value)
    let text =
      "\(source) -> \(name) [label=\" \(weight)\" weight=100 tooltip=\"\(weight)\""
      + " labeltooltip=\"\(weight)\"\(style)]\n"
    return Array(text.utf8)
  }

  /// The tags, of which those past the first few join the one nearest by value.
  private func collapsed(_ tags: [GraphTag], byFlat: Bool) -> [GraphTag] {
    let sorted = GraphTag.sorted(tags, byFlat: byFlat)
    let count = GraphTags.shownPerEntry
    guard sorted.count > count else { return sorted }
    var groups = sorted.prefix(count).map { [$0] }
    for tag in sorted.dropFirst(count) {
      var nearest = 0
      for index in 1..<count
      where distance(tag, groups[index][0]) < distance(tag, groups[nearest][0]) {
        nearest = index
      }
      groups[nearest].append(tag)
    }
    return GraphTag.sorted(
      groups.map { GraphTag(name: name(of: $0), sumOf: $0) }, byFlat: byFlat)
  }

  private func distance(_ tag: GraphTag, _ other: GraphTag) -> Double {
    let scaled = Measurement.scale(other.value, from: other.unit, to: tag.unit).value
    return (scaled - Double(tag.value)).magnitude
  }

  private func name(of group: [GraphTag]) -> [UInt8] {
    var least = group[0]
    var most = group[0]
    for tag in group.dropFirst() {
      if scaled(tag, to: least) < least.value { least = tag }
      if scaled(tag, to: most) > most.value { most = tag }
    }
    let first = Measurement.label(least.value, unit: least.unit)
    let last = group.count == 1 ? "" : "..\(Measurement.label(most.value, unit: most.unit))"
    return Array((first + last).utf8)
  }

  private func scaled(_ tag: GraphTag, to other: GraphTag) -> Int64 {
    let value = Measurement.scale(tag.value, from: tag.unit, to: other.unit).value
    return Int64(exactly: value.rounded(.towardZero)) ?? .min
  }
}
