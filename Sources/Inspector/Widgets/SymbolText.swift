import ProfileAnalysis
import ProfileModel

/// The words and numbers by which rows are shown.
extension ProfileSession {
  /// The symbol's name as rows show it: the function, with `file.go:59` after it where lines are told apart.
  ///
  /// `printableName` of the node has the whole path.
  func title(of node: NodeID) -> String {
    let nodes = nodes
    guard nodes.indices.contains(node.index) else { return "" }
    switch granularity {
    case .functions, .files, .packages: return nodes.printableName(of: node)
    case .filefunctions, .lines, .addresses: break
    }
    var parts: [String] = []
    let address = nodes.addresses[node.index]
    if address != 0 { parts.append("0x\(String(address, radix: 16))") }
    if nodes.names[node.index] != .empty { parts.append(nodes.strings[nodes.names[node.index]]) }
    if let place = place(file: nodes.files[node.index], line: nodes.lines[node.index], in: nodes) {
      parts.append(place)
    }
    return parts.isEmpty ? nodes.printableName(of: node) : parts.joined(separator: " ")
  }

  /// The last part of the file's name, with the line where it is known: `main.go:59`.
  private func place(file: StringID, line: Int64, in nodes: NodeTable) -> String? {
    guard file != .empty else { return nil }
    let base = nodes.strings.withBytes(of: file) {
      String(decoding: NodeTable.baseName(of: $0), as: UTF8.self)
    }
    return line > 0 ? "\(base):\(line)" : base
  }

  /// Where the symbol is defined, as `main.go:59`; nil where the profile does not say.
  func shortPlace(of node: NodeID) -> String? {
    let nodes = nodes
    guard nodes.indices.contains(node.index) else { return nil }
    switch granularity {
    case .files, .packages: return nil
    case .filefunctions, .lines, .addresses:
      return place(file: nodes.files[node.index], line: nodes.lines[node.index], in: nodes)
    case .functions:
      guard let function = answers.function(of: node, granularity) else { return nil }
      return place(
        file: profile.functions.filenames[function.index],
        line: profile.functions.startLines[function.index], in: nodes)
    }
  }

  /// The file in which the symbol is defined, with its line; nil where the profile does not say.
  func fullPlace(of node: NodeID) -> String? {
    guard let function = answers.function(of: node, granularity), granularity != .packages else {
      return nil
    }
    let file = profile.strings[profile.functions.filenames[function.index]]
    guard !file.isEmpty else { return nil }
    let own = nodes.lines[node.index]
    let line = own > 0 ? own : profile.functions.startLines[function.index]
    return line > 0 && granularity != .files ? "\(file):\(line)" : file
  }

  /// The line where the symbol is defined, or else its line that costs most; nil where the profile
  /// does not say.
  func definition(of node: NodeID) -> SourcePlace? {
    guard nodes.indices.contains(node.index), let hottest = hottestLine(of: node) else {
      return nil
    }
    let lines = answers.nodes(.lines)
    let file = lines.strings[lines.files[hottest.index]]
    if granularity == .functions || granularity == .filefunctions,
      let function = answers.function(of: node, granularity),
      profile.functions.startLines[function.index] > 0
    {
      return SourcePlace(file: file, line: profile.functions.startLines[function.index])
    }
    return SourcePlace(file: file, line: lines.lines[hottest.index])
  }

  /// The flat or cumulative value of a node as it is shown: a sum, or the mean per object.
  func shown(_ value: Int64, count: Int64?) -> String {
    guard showsMeans, let count else { return label(value) }
    return mean(value, count: count)
  }

  /// The mean of what `count` objects sum up to; `-` where there are no objects.
  func mean(_ value: Int64, count: Int64) -> String {
    guard count != 0 else { return value == 0 ? "0" : "-" }
    return Measurement.label(SampleTotal.quotient(value, count), unit: valueType.unit)
  }

  /// A share of the profile's total, as columns show it.
  func share(_ value: Int64) -> String { Share.text(value, of: totals.total) }

  /// The total as the header shows it: `20MB of 31.90MB` where refinements leave a part of it.
  var totalText: String {
    if showsChange, let sum = comparedSum {
      let unit = valueType.unit
      return "\(label(sum.change)) of \(Measurement.label(sum.base, unit: unit))"
    }
    let left = leftTotal(ofType: sampleType)
    let whole = wholeTotal(ofType: sampleType)
    let text = Measurement.label(left, unit: valueType.unit)
    if showsMeans, let countType { return mean(left, count: leftTotal(ofType: countType)) }
    return left == whole ? text : "\(text) of \(Measurement.label(whole, unit: valueType.unit))"
  }

  /// The name of what is shown: `inuse_space`, `inuse_space per object`.
  var measureText: String {
    showsMeans && countType != nil ? "\(valueType.type) per \(countedThing)" : valueType.type
  }
}

/// Shares of a total in columns: one decimal, of which `Measurement.percentage` has all.
enum Share {
  /// `96.3%`, `100%`, `<0.1%` for what would read as nothing, `0%` for nothing.
  static func text(_ value: Int64, of total: Int64) -> String {
    guard value != 0, total != 0 else { return "0%" }
    let share = abs(Double(value) / Double(total)) * 100
    if share < 0.05 { return "<0.1%" }
    guard share < 1e15 else { return "-" }
    let tenths = Int((share * 10).rounded())
    return tenths == 1000 ? "100%" : "\(tenths / 10).\(tenths % 10)%"
  }
}

/// Counts with their noun.
enum Plural {
  static func text(_ count: Int, _ one: String, _ many: String) -> String {
    count == 1 ? "1 \(one)" : "\(count) \(many)"
  }
}
