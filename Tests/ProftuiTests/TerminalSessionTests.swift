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

  @Test func `what takes long to write is given up, and nothing of it written`() throws {
    let scratch = try Scratch()
    let pipe = scratch.folder.appendingPathComponent("pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let tmux = try Tmux(columns: 120, rows: 24, "Samples/go/config-store/mem.pprof")
    defer { tmux.end() }
    try tmux.wait { $0[1].hasPrefix("[1 Top]") }
    // Nobody reads it yet, so it cannot even be opened.
    tmux.type(":", "write folded \(pipe)", "Enter")
    try tmux.wait { $0[22].contains("while you go on: Esc gives up") }
    tmux.type("Escape")
    try tmux.wait { $0[22].contains("gave up writing") }
    let reader = open(pipe, O_RDONLY)
    defer { close(reader) }
    var byte: UInt8 = 0
    #expect(reader >= 0 && read(reader, &byte, 1) == 0)
    tmux.type("q")
    try tmux.waitForEnd()
    #expect(try tmux.status() == 0)
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
