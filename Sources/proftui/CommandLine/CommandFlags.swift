import Reports

/// The flags of the program, in the order in which help shows them.
enum CommandFlags {
  /// A heading and its flags.
  struct Group: Sendable {
    let title: String
    let flags: [CommandFlag]
  }

  /// Every flag, by group. `proftui report` has the same but for the reports and `output`.
  static let groups: [Group] = [
    Group(title: "Reports (at most one)", flags: reports),
    Group(title: "Measure", flags: flags(of: ReportVariables.measure)),
    Group(title: "Filters", flags: flags(of: ReportVariables.filters)),
    Group(title: "Amount", flags: flags(of: ReportVariables.amount)),
    Group(title: "Appearance", flags: flags(of: ReportVariables.appearance)),
    Group(title: "Sources", flags: sources),
    Group(title: "Live sources", flags: LiveFlags.all),
    Group(title: "Sample types", flags: sampleTypes),
    Group(title: "Output", flags: output),
    Group(title: "Inspector", flags: InspectorFlags.all),
  ]

  static let all: [CommandFlag] = listed + UnsupportedFlags.all

  /// Every flag that help and completion show.
  static let listed: [CommandFlag] = groups.flatMap(\.flags)

  /// The flags of `proftui report`, where the report has been named.
  static let forReport: [CommandFlag] =
    groups.dropFirst().flatMap(\.flags) + UnsupportedFlags.others + [
      CommandFlag(
        name: "output", placeholder: "FORM",
        summary: "The form: \(ReportWriters.all.map(\.name).joined(separator: ", "))"
      ) { invocation, value in invocation.form = value }
    ]

  private static let reports: [CommandFlag] =
    // Those of two profiles are subcommands: no flag of pprof stands for them.
    Reports.all.filter { !$0.comparesProfiles }
    .flatMap { report in ([report.name] + report.aliases).map { flag(of: report, $0) } }

  private static func flag(of report: any Report, _ name: String) -> CommandFlag {
    if report.takesPattern {
      return CommandFlag(name: name, placeholder: "REGEX", summary: report.summary) {
        invocation, value in
        invocation.reportFlags[name] = value
      }
    }
    return CommandFlag(name: name, placeholder: nil, summary: report.summary) {
      (invocation, value) throws(UsageError) in
      invocation.reportFlags[name] = try CommandFlag.bool(value, of: name) ? "true" : "false"
    }
  }

  private static func flags(of variables: [ReportVariable]) -> [CommandFlag] {
    variables.flatMap { variable -> [CommandFlag] in
      guard case .choice(let choices) = variable.kind else { return [flag(of: variable)] }
      return choices.map { flag(of: $0, in: variable) }
    }
  }

  private static func flag(of variable: ReportVariable) -> CommandFlag {
    CommandFlag(
      name: variable.name, placeholder: variable.placeholder, summary: variable.summary
    ) { (invocation, value) throws(UsageError) in
      guard variable.set(&invocation.options, to: value, words: .flag) else {
        throw .invalidValue(value, flag: variable.name)
      }
    }
  }

  private static func flag(
    of choice: ReportVariable.Choice, in variable: ReportVariable
  ) -> CommandFlag {
    CommandFlag(name: choice.name, placeholder: nil, summary: choice.summary) {
      (invocation, value) throws(UsageError) in
      invocation.choices[choice.name] = try CommandFlag.bool(value, of: choice.name)
    }
  }

  private static let sources: [CommandFlag] = [
    base("base", "Subtract this profile", isDiff: false),
    base("diff_base", "Compare with this profile, keeping its samples apart", isDiff: true),
    .text("binary", "FILE", "The program that was profiled", \.sources.binary),
    CommandFlag(
      name: "escape", placeholder: "PATH",
      summary: "The compiler's log of escapes (-gcflags=-m=2, -json=0,DIR), or a folder of them"
    ) { invocation, value in
      if !value.isEmpty { invocation.sources.escapeLogs.append(value) }
    },
    .text("add_comment", "TEXT", "Add a comment to the profile", \.sources.comment),
    .text(
      "buildid", "ID", "The main binary's build id, where the profile has none",
      \.sources.buildID),
    .toggle(
      "all_frames", "Ignore the profile's own rules for frames to drop",
      \.sources.allFrames),
    .text("symbolize", "HOW", "How symbols are found; none: not at all", \.sources.symbolize),
    CommandFlag(
      name: "max_size", placeholder: "BYTES",
      summary: "Refuse profiles larger than this when unpacked (4GB)"
    ) { (invocation, value) throws(UsageError) in
      guard let size = ByteSize.parse(value) else { throw .invalidValue(value, flag: "max_size") }
      invocation.sources.maximumSize = size
    },
  ]

  private static func base(_ name: String, _ summary: String, isDiff: Bool) -> CommandFlag {
    CommandFlag(name: name, placeholder: "PROFILE", summary: summary) {
      (invocation, value) throws(UsageError) in
      guard !value.isEmpty else { return }
      guard invocation.sources.base.isEmpty || invocation.sources.isDiffBase == isDiff else {
        throw .twoKindsOfBase
      }
      invocation.sources.base.append(value)
      invocation.sources.isDiffBase = isDiff
    }
  }

  private static let sampleTypes: [CommandFlag] = [
    ("inuse_space", "Memory in use"), ("inuse_objects", "Objects in use"),
    ("alloc_space", "Memory allocated"), ("alloc_objects", "Objects allocated"),
    ("total_delay", "Delay"), ("contentions", "Contentions"), ("mean_delay", "Mean delay"),
  ].map { (name: String, summary: String) in
    CommandFlag(name: name, placeholder: nil, summary: summary) {
      (invocation, value) throws(UsageError) in
      if try CommandFlag.bool(value, of: name) {
        invocation.sampleTypeFlags.insert(name)
      } else {
        invocation.sampleTypeFlags.remove(name)
      }
    }
  }

  private static let output: [CommandFlag] =
    [
      .text("output", "FILE", "Write the report to this file", \.outputPath),
      .toggle("help", "Print this help", \.wantsHelp),
      .toggle("h", "Print this help", \.wantsHelp),
      .toggle("version", "Print the version", \.wantsVersion),
    ]
}
