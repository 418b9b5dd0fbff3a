import Reports

/// `proftui report NAME[=REGEX] [flags] [BINARY] PROFILE...`
struct ReportCommand: Subcommand {
  let name = "report"
  let usage = "NAME[=REGEX] [flags] [BINARY] PROFILE..."
  let summary = "Print a report and leave"

  /// Those that take a pattern end in `=`.
  var firstWords: [String] { Reports.all.map { $0.takesPattern ? "\($0.name)=" : $0.name } }

  func run(_ arguments: [String]) throws(CommandFailure) {
    var invocation = Invocation()
    do throws(UsageError) {
      try FlagParser(CommandFlags.forReport).parse(arguments, into: &invocation)
      if invocation.wantsHelp { return Help.print() }
      guard let name = invocation.positionals.first else { throw .noReport }
      invocation.positionals.removeFirst()
      try request(name, of: &invocation)
      if invocation.comparesProfiles {
        try ComparedSources.settle(&invocation)
      } else {
        try invocation.settle()
      }
    } catch {
      throw CommandFailure(usage: error)
    }
    if invocation.comparesProfiles { return try PrintReport.run(invocation) }
    ProfileLoader.split(invocation.positionals, into: &invocation.sources)
    guard !invocation.sources.profiles.isEmpty else { throw CommandFailure(usage: .noSource) }
    try PrintReport.run(invocation)
  }

  private func request(_ word: String, of invocation: inout Invocation) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let pattern = parts.count > 1 ? String(parts[1]) : nil
    guard let report = Reports.report(named: name) else { throw .unknownReport(name) }
    if report.takesPattern, pattern?.isEmpty ?? true { throw .missingPattern(report: name) }
    if !report.takesPattern, pattern != nil { throw .unexpectedPattern(report: name) }
    invocation.comparesProfiles = report.comparesProfiles
    invocation.report = .init(name: report.name, pattern: pattern)
  }
}
