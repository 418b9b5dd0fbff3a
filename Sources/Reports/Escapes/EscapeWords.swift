import EscapeAnalysis
import ProfileAnalysis
import ProfileModel

/// Says in words what groups of findings are.
public struct EscapeWords: Sendable {
  private let profile: Profile
  private let evidence: EscapeEvidence

  public init(_ profile: Profile, _ evidence: EscapeEvidence) {
    self.profile = profile
    self.evidence = evidence
  }

  /// What the group has in common.
  ///
  /// - Parameter withDetails: whether places are followed by all that is known of them.
  public func text(
    of node: EscapeTree.Node, in tree: EscapeTree, withDetails: Bool = true
  ) -> String {
    switch node.key {
    case .cause(let cause, let claim):
      guard let cause else { return "no evidence" }
      return "\(cause.rawValue): \(cause.title)\(mark(claim))"
    case .type(let type, let claim):
      return type.isEmpty ? untyped(node) : "\(type)\(mark(claim))"
    case .operation(let cause, let type, let claim):
      let operation = cause?.rawValue ?? "no evidence"
      let details = withDetails ? details(node) : []
      let what =
        evidence.subject == .time
        ? cause.map { "\(operation): \($0.title)" } ?? operation
        : type.isEmpty ? "\(operation), \(untyped(node))" : "\(operation) \(type)"
      return ([what] + details).joined(separator: " - ") + mark(claim)
    case .site(let function, let line, let callee):
      var text = place(function, line: line)
      if node.boxedTypes > 1 { text += " - \(node.boxedTypes) concrete types boxed here" }
      if callee != nil, withDetails { text = ([text] + details(node)).joined(separator: " - ") }
      return text
    }
  }

  /// The function, the file's name and the line.
  public func place(_ function: FunctionID?, line: Int64) -> String {
    guard let function else { return "(no function)" }
    return place(
      profile.name(of: function),
      file: profile.strings[profile.functions.filenames[function.index]], line: line)
  }

  private func place(_ function: String, file: String, line: Int64) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? ""
    if name.isEmpty { return function }
    return "\(function) \(name)" + (line > 0 ? ":\(line)" : "")
  }

  /// The callee, the reason, and what to keep in mind.
  public func details(_ node: EscapeTree.Node) -> [String] {
    guard let first = node.findings.first.map({ evidence.findings[$0] }) else { return [] }
    var details: [String] = []
    if !first.callee.isEmpty { details.append(first.callee) }
    if let hidden = first.hidden {
      details.append("in \(place(hidden.function, file: hidden.file, line: hidden.line))")
    }
    if let root = first.root {
      details.append("under \(root.function)" + (root.type.map { " of \($0)" } ?? ""))
    }
    if let reason = first.reason {
      let evidence = [first.expression, first.match?.rawValue ?? ""].filter { !$0.isEmpty }
      details.append(
        reason.rawValue + (evidence.isEmpty ? "" : " (\(evidence.joined(separator: ", ")))"))
    }
    if let note = first.note { details.append(note.text) }
    return details
  }

  /// Bytes an object, divided as `pprof -mean` does; empty where there are none, or no bytes.
  public func mean(_ amount: EscapeAmount) -> String {
    guard evidence.subject == .memory, amount.objects != 0 else { return "" }
    return Measurement.label(
      SampleTotal.quotient(amount.bytes, amount.objects), unit: "bytes")
  }

  /// How the type and the cause of an allocation are known, in words.
  public func evidence(of finding: EscapeFinding) -> String {
    let (type, cause) = (finding.typeTier, finding.causeTier)
    guard type != cause else {
      return type == .none ? "type and cause unknown" : "type and cause \(Self.words(type))"
    }
    return "type \(Self.words(type)), cause \(Self.words(cause))"
  }

  private static func words(_ tier: EvidenceTier) -> String {
    switch tier {
    case .exact, .derived: tier.rawValue
    case .compilerLog, .sourceLine, .frames: "by \(tier.rawValue)"
    case .none: "unknown"
    }
  }

  private func untyped(_ node: EscapeTree.Node) -> String {
    let notes = Set(node.findings.map { evidence.findings[$0].note?.text })
    guard notes.count == 1, let note = notes.first, let note else { return "type unknown" }
    return "type unknown (\(note))"
  }

  /// Of time all is told by frames: there is nothing to tell apart.
  private func mark(_ claim: EvidenceTier?) -> String {
    guard evidence.subject == .memory else { return "" }
    return claim.map { " (by \($0.rawValue))" } ?? ""
  }
}
