import Glibc
import ProfileAnalysis
import ProfileFormats
import ProfileModel

/// Reads the profiles that a command line names, and makes one of them.
struct ProfileLoader {
  let sources: SourceSelection
  /// Is told what is odd, in a line.
  let warn: (String) -> Void
  /// Called now and then; false gives up.
  var progress: (DecodingProgress) -> Bool = { _ in true }

  /// The profile, with the base's samples in it where there is one.
  func load() throws(CommandFailure) -> Profile {
    try loadMerged(sources.profiles, kind: "source")
  }

  /// Takes the binary off the front of the positional arguments, where the first of several is one.
  static func split(positionals: [String]) -> (binary: String, profiles: [String]) {
    guard positionals.count > 1, isObjectFile(positionals[0]) else { return ("", positionals) }
    return (positionals[0], Array(positionals.dropFirst()))
  }

  private func loadMerged(_ paths: [String], kind: String) throws(CommandFailure) -> Profile {
    var profiles: [Profile] = []
    var failures: [CommandFailure] = []
    for path in paths {
      do throws(CommandFailure) {
        profiles.append(try decode(path))
      } catch {
        failures.append(error)
      }
    }
    guard let first = profiles.first else {
      throw failures.first ?? CommandFailure(nil, "no \(kind) profiles")
    }
    for failure in failures { warn(failure.line) }
    return first
  }

  private func decode(_ path: String) throws(CommandFailure) -> Profile {
    let bytes = try InputBytes.read(path, limit: sources.maximumSize)
    let limits = DecodingLimits(maximumInflatedBytes: sources.maximumSize)
    do {
      return try bytes.withBytes { (bytes) throws(ProfileDecodingError) in
        try ProfileFormats.decode(bytes, limits: limits, progress: progress)
      }
    } catch {
      throw CommandFailure(path, error.description)
    }
  }

  private static func isObjectFile(_ path: String) -> Bool {
    let magic = InputBytes.prefix(of: path, count: 4)
    let magics: [[UInt8]] = [
      [0x7f, 0x45, 0x4c, 0x46],  // ELF
      [0xfe, 0xed, 0xfa, 0xce], [0xfe, 0xed, 0xfa, 0xcf],  // Mach-O
      [0xce, 0xfa, 0xed, 0xfe], [0xcf, 0xfa, 0xed, 0xfe], [0xca, 0xfe, 0xba, 0xbe],
    ]
    return magics.contains(magic) || magic.starts(with: [0x4d, 0x5a])  // PE
  }
}
