import GoBinary
import ProfileAnalysis
import ProfileModel

/// What each sample of a profile allocated, and how we know: the join of a profile with its program.
///
/// Immutable and shared. Made once for a profile as it was loaded; what filters leave of it is looked
/// up by `SampleTable.origin(of:)`, so that hidden frames change nothing about the evidence.
public final class EscapeEvidence: Sendable {
  /// What kind of profile it is, as far as evidence goes.
  public enum Subject: Sendable {
    /// Samples are allocations.
    case memory
    /// Samples are time: causes are of time, types are never known.
    case time
    /// Neither: there is nothing to tell.
    case other
  }

  /// Whether the program's executable was used.
  public enum BinaryVerdict: Hashable, Sendable {
    /// There was none.
    case absent
    /// So many of so many leaves were compared and are the same.
    case used(matching: Int, compared: Int)
    /// It is another program's, or another build of this one.
    case refused(matching: Int, compared: Int)
  }

  public let subject: Subject
  /// The executable's path, and how it was found; empty where there was none.
  public let binaryNote: String
  public let binary: BinaryVerdict
  /// Why the executable that was found could not be read; empty where it could.
  public let binaryProblem: String
  /// Why the compiler's log tells nothing of this profile; empty where it does, or there is none.
  public let logProblem: String
  /// The minor number of the Go release that built the program; nil where unknown.
  public let goMinorVersion: Int?
  /// The module that the program's main package is of; nil where unknown.
  public let mainModule: String?
  /// Every distinct finding.
  public let findings: [EscapeFinding]
  /// The finding of each sample of the profile.
  private let ofSamples: Column<UInt32>

  /// Below this share of matching leaves, the executable is another program's.
  static let matchingShare = 0.95

  /// - Parameter refused: what came of an executable that was tried before, and is not among the inputs.
  /// - Complexity: some microseconds for each distinct address, less for each sample.
  public init(
    _ profile: Profile, _ inputs: EscapeInputs = EscapeInputs(), refused: BinaryVerdict? = nil
  ) {
    subject = Subject(profile.header)
    binaryNote = inputs.executableNote
    binaryProblem = inputs.executableProblem
    goMinorVersion = inputs.executable?.version?.minor
    mainModule = inputs.executable?.buildInfo?.main?.path
    var collector = FindingCollector(profile)
    switch subject {
    case .other:
      binary = .absent
    case .time:
      binary = .absent
      collector.addTime()
    case .memory:
      let verdict = collector.addAllocations(inputs)
      binary = refused ?? verdict
    }
    (findings, ofSamples) = collector.finish()
    logProblem =
      subject == .memory
      ? Self.problem(of: inputs.compilerLog, in: profile, findings) : ""
  }

  /// Why none of a log's lines is about any allocation of a profile; empty where one is.
  private static func problem(
    of log: CompilerLog?, in profile: Profile, _ findings: [EscapeFinding]
  ) -> String {
    guard let log, !findings.isEmpty, !findings.contains(where: { $0.match != nil }) else {
      return ""
    }
    let files = profile.functions.filenames.lazy.map { profile.strings[$0] }
    let none = "none of its \(log.records.count) lines is about this profile: "
    if let stranger = log.stranger(to: files) {
      return none + "its files are others, as \(stranger); log the packages of this program"
    }
    return none + "its files are the same, the lines are not; log the version that was profiled"
  }

  /// What is known of the samples of two profiles of different builds, by what is known of each.
  ///
  /// Places are those of the union, so that lines that moved are the same place.
  ///
  /// - Parameters:
  ///   - union: the profile of the comparison.
  ///   - base: the evidence for the comparison's older profile.
  ///   - other: that for its newer profile, which counts for more.
  /// - Complexity: O(*n*) in samples.
  public init(
    _ union: Profile, _ comparison: ProfileComparison, base: EscapeEvidence, other: EscapeEvidence
  ) {
    subject = other.subject
    var program = other
    if case .used = base.binary {
      if case .used = other.binary {} else { program = base }
    }
    (binary, binaryNote, binaryProblem, goMinorVersion) = (
      program.binary, program.binaryNote, program.binaryProblem, program.goMinorVersion
    )
    mainModule = other.mainModule ?? base.mainModule
    logProblem = other.logProblem
    var collector = FindingCollector(union)
    collector.addUnion { row in
      func found(_ evidence: EscapeEvidence, _ side: ComparisonSide) -> EscapeFinding? {
        comparison.sample(of: side, inUnion: row)
          .flatMap { evidence.finding(ofSample: $0) }.map { evidence.findings[$0] }
      }
      guard let new = found(other, .other) else { return found(base, .base) }
      guard new.type.isEmpty, let old = found(base, .base), !old.type.isEmpty else { return new }
      return old
    }
    (findings, ofSamples) = collector.finish()
  }

  /// The finding of a sample, by the row that it has in the profile as it was loaded.
  public func finding(ofSample row: Int) -> Int? {
    row < ofSamples.count ? Int(ofSamples[row]) : nil
  }
}

extension EscapeEvidence.Subject {
  public init(_ header: ProfileHeader) {
    let types = header.sampleTypes
    if types.contains(where: { $0.type.hasPrefix("alloc_") || $0.type.hasPrefix("inuse_") }) {
      self = .memory
    } else if types.contains(where: { $0.type == "cpu" && $0.unit == "nanoseconds" }) {
      self = .time
    } else {
      self = .other
    }
  }
}
