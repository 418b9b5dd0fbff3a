import Foundation
import Testing

/// The program on terminals of several kinds: tmux shows what becomes of what is sent.
@Suite(.serialized, .enabled(if: Tmux.isInstalled)) struct `On any kind of terminal` {
  private static let sample = "Samples/go/config-store/mem.pprof"

  @Test(arguments: ["xterm-256color", "tmux-256color", "linux", "vt100"], ["", "NO_COLOR=1"])
  func `the same is on the screen, and keys arrive`(term: String, environment: String) throws {
    let tmux = try Tmux(
      columns: 80, rows: 24, Self.sample, term: term, environment: environment)
    defer { tmux.end() }
    try tmux.wait { $0.count == 24 && $0[1].hasPrefix("[1 Top]") && $0[23].hasPrefix("?help") }
    let screen = try tmux.screen()
    #expect(screen[3].contains("leaks/config.copyTable"))
    // Lines are lines, not the letters that stand for them in another character set.
    #expect(screen[21].hasPrefix("─ leaks/config.copyTable ─"))
    tmux.type("Down", "Down")
    try tmux.wait { $0[5].hasPrefix(">") }
    tmux.type("3")
    try tmux.wait { $0[1].contains("[3 Flame]") }
    tmux.type("?")
    try tmux.wait { $0.contains { $0.contains("┌") } }
    tmux.type("Escape")
    // A key that follows at once would be taken for one with Alt.
    try tmux.wait { !$0.contains { $0.contains("┌") } }
    tmux.type("2")
    try tmux.wait { $0[1].contains("[2 Tree]") }
    tmux.resize(60, 14)
    try tmux.wait { $0.count == 14 && $0[0].hasPrefix("proftui") && $0[13].hasPrefix("?help") }
    tmux.type("q")
    try tmux.waitForEnd()
    #expect(try tmux.status() == 0)
    // What the shell writes next stands in a row of its own.
    #expect(try !tmux.screen().contains { $0.contains("?help") })
    #expect(try tmux.file("before") == tmux.file("after"))
  }
}

/// The bytes that are sent, on a terminal of the system's.
@Suite(.serialized) struct `What a terminal is sent` {
  private static let sample = Program.top.appendingPathComponent(
    "Samples/go/config-store/mem.pprof")

  private func session(_ term: String, environment: [String] = [], _ flags: [String] = [])
    throws -> PtySession
  {
    let session = try PtySession(
      flags + [Self.sample.path], term: term, environment: environment)
    #expect(session.read { $0.has("copyTable") })
    session.type("3/copy\rv7?q0")
    #expect(session.read { $0.has("build id") })
    session.type("Q")
    #expect(session.readToEnd())
    return session
  }

  @Test(arguments: [("NO_COLOR=1", [String]()), ("X=1", ["--color=never"])])
  func `holds no colour where none is wanted`(environment: String, flags: [String]) throws {
    let session = try session("xterm-256color", environment: [environment], flags)
    #expect(!Self.hasColor(session.output))
    #expect(Self.renditions(session.output).contains { $0.contains(1) || $0.contains(7) })
    #expect(try session.status() == 0)
  }

  @Test func `holds colours where they are`() throws {
    #expect(Self.hasColor(try session("xterm-256color").output))
    #expect(Self.hasColor(try session("linux").output))
  }

  @Test func `holds no colour on a terminal that has none`() throws {
    #expect(!Self.hasColor(try session("vt100").output))
  }

  @Test func `leaves the other screen and the mouse as they were`() throws {
    let session = try session("xterm-256color")
    let entered = try #require(session.output.last("\u{1b}[?1049h"))
    let left = try #require(session.output.last("\u{1b}[?1049l"))
    #expect(entered < left)
    #expect(try session.file("before") == session.file("after"))
  }

  /// Whether any select-graphic-rendition asks for a colour: 30 to 49 but 39 and 49, 90 to 107.
  private static func hasColor(_ output: Data) -> Bool {
    renditions(output).joined().contains { code in
      (30...38).contains(code) || (40...48).contains(code) || (90...107).contains(code)
    }
  }

  /// The numbers of each select-graphic-rendition that was sent.
  private static func renditions(_ output: Data) -> [[Int]] {
    let text = String(decoding: output, as: UTF8.self)
    return text.components(separatedBy: "\u{1b}[").dropFirst().compactMap { piece in
      guard let end = piece.firstIndex(where: { $0.isLetter }), piece[end] == "m" else {
        return nil
      }
      return piece[..<end].split(separator: ";").compactMap { Int($0) }
    }
  }
}
