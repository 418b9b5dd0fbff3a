import ProfileModel
import Reports
import Testing

/// The text of a report, as a test reads it.
func text(
  _ name: String, of profile: Profile, pattern: String? = nil,
  environment: ReportEnvironment = ReportEnvironment(),
  _ change: (inout ReportOptions) -> Void = { _ in }
) throws -> String {
  let report = try #require(Reports.report(named: name))
  var options = ReportOptions()
  change(&options)
  let subject = try ReportSubject.prepare(
    profile, for: report, options: options, pattern: pattern, environment: environment)
  var output = OutputBuffer()
  try report.write(subject, to: &output)
  return String(decoding: output.finish(), as: UTF8.self)
}
