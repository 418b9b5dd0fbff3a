import Glibc
import ProfileAnalysis
import Reports

/// `proftui check [flags] [BINARY] OLD NEW`
struct CheckCommand: Subcommand {
  let name = "check"
  let usage = "[flags] [BINARY] OLD NEW"
  let summary = "Fail where NEW grew beyond a policy: for CI"

  var flags: [CommandFlag] {
    [
      .text("policy", "FILE", "Budgets, a line each", \.check.policy),
      Self.limit(
        "max_growth", "How much each function may grow: 10%, 5MB or both as 10%,64kB",
        \.check.growth),
      Self.limit("max_total_growth", "How much all together may grow", \.check.totalGrowth),
      .toggle(
        "strict", "Fail on growth within sampling noise, and on what is small beside the whole",
        \.check.isStrict),
      CommandFlag(
        name: "output", placeholder: "FORM",
        summary: "The form: \(CheckWriters.all.map(\.name).joined(separator: ", "))"
      ) { invocation, value in invocation.form = value },
    ]
  }

  func run(_ arguments: [String]) throws(CommandFailure) {
    let invocation = try Invocation.read(
      arguments, CommandFlags.forReport + flags, settling: ComparedSources.settle)
    guard var invocation else { return }
    let form = invocation.form.isEmpty ? "text" : invocation.form
    guard let writer = CheckWriters.writer(named: form) else {
      throw CommandFailure(usage: .unknownForm(form, known: CheckWriters.all.map(\.name)))
    }
    let policy = try policy(invocation.check)
    // Everything is looked at: what is small for a reader may have a budget of its own.
    invocation.options.trim = false
    let subject = try PrintReport.subject(for: DiffReport(), nil, invocation)
    let check = GrowthCheck(subject, policy)
    try ReportOutput.write(to: "") { output in writer.write(check, to: &output) }
    if !check.isPassed { exit(ExitStatus.failure) }
  }

  private func policy(_ settings: CheckSettings) throws(CommandFailure) -> CheckPolicy {
    var policy = CheckPolicy()
    if !settings.policy.isEmpty {
      let bytes = try InputBytes.read(settings.policy, limit: 1 << 20)
      do {
        try policy.add(file: bytes.withBytes { String(decoding: $0, as: UTF8.self) })
      } catch {
        throw CommandFailure(settings.policy, error.description)
      }
    }
    if let limit = CheckLimit(settings.totalGrowth) {
      policy.budgets.append(.init(.total, limit: limit, text: "total \(limit.text)"))
    }
    if let limit = CheckLimit(settings.growth) {
      policy.budgets.append(.init(.eachFunction, limit: limit, text: "each \(limit.text)"))
    }
    if policy.budgets.isEmpty { policy.budgets = CheckPolicy.usual.budgets }
    if settings.isStrict { policy.isStrict = true }
    return policy
  }

  private static func limit(
    _ name: String, _ summary: String, _ path: any WritableKeyPath<Invocation, String> & Sendable
  ) -> CommandFlag {
    CommandFlag(name: name, placeholder: "LIMIT", summary: summary) {
      (invocation, value) throws(UsageError) in
      guard CheckLimit(value) != nil else { throw .invalidValue(value, flag: name) }
      invocation[keyPath: path] = value
    }
  }
}

/// What the flags of a check say.
struct CheckSettings: Sendable {
  /// The file with budgets; empty for none.
  var policy = ""
  /// The limit for each function; empty for none.
  var growth = ""
  /// The limit for all together; empty for none.
  var totalGrowth = ""
  var isStrict = false
}
