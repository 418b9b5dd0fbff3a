import Foundation
import Testing

/// A tmux server of its own, with the program in its only pane.
struct Tmux {
  static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux")

  private let scratch: Scratch
  private var socket: String { scratch.folder.appendingPathComponent("socket").path }

  /// - Parameters:
  ///   - term: what the program takes the terminal for; tmux shows what comes of it.
  ///   - environment: more variables for the program, as a shell has them: `NO_COLOR=1`.
  init(
    columns: Int, rows: Int, _ profile: String, term: String = "tmux-256color",
    environment: String = ""
  ) throws {
    scratch = try Scratch()
    let folder = scratch.folder.path
    // The shell notes the terminal's settings before and after; exec keeps its process for the program.
    let command = """
      cd \(Program.top.path); stty -g > \(folder)/before; \
      sh -c 'echo $$ > \(folder)/pid; TERM=\(term) \(environment) \
      exec \(Program.executable.path) \(profile)' \
      2> \(folder)/errors; echo $? > \(folder)/status; stty -g > \(folder)/after; \
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
  @discardableResult
  private func run(_ arguments: [String]) -> String {
    let output = scratch.folder.appendingPathComponent("output")
    let child = try? ChildProcess(
      "/usr/bin/tmux", ["-S", socket] + arguments,
      environment: [
        "HOME=\(scratch.folder.path)", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8",
        "TERM=xterm-256color", "SHELL=/bin/sh",
      ],
      streams: [.null, .file(output.path, O_WRONLY | O_CREAT | O_TRUNC), .null])
    child?.wait()
    return (try? String(contentsOf: output, encoding: .utf8)) ?? ""
  }
}
