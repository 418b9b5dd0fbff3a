import Foundation
import Testing

@Suite struct `The README` {
  private let file = Program.top.appendingPathComponent("README.md")

  @Test func `shows the screen as it is`() throws {
    let scratch = try Scratch()
    let script = try scratch.file("keys", Data("size 80x24\nscreen\nq\n".utf8))
    let outcome = try Program.run(["--script", script, "Samples/go/config-store/mem.pprof"])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let screen = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
      .joined(separator: "\n")

    let readme = try String(contentsOf: file, encoding: .utf8)
    var parts = readme.components(separatedBy: "```\n")
    try #require(parts.count == 3, "one fenced block, with the screen")
    guard ProcessInfo.processInfo.environment["PROFTUI_RECORD"] == "1" else {
      #expect(parts[1] == screen)
      return
    }
    parts[1] = screen
    try Data(parts.joined(separator: "```\n").utf8).write(to: file)
    Issue.record("recorded README.md: read it")
  }
}
