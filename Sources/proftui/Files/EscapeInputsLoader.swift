import EscapeAnalysis
import Glibc
import GoBinary
import ProfileAnalysis
import ProfileModel
import Reports

/// Gathers what tells of a profile's allocations: its program, compiler logs, and sources.
struct EscapeInputsLoader: Sendable {
  private let sources: SourceSelection
  private let options: ReportOptions
  /// Is told what is odd, in a line.
  private let warn: @Sendable (String) -> Void

  /// - Parameter sources: what was opened; what the invocation names where nil.
  init(
    _ invocation: Invocation, sources: SourceSelection? = nil,
    warn: @escaping @Sendable (String) -> Void
  ) {
    self.sources = sources ?? invocation.sources
    options = invocation.options
    self.warn = warn
  }

  private init(
    _ sources: SourceSelection, _ options: ReportOptions, warn: @escaping @Sendable (String) -> Void
  ) {
    (self.sources, self.options, self.warn) = (sources, options, warn)
  }

  /// The evidence for two profiles as one.
  ///
  /// Addresses are of one build: where they differ, each side is asked on its own.
  func evidence(of union: Profile, _ comparison: ProfileComparison) -> EscapeEvidence {
    guard !comparison.isSameBuild, EscapeEvidence.Subject(union.header) == .memory else {
      return evidence(of: union)
    }
    // Logs and sources are of the newer build.
    var older = sources
    older.escapeLogs = []
    let base = EscapeInputsLoader(older, options, warn: { _ in }).evidence(of: comparison.base)
    var isOlderProgram = false
    if case .used = base.binary { isOlderProgram = true }
    let newer = isOlderProgram ? EscapeInputsLoader(sources, options, warn: { _ in }) : self
    return EscapeEvidence(
      union, comparison, base: base, other: newer.evidence(of: comparison.other))
  }

  /// The evidence for a profile; what cannot be read is warned about and left out.
  func evidence(of profile: Profile) -> EscapeEvidence {
    var inputs = EscapeInputs()
    let isOfMemory = EscapeEvidence.Subject(profile.header) == .memory
    do throws(CommandFailure) {
      try addExecutable(for: profile, to: &inputs)
    } catch {
      // Of other profiles it only tells which code is the project's.
      if isOfMemory { warn(error.line) }
      inputs.executableNote = error.subject ?? ""
      inputs.executableProblem = error.message
    }
    guard isOfMemory else { return EscapeEvidence(profile, inputs) }
    inputs.compilerLog = compilerLog()
    if inputs.executable == nil { inputs.sourceLines = sourceLines }
    var evidence = EscapeEvidence(profile, inputs)
    if case .refused(let matching, let compared) = evidence.binary {
      warn(
        "\(inputs.executableNote): not the program of this profile "
          + "(\(matching) of \(compared) functions match), so it is not used")
      inputs.executable = nil
      inputs.sourceLines = sourceLines
      let refused = evidence.binary
      evidence = EscapeEvidence(profile, inputs, refused: refused)
    }
    return evidence
  }

  /// The module of a profile's program; nil where it is not known.
  func mainModule(of profile: Profile) -> String? {
    var inputs = EscapeInputs()
    try? addExecutable(for: profile, to: &inputs)
    return inputs.executable?.buildInfo?.main?.path
  }

  private func addExecutable(
    for profile: Profile, to inputs: inout EscapeInputs
  ) throws(CommandFailure) {
    guard let mapping = profile.mappings.first else { return }
    var lookup = BinaryLookup()
    if !sources.binary.isEmpty { lookup.given = (sources.binary, sources.binaryOrigin) }
    lookup.profiles = sources.profiles + sources.base
    guard let found = try lookup.find(mapping) else { return }
    inputs.executableNote = "\(found.path) (\(found.why))"
    do {
      inputs.executable = try GoExecutable(found.image)
    } catch {
      throw CommandFailure(inputs.executableNote, "\(error)")
    }
  }

  private func compilerLog() -> CompilerLog? {
    guard !sources.escapeLogs.isEmpty else { return nil }
    var log = CompilerLog()
    for path in sources.escapeLogs {
      do throws(CommandFailure) {
        if try CompilerLogFiles.add(path, to: &log) == 0 {
          warn("\(path): no lines about escapes; make it with go build -gcflags=-m=2")
        }
      } catch {
        warn(error.line)
      }
    }
    return log
  }

  private var sourceLines: @Sendable (String) -> [[UInt8]]? {
    let options = options
    return { file in
      guard case .success(let text) = SourceFiles(options).text(of: file) else { return nil }
      return text.lines
    }
  }
}

/// Reads logs of the compiler: files, or folders of them.
enum CompilerLogFiles {
  private static let sizeLimit = 1 << 30
  private static let depthLimit = 16

  /// Adds a file, or all files below a folder; returns how many records they had.
  static func add(_ path: String, to log: inout CompilerLog) throws(CommandFailure) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw CommandFailure(path, "no such file; check the path")
    }
    if status.st_mode & S_IFMT == S_IFDIR { return try addFolder(path, to: &log, depth: 0) }
    return try addFile(path, to: &log)
  }

  private static func addFile(
    _ path: String, to log: inout CompilerLog
  ) throws(CommandFailure) -> Int {
    let bytes = try InputBytes.read(path, limit: sizeLimit)
    return bytes.withBytes { log.add($0.assumingMemoryBound(to: UInt8.self)) }
  }

  private static func addFolder(
    _ path: String, to log: inout CompilerLog, depth: Int
  ) throws(CommandFailure) -> Int {
    guard depth < depthLimit else { return 0 }
    var count = 0
    for name in FolderFiles.names(in: path) {
      let inner = "\(path)/\(name)"
      var status = stat()
      guard lstat(inner, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: count += try addFolder(inner, to: &log, depth: depth + 1)
      case S_IFREG: count += try addFile(inner, to: &log)
      default: continue
      }
    }
    return count
  }
}
