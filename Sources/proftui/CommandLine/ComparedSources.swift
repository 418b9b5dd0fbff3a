/// Tells which profiles of a command line are the older side of a comparison, and which the newer.
enum ComparedSources {
  /// Settles what the flags say of two sides, and takes the binary and both sides out of the positionals: `[BINARY] OLD NEW`, or what follows
  /// `--base OLD`, which may be several files a side.
  static func settle(_ invocation: inout Invocation) throws(UsageError) {
    invocation.comparesProfiles = true
    try invocation.settle()
    ProfileLoader.split(invocation.positionals, into: &invocation.sources)
    let profiles = invocation.sources.profiles
    if invocation.sources.base.isEmpty {
      guard profiles.count == 2 else { throw .notTwoProfiles(profiles.count) }
      invocation.sources.base = [profiles[0]]
      invocation.sources.profiles = [profiles[1]]
      invocation.sources.isDiffBase = true
    } else {
      guard !profiles.isEmpty else { throw .noSource }
      invocation.sources.profiles = profiles
    }
  }
}
