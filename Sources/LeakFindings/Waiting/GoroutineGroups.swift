import ProfileModel

/// The goroutines of a profile by where they are and what they wait for.
struct GoroutineGroups {
  struct Key: Hashable {
    var leaf: String
    var wait: Wait?
    var place: UserPlace?
    /// The function that the go statement called.
    var creator: String
  }

  /// What goroutines wait for.
  enum Wait: String {
    case send = "chan send"
    case receive = "chan receive"
    case select
    case lock = "a lock"
    case group = "a wait group"
    case condition = "a condition"
    case sleep
    case network = "the network"

    var advice: String {
      switch self {
      case .send:
        "nobody receives any more: give the channel room for one value, or select on ctx.Done()"
      case .receive: "nobody sends any more: close the channel, or select on ctx.Done()"
      case .select: "see that one of the cases must come: ctx.Done() of a context that is cancelled"
      case .lock: "find who holds the lock (a mutex profile tells), and give it back on every path"
      case .group: "see that Done is called as often as Add, on every path"
      case .condition: "see that Signal or Broadcast is called, on every path"
      case .sleep: "end the loop around the sleep when its owner is gone"
      case .network: "set deadlines, and close connections that are idle"
      }
    }
  }

  private(set) var counts: [Key: Int64] = [:]

  init(_ profile: Profile) {
    guard let values = profile.samples.values.first else { return }
    var stacks = StackReader(profile)
    var cursor = StackCursor(profile.stacks)
    for sample in profile.samples.indices {
      let stack = profile.samples.stacks[sample]
      let origin = stacks.origin(of: stack)
      var names: [String] = []
      for location in cursor.locations(of: stack) {
        for line in profile.locations.lines(of: location) {
          names.append(stacks.entry(line.function).name)
        }
      }
      let key = Key(
        leaf: names.first ?? "", wait: names.lazy.compactMap(Self.wait).first, place: origin.place,
        creator: names.last ?? "")
      counts[key, default: 0] &+= values[sample]
    }
  }

  private static func wait(_ name: String) -> Wait? {
    switch name {
    case _ where name.hasPrefix("runtime.chansend"): .send
    case _ where name.hasPrefix("runtime.chanrecv"): .receive
    case _ where name.hasPrefix("runtime.select"), "runtime.block": .select
    case _ where name.hasPrefix("internal/poll."): .network
    case _ where name.hasPrefix("sync.(*WaitGroup)"): .group
    case _ where name.hasPrefix("sync.(*Cond)"): .condition
    case _ where name.hasPrefix("sync.(*Mutex)"), _ where name.hasPrefix("sync.(*RWMutex)"),
      _ where name.hasPrefix("internal/sync.(*Mutex)"):
      .lock
    case "time.Sleep": .sleep
    default: nil
    }
  }
}
