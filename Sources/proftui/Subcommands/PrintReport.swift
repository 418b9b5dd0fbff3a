import ProfileAnalysis
import ProfileModel
import Reports

/// Prints one report.
enum PrintReport {
  /// Runs the report that the invocation asks for; the top report where it asks for none.
  static func run(_ invocation: Invocation) throws(CommandFailure) {
    let request = invocation.report ?? Invocation.ReportRequest(name: "top")
    guard let report = Reports.report(named: request.name) else {
      throw CommandFailure(usage: .unknownReport(request.name))
    }
    if report.isBinary, invocation.form.isEmpty, invocation.outputPath.isEmpty,
      StandardStreams.isOutputTerminal
    {
      throw CommandFailure(
        nil, "\(report.name) is not for a terminal; give -output=FILE or redirect it")
    }
    let writer = try writer(for: invocation)
    let subject = try subject(for: report, request.pattern, invocation)
    try ReportOutput.write(to: invocation.outputPath) { (output) throws(CommandFailure) in
      do throws(ReportError) {
        if let writer {
          writer.write(try report.table(of: subject), to: &output)
        } else {
          try report.write(subject, to: &output)
        }
      } catch {
        throw failure(error)
      }
    }
  }

  /// What the report is about: the profiles of the command line, read and filtered.
  static func subject(
    for report: any Report, _ pattern: String?, _ invocation: Invocation
  ) throws(CommandFailure) -> ReportSubject {
    let loader = ProfileLoader(
      sources: invocation.sources, normalizes: invocation.options.normalize,
      isForSums: report.takesSums, warn: StandardStreams.complain)
    var environment = SystemEnvironment.make()
    let inputs = EscapeInputsLoader(invocation, warn: StandardStreams.complain)
    environment.escapeEvidence = { inputs.evidence(of: $0) }
    if report.comparesProfiles {
      let comparison = try loader.comparison(options: invocation.options)
      environment.escapeEvidence = { inputs.evidence(of: $0, comparison) }
      return try reporting { () throws(ReportError) in
        try ReportSubject.prepare(
          comparison, as: invocation.sources.isDiffBase ? .difference : .subtraction, for: report,
          options: invocation.options, environment: environment, warn: StandardStreams.complain)
      }
    }
    let snapshots = report.takesSnapshots ? try loader.loadSnapshots() : []
    let profile: Profile
    if let last = snapshots.last { profile = last } else { profile = try loader.load() }
    return try reporting { () throws(ReportError) in
      try ReportSubject.prepare(
        profile, for: report, options: invocation.options, pattern: pattern,
        snapshots: snapshots, environment: environment, warn: StandardStreams.complain)
    }
  }

  private static func reporting<Result>(
    _ body: () throws(ReportError) -> Result
  ) throws(CommandFailure) -> Result {
    do {
      return try body()
    } catch {
      throw failure(error)
    }
  }

  /// The writer of the form asked for; nil for pprof's own text.
  private static func writer(
    for invocation: Invocation
  ) throws(CommandFailure) -> (any ReportWriter)? {
    guard !invocation.form.isEmpty, invocation.form != "text" else { return nil }
    guard let writer = ReportWriters.writer(named: invocation.form) else {
      let known = ReportWriters.all.map(\.name)
      throw CommandFailure(usage: .unknownForm(invocation.form, known: known))
    }
    return writer
  }

  /// The report's error as the program ends with it.
  static func failure(_ error: ReportError) -> CommandFailure {
    switch error {
    case .filter, .zeroDivisor:
      CommandFailure(nil, error.description, status: ExitStatus.usage)
    case .sampleType, .noMatches, .comparison:
      CommandFailure(nil, error.description)
    }
  }
}
