import Glibc
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
    let profile = try ProfileLoader(
      sources: invocation.sources, normalizes: invocation.options.normalize,
      warn: StandardStreams.complain
    ).load()
    let subject: ReportSubject
    do {
      subject = try ReportSubject.prepare(
        profile, for: report, options: invocation.options, pattern: request.pattern,
        environment: SystemEnvironment.make(), warn: StandardStreams.complain)
    } catch {
      throw failure(error)
    }
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
    case .sampleType, .noMatches:
      CommandFailure(nil, error.description)
    }
  }
}
