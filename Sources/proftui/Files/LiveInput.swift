import Glibc
import LiveSources
import ProfileFormats

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

  /// The bytes of the profile at an address.
  ///
  /// - Parameter progress: is told of bytes that came; false gives up.
  static func read(
    _ argument: String, _ sources: SourceSelection,
    progress: (DecodingProgress) -> Bool
  ) throws(CommandFailure) -> InputBytes {
    let address = try address(argument)
    let server = GoServer(address, settings: try settings(for: address, sources))
    let bytes: [UInt8]
    do {
      bytes = try server.profile(sources.live.measurement) { fetched in
        progress(
          DecodingProgress(
            step: .inflating, completedBytes: fetched.received,
            totalBytes: max(fetched.expected ?? 0, fetched.received)))
      }
    } catch {
      throw CommandFailure(address.description, error.description)
    }
    return try InputBytes(bytes)
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
