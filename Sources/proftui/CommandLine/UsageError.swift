/// What is wrong with a command line.
enum UsageError: Error, Hashable, CustomStringConvertible {
  case unknownFlag(String)
  case malformedFlag(String)
  case missingValue(flag: String)
  case invalidValue(String, flag: String)
  case conflictingOptions([String])
  case severalReports
  case unknownReport(String)
  case missingPattern(report: String)
  case unexpectedPattern(report: String)
  case unknownForm(String, known: [String])
  case noExport(known: String)
  case unknownExport(String, known: [String])
  case samplesOnlyAsCSV
  case noSource
  case noReport
  /// The name of a subcommand after flags.
  case lateSubcommand(String)
  /// How many were given where an old and a new one are needed.
  case notTwoProfiles(Int)
  case twoKindsOfBase
  case normalizeWithoutBase
  case notSupported(flag: String, instead: String)
  case unknownShell(String, known: [String])
  case badPattern(String)

  var description: String {
    switch self {
    case .unknownFlag(let name): "unknown flag -\(name); see proftui --help"
    case .malformedFlag(let text): "cannot read the flag \(text)"
    case .missingValue(let flag): "-\(flag) needs a value"
    case .invalidValue(let value, let flag): "\"\(value)\" is not a value for -\(flag)"
    case .conflictingOptions(let names):
      "only one of \(names.map { "-" + $0 }.joined(separator: ", ")) can be given"
    case .severalReports: "only one report can be printed"
    case .unknownReport(let name): "no report is called \(name); see proftui --help"
    case .missingPattern(let report): "\(report) needs a pattern: \(report)=REGEX"
    case .unexpectedPattern(let report): "\(report) takes no pattern; -focus=REGEX filters"
    case .unknownForm(let name, let known):
      "no output form is called \(name), only \(known.joined(separator: ", "))"
    case .noExport(let known): "no form named; there are \(known)"
    case .unknownExport(let name, let known):
      "no export is called \(name), only \(known.joined(separator: ", "))"
    case .samplesOnlyAsCSV: "-samples is for csv: proftui export csv --samples"
    case .noSource: "no profile given; see proftui --help"
    case .noReport: "no report named; see proftui --help"
    case .lateSubcommand(let name):
      "\(name) is no file; to use the subcommand, write it before all flags: proftui \(name) …"
    case .notTwoProfiles(let count):
      "two profiles are needed, an old and a new one, not \(count); several on a side: --base OLD"
    case .twoKindsOfBase: "only one of -base and -diff_base can be given"
    case .normalizeWithoutBase: "-normalize needs -base or -diff_base"
    case .notSupported(let flag, let instead): "-\(flag) is not supported: \(instead)"
    case .unknownShell(let name, let known):
      "no completions for \(name), only for \(known.joined(separator: ", "))"
    case .badPattern(let message): message
    }
  }
}
