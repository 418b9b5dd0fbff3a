/// Something for the world outside to do; what comes of it returns as an `Event`.
package enum Effect: Hashable, Sendable {
  /// Read the profile, on another thread; `progress`, then `loaded` or `failed` follow.
  case load(ProfileSource)
  /// Stop reading the profile.
  case cancelLoad
  /// Look for a source file by the name that the profile has for it; `sourceLoaded` follows.
  case loadSource(file: String)
  /// Let the user edit a source file at a line; `sourceLoaded` or `failed` follows.
  case edit(SourcePlace)
  /// Put the text on the clipboard; `told` or `failed` follows.
  case copy(String, what: String)
  /// Write a file; `told`, `fileExists` or `failed` follows.
  case write(WriteRequest)
  /// Heed these settings: colours, mouse, where sources are looked for.
  case configure(Settings)
  /// Paint the whole screen with the next frame.
  case redraw
  /// Give the terminal to the shell until we are continued.
  case suspend
  /// End the loop.
  case quit(Leaving)
}

/// What to open: the files, as the user named them.
package struct ProfileSource: Hashable, Sendable {
  /// The profile files; several are merged.
  package let paths: [String]
  /// The sample type to start with, as `--sample_index` takes it; empty for the profile's default.
  package let sampleType: String

  /// The files of the older profile to compare with; none where nothing is compared.
  package let base: [String]

  /// Whether the files are snapshots over time, not parts of one profile.
  package let isSeries: Bool

  package init(
    paths: [String], sampleType: String = "", base: [String] = [], isSeries: Bool = false
  ) {
    self.isSeries = isSeries
    self.paths = paths
    self.sampleType = sampleType
    self.base = base
  }

  /// The same profile beside an older one.
  func compared(to path: String) -> ProfileSource {
    ProfileSource(paths: paths, sampleType: sampleType, base: [path])
  }

  /// The name for the header: that of the file, and how many more there are.
  package var name: String {
    Self.name(of: paths)
  }

  /// The names of the older and the newer profile, with folders where they are alike otherwise.
  package var comparedNames: (base: String, other: String) {
    let names = (base: Self.name(of: base), other: name)
    guard names.base == names.other else { return names }
    return (Self.name(of: base, parts: 2), Self.name(of: paths, parts: 2))
  }

  private static func name(of paths: [String], parts: Int = 1) -> String {
    guard let first = paths.first else { return "no file" }
    let last = first.split(separator: "/").suffix(parts)
    let short = last.isEmpty ? first : last.joined(separator: "/")
    return paths.count > 1 ? "\(short) +\(paths.count - 1)" : short
  }
}

/// How the program comes to its end.
package enum Leaving: Hashable, Sendable {
  /// The user is done.
  case done
  /// The user stopped waiting for the profile.
  case gaveUp
  /// The profile could not be opened.
  case failed(Failure)
  /// A signal, by its number, or the loss of the terminal, which is a hangup.
  case signalled(Int32)
}
