import Glibc
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

  /// The profile at an address.
  ///
  /// - Parameters:
  ///   - warn: is told what readers should know of it.
  ///   - progress: is told of bytes that came; false gives up.
  ///   - decode: makes a profile of its bytes.
  static func read(
    _ argument: String, _ sources: SourceSelection, warn: (String) -> Void,
    progress: (DecodingProgress) -> Bool, decode: ([UInt8]) throws(ProfileDecodingError) -> Profile
  ) throws(CommandFailure) -> Profile {
    let address = try address(argument)
    let settings = try settings(for: address, sources)
    func goesOn(_ fetched: FetchProgress) -> Bool {
      progress(
        DecodingProgress(
          step: .inflating, completedBytes: fetched.received,
          totalBytes: max(fetched.expected ?? 0, fetched.received)))
    }
    do {
      guard let store = ProfileStores.store(at: address, settings: settings) else {
        let server = GoServer(address, settings: settings)
        return try decode(try server.profile(sources.live.measurement, progress: goesOn))
      }
      let now = Int64(time(nil)) * 1000
      let stored = try store.profiles(try StoreSelection(address, now: now), progress: goesOn)
      for note in stored.notes { warn("\(address): \(note)") }
      let profiles = try stored.parts.map { try decode($0.bytes) }
      let types = profiles.reduce(into: []) { types, profile in
        types += profile.header.sampleTypes.filter { !types.contains($0) }
      }
      return try Profile.merged(profiles.map { $0.widened(to: types) })
    } catch let error as LiveError {
      throw CommandFailure(address.description, error.description)
    } catch let error as ProfileDecodingError {
      throw CommandFailure(address.description, error.description)
    } catch {
      throw CommandFailure(address.description, "\(error)")
    }
  }

  private static func settings(
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
    return settings
  }

  /// The lines of a small file that are not empty.
  private static func lines(of path: String) throws(CommandFailure) -> [String] {
    let bytes = try InputBytes.read(path, limit: 1 << 16)
    return bytes.withBytes { String(decoding: $0, as: UTF8.self) }
      .split(whereSeparator: \.isNewline)
      .map { String($0.drop { $0.isWhitespace }) }
      .filter { !$0.isEmpty }
  }
}
