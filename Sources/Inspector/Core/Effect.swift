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

  package init(paths: [String], sampleType: String = "") {
    self.paths = paths
    self.sampleType = sampleType
  }

  /// The name for the header: that of the file, and how many more there are.
  package var name: String {
    guard let first = paths.first else { return "no file" }
    let short = first.split(separator: "/").last.map(String.init) ?? first
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
