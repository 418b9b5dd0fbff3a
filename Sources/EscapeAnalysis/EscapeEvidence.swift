import GoBinary
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
