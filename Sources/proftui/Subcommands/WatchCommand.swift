import Glibc
import Inspector
import Reports

/// `proftui watch [flags] [BINARY] URL`
struct WatchCommand: Subcommand {
  let name = "watch"
  let usage = "[flags] [BINARY] URL"
  let summary = "Fetch a live profile again and again, and follow what grows"

  let flags: [CommandFlag] = [
    CommandFlag(
      name: "every", placeholder: "TIME", summary: "How long to wait between snapshots: 10s, 5m"
    ) { (invocation, value) throws(UsageError) in
      guard let seconds = duration(value), (1...86_400).contains(seconds) else {
        throw .invalidValue(value, flag: "every")
      }
      invocation.watch.every = seconds
    },
    CommandFlag(
      name: "keep", placeholder: "N", summary: "How many snapshots to keep (100)"
    ) { (invocation, value) throws(UsageError) in
      guard let count = Int(value), (2...10_000).contains(count) else {
        throw .invalidValue(value, flag: "keep")
      }
      invocation.watch.keep = count
    },
    .text(
      "folder", "DIR",
      "Write each snapshot into this folder, for proftui series DIR; without a terminal N of them",
      \.watch.folder),
  ]

  /// The seconds of `10`, `10s`, `5m` or `1h`; nil where the text is no such time.
  private static func duration(_ text: String) -> Int? {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
    let unit = text.last.flatMap { units[$0] }
    guard let count = Int(unit == nil ? text : String(text.dropLast())), count < 1_000_000 else {
      return nil
    }
    return count * (unit ?? 1)
  }

  func run(_ arguments: [String]) throws(CommandFailure) {
    let invocation = try Invocation.read(
      arguments, CommandFlags.forReport + InspectorFlags.hidden + flags)
    guard var invocation else { return }
    ProfileLoader.split(invocation.positionals, into: &invocation.sources)
    let profiles = invocation.sources.profiles
    guard let first = profiles.first else { throw CommandFailure(usage: .noSource) }
    guard profiles.count == 1, invocation.sources.base.isEmpty, LiveInput.isMeant(by: first) else {
      throw CommandFailure(
        nil, "watch takes one address: http://localhost:6060/debug/pprof/heap",
        status: ExitStatus.usage)
    }
    if StandardStreams.isOutputTerminal || invocation.inspector["script"] != nil {
      invocation.watch.isWanted = true
      return try Inspect.run(invocation)
    }
    guard !invocation.watch.folder.isEmpty else {
      throw CommandFailure(
        nil, "watch needs a terminal; without one, --folder=DIR says where to keep snapshots",
        status: ExitStatus.usage)
    }
    try collect(invocation)
  }

  /// Fetches as many snapshots as are to be kept, and writes them into the folder.
  private func collect(_ invocation: Invocation) throws(CommandFailure) {
    let taker = SnapshotTaker(invocation.sources, warn: { _ in })
    let folder = SnapshotFolder(invocation.watch.folder)
    var failures = 0
    for count in 1...invocation.watch.keep {
      if count > 1 { sleep(UInt32(invocation.watch.every)) }
      do throws(CommandFailure) {
        let snapshot = try taker.take()
        let file = try folder.write(snapshot)
        Help.write("\(file)\n")
      } catch {
        // Whoever cannot be reached at first never will be.
        if count == 1 { throw error }
        StandardStreams.complain(error.line)
        failures += 1
      }
    }
    guard failures == 0 else {
      throw CommandFailure(
        nil, "\(failures) of \(invocation.watch.keep) snapshots could not be taken")
    }
  }
}
