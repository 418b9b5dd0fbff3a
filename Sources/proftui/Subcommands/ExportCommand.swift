import Reports

/// `proftui export FORMAT [flags] [BINARY] PROFILE...`
struct ExportCommand: Subcommand {
  let name = "export"
  let usage = "FORMAT [flags] [BINARY] PROFILE..."
  let summary = "Write the profile for another program: \(Self.formats)"

  private static var formats: String { Exports.all.map(\.name).joined(separator: ", ") }

  var firstWords: [String] { Exports.all.map(\.name) }

  func run(_ arguments: [String]) throws(CommandFailure) {
    var invocation = Invocation()
    let export: any Export
    do throws(UsageError) {
      try FlagParser(ExportFlags.all).parse(arguments, into: &invocation)
      if invocation.wantsHelp { return Help.print() }
      guard let name = invocation.positionals.first else { throw .noExport(known: Self.formats) }
      invocation.positionals.removeFirst()
      try invocation.settle()
      export = try ExportFlags.export(named: name, invocation)
    } catch {
      throw CommandFailure(usage: error)
    }
    for warning in invocation.warnings { StandardStreams.complain(warning) }
    ProfileLoader.split(invocation.positionals, into: &invocation.sources)
    guard !invocation.sources.profiles.isEmpty else { throw CommandFailure(usage: .noSource) }
    try write(export, invocation)
  }

  private func write(_ export: any Export, _ invocation: Invocation) throws(CommandFailure) {
    let path = invocation.outputPath == "-" ? "" : invocation.outputPath
    let overwrites = invocation.export["force"] == "true"
    if path.isEmpty, export.isBinary, StandardStreams.isOutputTerminal {
      throw CommandFailure(
        nil, "\(export.name) is not for a terminal; give --output FILE or redirect it")
    }
    // Asked again when the file appears; this spares reading a profile for nothing.
    if !overwrites, !path.isEmpty, ReportOutput.isInTheWay(path) {
      throw CommandFailure(path, ReportOutput.inTheWay)
    }
    let profile = try ProfileLoader(
      sources: invocation.sources, normalizes: invocation.options.normalize,
      warn: StandardStreams.complain
    ).load()
    let subject: ReportSubject
    do {
      subject = try ReportSubject.prepare(
        profile, for: export, options: invocation.options, environment: SystemEnvironment.make(),
        warn: StandardStreams.complain)
    } catch {
      throw PrintReport.failure(error)
    }
    try ReportOutput.write(to: path, overwrites: overwrites) { (output) throws(CommandFailure) in
      do throws(ReportError) {
        try export.write(subject, to: &output)
      } catch {
        throw PrintReport.failure(error)
      }
    }
  }
}

/// The flags of `proftui export`: those of reports, and where to write.
enum ExportFlags {
  /// The flags that only `export` has, in the order in which help shows them.
  static let own: [CommandFlag] = [
    .text(
      "output", "FILE", "Write to this file, whole or not at all; - for standard output",
      \.outputPath),
    toggle("force", "Replace the file where there is one"),
    toggle("samples", "csv: a row for each sample instead of each function"),
  ]

  static let all: [CommandFlag] = CommandFlags.forReport.filter { $0.name != "output" } + own

  /// The export that the word and the flags ask for.
  static func export(
    named name: String, _ invocation: Invocation
  ) throws(UsageError) -> any Export {
    guard let export = Exports.export(named: name) else {
      throw .unknownExport(name, known: Exports.all.map(\.name))
    }
    guard invocation.export["samples"] == "true" else { return export }
    let samples = SamplesExport()
    guard name == "csv" || name == samples.name else { throw .samplesOnlyAsCSV }
    return samples
  }

  private static func toggle(_ name: String, _ summary: String) -> CommandFlag {
    CommandFlag(name: name, placeholder: nil, summary: summary) {
      (invocation, value) throws(UsageError) in
      invocation.export[name] = try CommandFlag.bool(value, of: name) ? "true" : "false"
    }
  }
}
