import Glibc
import Inspector
import ProfileFormats
import ProfileModel
import Reports

/// A profile of a live source as it was at a moment.
struct Snapshot: Sendable {
  let profile: Profile
  /// The profile as pprof writes it, compressed.
  let bytes: [UInt8]
  /// When it came, in seconds since 1970.
  let time: Int64
}

/// Fetches a profile, and keeps its bytes besides.
struct SnapshotTaker {
  private let sources: SourceSelection
  private let warn: (String) -> Void
  /// Which of the server's profiles.
  var choice = LiveChoice.whole
  /// Called at least once a second; false gives up.
  var progress: (LiveInput.Progress) -> Bool = { _ in true }

  init(_ sources: SourceSelection, warn: @escaping (String) -> Void) {
    self.sources = sources
    self.warn = warn
  }

  /// Fetches the only profile of the sources.
  func take() throws(CommandFailure) -> Snapshot {
    let argument = sources.profiles.first ?? ""
    let place = LiveInput.printable(argument)
    var loader = ProfileLoader(sources: sources.only(place), normalizes: false, warn: warn)
    loader.progress = { [progress] in progress(.received($0)) }
    let fetched = try LiveInput.fetch(argument, choice: choice, sources, progress: progress)
    for note in fetched.notes { warn(note) }
    var bytes = fetched.parts.first ?? []
    if fetched.isStored {
      let whole = try LiveInput.profile(fetched, from: place, decode: loader.decode(bytes:))
      bytes = PprofEncoder.encode(whole)
    }
    if !bytes.starts(with: [0x1f, 0x8b]) { bytes = Gzip.compress(bytes) }
    loader.recorded = { [bytes] in $0 == place ? bytes : nil }
    let profile = try loader.load()
    if profile.samples.count == 0 { warn(Self.emptiness(argument, choice)) }
    return Snapshot(profile: profile, bytes: bytes, time: Int64(Glibc.time(nil)))
  }

  /// Why a profile may have no samples.
  private static func emptiness(_ argument: String, _ choice: LiveChoice) -> String {
    var name = argument.prefix { $0 != "?" }.split(separator: "/").last.map(String.init) ?? ""
    if case .offer(let offer) = choice { name = offer }
    switch name {
    case "block": return "empty; the program has to call runtime.SetBlockProfileRate"
    case "mutex": return "empty; the program has to call runtime.SetMutexProfileFraction"
    default: return "empty: nothing was measured so far"
    }
  }
}
