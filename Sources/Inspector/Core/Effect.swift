/// Something for the world outside to do; what comes of it returns as an `Event`.
package enum Effect: Hashable, Sendable {
  /// Read the profile, on another thread; `progress`, then `loaded` or `failed` follow.
  case load(ProfileSource)
  /// Stop reading and fetching profiles.
  case cancelLoad
  /// Fetch another snapshot of a live source, on another thread; `progress`, then `snapshot` or `missed`
  /// follow.
  case fetch(ProfileSource)
  /// Ask a live source what it has: all that there is to choose from, for `offered`, or what a picker
  /// wants to know, for `answered`.
  case browse(ProfileSource, StoreQuestion?)
  /// Let `elapsed` come every second, or not any more.
  case runClock(Bool)
  /// Look for a source file by the name that the profile has for it; `sourceLoaded` follows.
  case loadSource(file: String)
  /// Let the user edit a source file at a line; `sourceLoaded` or `failed` follows.
  case edit(SourcePlace)
  /// Put the text on the clipboard; `told` or `failed` follows.
  case copy(String, what: String)
  /// Write a file; `told`, `fileExists` or `failed` follows. What takes long has `writing` before that,
  /// and `writingEnded`.
  case write(WriteRequest)
  /// Stop writing files, and leave nothing of them.
  case cancelWriting
  /// Heed these settings: colours, mouse, where sources are looked for.
  case configure(Settings)
  /// Paint the whole screen with the next frame.
  case redraw
  /// Give the terminal to the shell until we are continued.
  case suspend
  /// End the loop.
  case quit(Leaving)
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
