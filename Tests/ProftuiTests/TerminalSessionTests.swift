import Foundation
import Testing

/// The program in a real terminal, which tmux is.
@Suite(.serialized, .enabled(if: Tmux.isInstalled)) struct `In a terminal` {
  @Test func `it draws, resizes, leaves, and finds the terminal as it was`() throws {
    let tmux = try Tmux(columns: 80, rows: 24, "Samples/go/config-store/mem.pprof")
    defer { tmux.end() }
    try tmux.wait { $0.count == 24 && $0[1].hasPrefix("[1 Top]") }
    // 18 functions: the rows between the heads and the row about the selection.
    let rows = try tmux.screen()[3..<21]
    #expect(rows.allSatisfy { $0.contains("%  ") })

    tmux.type("2")
    try tmux.wait { $0[1].contains("[2 Tree]") && $0[3].contains("runtime.main") }
    tmux.type("/", "p", "a", "r", "s", "e", "Enter")
    try tmux.wait { $0[22].contains("of total") }

    tmux.resize(120, 40)
    try tmux.wait { $0.count == 40 && $0.contains { $0.hasPrefix("  callers") } }
    for step in 1...12 { tmux.resize(10 + step * 15, 3 + step * 4) }
    tmux.resize(80, 24)
    try tmux.wait { $0.count == 24 && $0[1].contains("[2 Tree]") && $0[23].hasPrefix("?help") }

    tmux.type("q")
    try tmux.waitForEnd()
    #expect(try tmux.status() == 0)
    #expect(try tmux.file("before") == tmux.file("after"))
    #expect(!(try tmux.screen().contains { $0.contains("[2 Tree]") }))
  }

  @Test func `a signal gives the terminal back, and the status tells which`() throws {
    let tmux = try Tmux(columns: 60, rows: 12, "Samples/go/config-store/mem.pprof")
    defer { tmux.end() }
    try tmux.wait { $0[1].hasPrefix("[1 Top]") }
    let process = try #require(Int32(try tmux.file("pid").trimmingCharacters(in: .newlines)))
    kill(process, SIGTERM)
    try tmux.waitForEnd()
    #expect(try tmux.status() == 128 + SIGTERM)
    #expect(try tmux.file("before") == tmux.file("after"))
  }

  @Test func `a file that is no profile leaves one line and the terminal as it was`() throws {
    let tmux = try Tmux(columns: 80, rows: 24, "README.md")
    defer { tmux.end() }
    try tmux.waitForEnd()
    #expect(try tmux.status() == 1)
    #expect(
      try tmux.file("errors") == "proftui: README.md: not a profile in any format that is known\n")
    #expect(try tmux.file("before") == tmux.file("after"))
  }
}

/// A tmux server of its own, with the program in its only pane.
private struct Tmux {
  static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux")

  private let scratch: Scratch
  private var socket: String { scratch.folder.appendingPathComponent("socket").path }

  init(columns: Int, rows: Int, _ profile: String) throws {
    scratch = try Scratch()
    let folder = scratch.folder.path
    // The shell notes the terminal's settings before and after; exec keeps its process for the program.
    let command = """
      cd \(Program.top.path); stty -a > \(folder)/before; \
      sh -c 'echo $$ > \(folder)/pid; exec \(Program.executable.path) \(profile)' \
      2> \(folder)/errors; echo $? > \(folder)/status; stty -a > \(folder)/after; \
      touch \(folder)/left; cat
      """
    run(["-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", command])
  }

  func type(_ keys: String...) { run(["send-keys"] + keys) }

  func resize(_ columns: Int, _ rows: Int) {
    run(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// The rows of the screen.
  func screen() throws -> [String] {
    var rows = run(["capture-pane", "-p"]).components(separatedBy: "\n")
    if rows.last == "" { rows.removeLast() }
    return rows
  }

  /// Looks at the screen until it is as it should be.
  func wait(
    _ isExpected: ([String]) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let deadline = ContinuousClock.now + .seconds(60)
    var rows: [String] = []
    while ContinuousClock.now < deadline {
      rows = try screen()
      if rows.count > 1, isExpected(rows) { return }
    }
    Issue.record(
      "the screen stayed\n\(rows.joined(separator: "\n"))", sourceLocation: sourceLocation)
  }

  /// Waits until the program has left.
  func waitForEnd() throws {
    let file = scratch.folder.appendingPathComponent("left").path
    let deadline = ContinuousClock.now + .seconds(60)
    while !FileManager.default.fileExists(atPath: file) {
      guard ContinuousClock.now < deadline else {
        Issue.record("still there\n\(try screen().joined(separator: "\n"))")
        return
      }
      _ = try screen()
    }
  }

  func status() throws -> Int32? {
    Int32(try file("status").trimmingCharacters(in: .newlines))
  }

  func file(_ name: String) throws -> String {
    try String(contentsOf: scratch.folder.appendingPathComponent(name), encoding: .utf8)
  }

  func end() { run(["kill-server"]) }

  /// Runs tmux, and gives what it prints.
  ///
  /// Not by `Process`, which waits for all that inherits from what it starts: the server never ends.
  @discardableResult
  private func run(_ arguments: [String]) -> String {
    let output = scratch.folder.appendingPathComponent("output")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let environment = [
      "HOME=/nonexistent", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TERM=xterm-256color",
      "SHELL=/bin/sh",
    ]
    var words = (["tmux", "-S", socket] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var child = pid_t()
    guard posix_spawn(&child, "/usr/bin/tmux", &actions, nil, &words, &variables) == 0 else {
      return ""
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return (try? String(contentsOf: output, encoding: .utf8)) ?? ""
  }
}
