import Glibc

/// One thing that both programs can be told to do with a profile.
///
/// To add one, write its line in `all`, and its goals in `Budgets.ratios`.
struct ComparedWork: Sendable {
  var name: String
  /// A script for proftui, where it has to be typed at.
  var keys: String?
  /// The arguments of proftui.
  var ours: @Sendable (_ profile: String) -> [String]
  var theirs: Peer

  /// How pprof does the same.
  enum Peer: Sendable {
    /// It prints it.
    case command(@Sendable (_ profile: String) -> [String])
    /// It serves it as a page.
    case page(String)
  }

  static let all = [
    ComparedWork(both: "top") { ["-top", $0] },
    ComparedWork(both: "diff") { ["-top", "-diff_base=\($0)", $0] },
    ComparedWork(both: "traces") { ["-traces", $0] },
    // A screen of the flame view, as it is drawn, against the page that a browser has yet to lay out.
    ComparedWork(
      name: "flame", keys: "size 200x50\n3\nscreen\n",
      ours: { ["--script=\(keysPath($0))", $0] }, theirs: .page("/ui/flamegraph")),
  ]

  /// Where the keys are written that are typed at a profile.
  static func keysPath(_ profile: String) -> String { profile + ".keys" }

  init(
    name: String, keys: String? = nil, ours: @escaping @Sendable (String) -> [String], theirs: Peer
  ) {
    self.name = name
    self.keys = keys
    self.ours = ours
    self.theirs = theirs
  }

  /// What both programs take the same arguments for.
  init(both name: String, arguments: @escaping @Sendable (String) -> [String]) {
    self.init(name: name, ours: arguments, theirs: .command(arguments))
  }

  /// What proftui takes for it.
  func measureOurs(_ proftui: String, _ profile: String) throws -> ProcessCost {
    let path = Self.keysPath(profile)
    if let keys {
      var file = try OutputFile(path: path, isCompressed: false)
      try file.write(Array(keys.utf8))
      _ = try file.close()
    }
    defer { if keys != nil { unlink(path) } }
    return try ChildProcess.measure([proftui] + ours(profile))
  }

  /// What pprof takes for it.
  func measureTheirs(_ pprof: String, _ profile: String) throws -> ProcessCost {
    switch theirs {
    case .command(let arguments): try ChildProcess.measure([pprof] + arguments(profile))
    case .page(let path):
      try PageFetch.measure(path) {
        [pprof, "-http=127.0.0.1:\($0)", "-no_browser", profile]
      }
    }
  }
}
