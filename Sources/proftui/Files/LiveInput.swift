import Glibc
import Inspector
import LiveSources
import ProfileAnalysis
import ProfileFormats
import ProfileModel

/// Profiles that are fetched instead of read.
enum LiveInput {
  /// Whether the argument is an address; a file of that name comes first.
  static func isMeant(by argument: String) -> Bool {
    LiveAddress.isMeant(by: argument) && access(argument, F_OK) != 0
  }

  /// The argument without what is secret in it.
  static func printable(_ argument: String) -> String {
    guard isMeant(by: argument) else { return argument }
    return (try? LiveAddress(argument))?.description ?? "address"
  }

  static func address(_ argument: String) throws(CommandFailure) -> LiveAddress {
    do {
      return try LiveAddress(argument)
    } catch {
      throw CommandFailure("address", error.description)
    }
  }

  /// What was fetched: profiles that together are the one that was asked for.
  struct Fetched {
    var parts: [[UInt8]]
    /// What readers should know of it.
    var notes: [String] = []
    /// Whether a store gave it.
    var isStored = false
  }

  /// How far fetching has come.
  enum Progress {
    case received(DecodingProgress)
    /// The server takes `seconds` to measure, of which so many are over.
    case measuring(elapsed: Int, seconds: Int)
  }

  /// The bytes of what is at an address.
  ///
  /// - Parameters:
  ///   - choice: which of the server's profiles, where the address does not say.
  ///   - progress: called at least once a second; false gives up.
  static func fetch(
    _ argument: String, choice: LiveChoice = .whole, _ sources: SourceSelection,
    progress: (Progress) -> Bool
  ) throws(CommandFailure) -> Fetched {
    let address = try address(argument)
    let settings = try settings(for: address, sources)
    do throws(LiveError) {
      guard let store = ProfileStores.store(at: address, settings: settings) else {
        return try fetch(
          GoServer(address, settings: settings), choice: choice, sources.live.measurement,
          progress: progress)
      }
      let stored = try store.profiles(try selection(choice, at: address)) {
        progress(.received(DecodingProgress($0)))
      }
      return Fetched(parts: stored.parts.map(\.bytes), notes: stored.notes, isStored: true)
    } catch {
      throw CommandFailure(address.description, error.description)
    }
  }

  /// What is asked of a store.
  static func selection(
    _ choice: LiveChoice, at address: LiveAddress
  ) throws(LiveError) -> StoreSelection {
    guard case .stored(let stored) = choice else {
      return try StoreSelection(address, now: Int64(time(nil)) * 1000)
    }
    return StoreSelection(
      service: stored.service, type: stored.type,
      range: TimeRange(start: stored.from, end: stored.until), labels: stored.labels,
      sums: stored.sums)
  }

  private static func fetch(
    _ server: GoServer, choice: LiveChoice, _ measurement: GoServer.Measurement,
    progress: (Progress) -> Bool
  ) throws(LiveError) -> Fetched {
    var name: String?
    if case .offer(let offer) = choice { name = offer }
    let seconds = server.measuredSeconds(named: name, measurement)
    let start = ContinuousClock.now
    let bytes = try server.profile(named: name, measurement) { fetched in
      let elapsed = Int((ContinuousClock.now - start).components.seconds)
      guard let seconds, fetched.received == 0, elapsed <= seconds else {
        return progress(.received(DecodingProgress(fetched)))
      }
      return progress(.measuring(elapsed: elapsed, seconds: seconds))
    }
    return Fetched(parts: [bytes])
  }

  /// The profile at an address.
  ///
  /// - Parameters:
  ///   - warn: is told what readers should know of it.
  ///   - decode: makes a profile of its bytes.
  static func read(
    _ argument: String, _ sources: SourceSelection, warn: (String) -> Void,
    progress: (Progress) -> Bool, decode: ([UInt8]) throws(ProfileDecodingError) -> Profile
  ) throws(CommandFailure) -> Profile {
    let fetched = try fetch(argument, sources, progress: progress)
    let place = printable(argument)
    for note in fetched.notes { warn("\(place): \(note)") }
    return try profile(fetched, from: place, decode: decode)
  }

  /// The parts as one profile with the types of all.
  ///
  /// - Parameter place: what failures name.
  static func profile(
    _ fetched: Fetched, from place: String,
    decode: ([UInt8]) throws(ProfileDecodingError) -> Profile
  ) throws(CommandFailure) -> Profile {
    do {
      let profiles = try fetched.parts.map {
        let part = try decode($0)
        return fetched.isStored ? part.namingWhatWasCut() : part
      }
      if profiles.count == 1, let only = profiles.first { return only }
      let types = profiles.reduce(into: []) { types, profile in
        types += profile.header.sampleTypes.filter { !types.contains($0) }
      }
      return try Profile.merged(profiles.map { $0.widened(to: types) })
    } catch {
      throw CommandFailure(place, "\(error)")
    }
  }

  static func settings(
    for address: LiveAddress, _ sources: SourceSelection
  ) throws(CommandFailure) -> HTTPSettings {
    let live = sources.live
    var settings = live.settings
    if sources.maximumSize != SourceSelection.usualMaximumSize {
      settings.sizeLimit = sources.maximumSize
    }
    for file in [settings.authorityFile, settings.certificateFile, settings.keyFile]
    where !file.isEmpty && access(file, R_OK) != 0 {
      throw CommandFailure(file, InputBytes.systemMessage(errno), isFatal: true)
    }
    settings.credentials = Credentials(address.service, environment: SystemEnvironment.variable)
    settings.credentials.usesNetrc = live.usesNetrc
    if !live.tokenFile.isEmpty {
      settings.credentials.token = try lines(of: live.tokenFile).first
    }
    if !live.headerFile.isEmpty {
      settings.credentials.headerLines = try lines(of: live.headerFile)
    }
    // What was given for this run counts for more.
    Logins.read(for: address, live).fill(&settings.credentials)
    return settings
  }

  /// The lines of a small file that are not empty.
  static func lines(
    of path: String, limit: Int = 1 << 16
  ) throws(CommandFailure) -> [String] {
    let bytes = try InputBytes.read(path, limit: limit)
    return bytes.withBytes { String(decoding: $0, as: UTF8.self) }
      .split(whereSeparator: \.isNewline)
      .map { String($0.drop { $0.isWhitespace }) }
      .filter { !$0.isEmpty }
  }
}

extension DecodingProgress {
  /// How much of an answer has come, as if it were a file being read.
  fileprivate init(_ fetched: FetchProgress) {
    self.init(
      step: .inflating, completedBytes: fetched.received,
      totalBytes: max(fetched.expected ?? 0, fetched.received))
  }
}
