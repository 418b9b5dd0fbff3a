import Glibc
import ProfileAnalysis
import ProfileFormats
import ProfileModel
import Reports

/// Reads the profiles that a command line names, and makes one of them.
struct ProfileLoader {
  let sources: SourceSelection
  /// Whether the profile is scaled to the sums of the base.
  let normalizes: Bool
  /// Whether samples are only added up, so that equal ones need not be one.
  var isForSums = false
  /// Is told what is odd, in a line.
  let warn: (String) -> Void
  /// Whether a second thread may help where a profile is large: that is sooner done, and more work.
  var usesTwoThreads = false
  /// Called now and then; false gives up.
  var progress: (DecodingProgress) -> Bool = { _ in true }
  /// Called while a server measures, with the seconds that are over and those that it takes; false
  /// gives up.
  var measuring: (_ elapsed: Int, _ seconds: Int) -> Bool = { _, _ in true }
  /// Is told which profiles are left out because they cannot be read.
  var leaveOut: (String) -> Void = { _ in }
  /// The bytes of snapshots that were fetched before, by name.
  var recorded: (String) -> [UInt8]? = { _ in nil }

  /// The profile, with the base's samples in it where there is one.
  func load() throws(CommandFailure) -> Profile {
    let pipeline = pipeline()
    let source = try merged(sources.profiles, kind: "source", pipeline)
    let base = sources.base.isEmpty ? nil : try merged(sources.base, kind: "base", pipeline)
    return try combined(pipeline, source, base: base)
  }

  /// The profile and its base side by side.
  ///
  /// - Parameter options: say where sources are.
  func comparison(options: ReportOptions) throws(CommandFailure) -> ProfileComparison {
    let pipeline = pipeline()
    let source = try merged(sources.profiles, kind: "source", pipeline)
    var base = try merged(sources.base, kind: "base", pipeline)
    // As in pprof, the source says which frames are of no interest.
    var header = base.header
    (header.dropFrames, header.keepFrames) = (source.header.dropFrames, source.header.keepFrames)
    base = base.replacing(header: header)
    base = try combined(pipeline, base, base: nil)
    let other = try combined(pipeline, source, base: nil)
    do {
      return try ProfileComparison(
        base: base, other: other, readSource: SourceFiles.reader(options, base: base, other: other))
    } catch {
      throw CommandFailure(nil, error.description)
    }
  }

  private func pipeline() -> SourcePipeline {
    for word in symbolization.unknownWords { warn("-symbolize knows no \(word)") }
    var pipeline = SourcePipeline()
    pipeline.comparison = sources.isDiffBase ? .difference : .subtraction
    pipeline.normalizes = normalizes
    pipeline.isForSums = isForSums
    pipeline.naming = symbolization.naming
    pipeline.keepsAllFrames = sources.allFrames
    pipeline.comment = sources.comment
    pipeline.executable = sources.binary
    pipeline.buildID = sources.buildID
    return pipeline
  }

  /// Names addresses out of the binaries of this machine, unless that is not wanted.
  private func symbolizing(_ profile: Profile) -> Profile {
    guard symbolization.looksUpSymbols else { return profile }
    let isForced = symbolization.naming?.isForced ?? false
    return LocalSymbols(isForced: isForced, binary: sources.binary).symbolized(profile)
  }

  private func combined(
    _ pipeline: SourcePipeline, _ source: Profile, base: Profile?
  ) throws(CommandFailure) -> Profile {
    var notices: [FilterNotice] = []
    let profile: Profile
    do {
      profile = try pipeline.combined(
        source: source, base: base, symbolizing: symbolizing, notices: &notices)
    } catch {
      throw CommandFailure(nil, error.description)
    }
    for notice in notices { warn(notice.description) }
    return profile
  }

  /// The base and the profiles one by one, oldest first as far as they say when they were taken.
  func loadSnapshots() throws(CommandFailure) -> [Profile] {
    var snapshots: [Profile] = []
    for path in sources.base + sources.profiles {
      let loader = ProfileLoader(
        sources: sources.only(path), normalizes: false, warn: warn, progress: progress)
      snapshots.append(try loader.load())
    }
    guard snapshots.allSatisfy({ $0.header.timeNanos > 0 }) else { return snapshots }
    return snapshots.enumerated().sorted {
      ($0.element.header.timeNanos, $0.offset) < ($1.element.header.timeNanos, $1.offset)
    }.map(\.element)
  }

  private var symbolization: Symbolization { Symbolization(sources.symbolize) }

  /// Takes the binary off the front of the positional arguments, where the first of several is one.
  static func split(_ positionals: [String], into sources: inout SourceSelection) {
    sources.profiles = positionals
    guard positionals.count > 1, isObjectFile(positionals[0]) else { return }
    sources.profiles.removeFirst()
    guard sources.binary.isEmpty else { return }
    (sources.binary, sources.binaryOrigin) = (positionals[0], "first argument")
  }

  /// The profiles as one. Those that cannot be read are left out with a warning, but for the last.
  private func merged(
    _ paths: [String], kind: String, _ pipeline: SourcePipeline
  ) throws(CommandFailure) -> Profile {
    var merger = ProfileMerger()
    var failures: [CommandFailure] = []
    for path in paths {
      do throws(CommandFailure) {
        let profile = try decode(path)
        do {
          try merger.add(pipeline.prepared(profile))
        } catch {
          throw CommandFailure(path, error.description, isFatal: true)
        }
      } catch {
        if error.isFatal || paths.count == 1 { throw error }
        failures.append(error)
        leaveOut(path)
      }
    }
    for failure in failures { warn(failure.line) }
    if failures.count == paths.count {
      throw CommandFailure(nil, "no \(kind) profile could be read")
    }
    if let first = failures.first {
      // On the screen only the last warning stays in sight.
      let others = failures.count > 1 ? " and \(failures.count - 1) more" : ""
      warn(
        "read \(paths.count - failures.count) of \(paths.count) \(kind) profiles"
          + (first.subject.map { ", not \($0)\(others)" } ?? ""))
    }
    do {
      return try merger.finish()
    } catch {
      throw CommandFailure(nil, error.description)
    }
  }

  private func decode(_ path: String) throws(CommandFailure) -> Profile {
    if let bytes = recorded(path) {
      do throws(ProfileDecodingError) {
        return try decode(bytes: bytes)
      } catch {
        throw CommandFailure(path, error.description)
      }
    }
    if LiveInput.isMeant(by: path) {
      return try LiveInput.read(
        path, sources, warn: warn, progress: goesOn, decode: decode(bytes:))
    }
    let bytes = try InputBytes.read(path, limit: sources.maximumSize)
    do {
      return try bytes.withBytes { (mapped) throws(ProfileDecodingError) in
        try decode(mapped, pass: bytes.pass) { bytes.release() }
      }
    } catch {
      throw CommandFailure(path, error.description)
    }
  }

  func goesOn(_ fetching: LiveInput.Progress) -> Bool {
    switch fetching {
    case .received(let received): return progress(received)
    case .measuring(let elapsed, let seconds): return measuring(elapsed, seconds)
    }
  }

  /// The profile in bytes that were fetched.
  func decode(bytes: [UInt8]) throws(ProfileDecodingError) -> Profile {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(ProfileDecodingError) in try decode(bytes) }
    }
    return try result.get()
  }

  /// - Parameters:
  ///   - pass: is told how many of the compressed bytes are most likely not read again.
  ///   - release: is called once compressed bytes are not read any more.
  private func decode(
    _ bytes: UnsafeRawBufferPointer, pass: (Int) -> Void = { _ in }, release: () -> Void = {}
  ) throws(ProfileDecodingError) -> Profile {
    try ProfileFormats.decode(
      bytes, limits: DecodingLimits(maximumInflatedBytes: sources.maximumSize),
      usesTwoThreads: usesTwoThreads,
      readsSymbols: symbolization.usesSymbols
    ) {
      if $0.step == .inflatingSamples { pass($0.completedBytes) }
      if $0.isInflated, !$0.needsInput { release() }
      return progress($0)
    }
  }

  static func isObjectFile(_ path: String) -> Bool {
    let magic = InputBytes.prefix(of: path, count: 4)
    let magics: [[UInt8]] = [
      [0x7f, 0x45, 0x4c, 0x46],  // ELF
      [0xfe, 0xed, 0xfa, 0xce], [0xfe, 0xed, 0xfa, 0xcf],  // Mach-O
      [0xce, 0xfa, 0xed, 0xfe], [0xcf, 0xfa, 0xed, 0xfe], [0xca, 0xfe, 0xba, 0xbe],
    ]
    return magics.contains(magic) || magic.starts(with: [0x4d, 0x5a])  // PE
  }
}
