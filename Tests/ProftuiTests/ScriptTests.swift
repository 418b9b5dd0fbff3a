import Foundation
import Testing

/// The program with keys typed by a script, which needs no terminal.
@Suite struct `A script of keys` {
  private func run(_ script: String, _ arguments: [String]) throws -> Program.Outcome {
    let scratch = try Scratch()
    let file = scratch.folder.appendingPathComponent("keys")
    try Data(script.utf8).write(to: file)
    return try Program.run(["--script", file.path] + arguments)
  }

  private static let sample = "Samples/go/config-store/mem.pprof"

  @Test func `prints the screens that it asks for, at the size that it asks for`() throws {
    let outcome = try run("# two screens\nsize 60x14\nscreen\n2 g\nscreen\nq\n", [Self.sample])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(lines.count == 29)
    #expect(lines.allSatisfy { $0.isEmpty || $0.count == 60 })
    #expect(lines[0].hasPrefix("proftui  mem.pprof"))
    #expect(lines[1].hasPrefix("[1 Top]"))
    #expect(lines[15].contains("[2 Tree]"))
    #expect(lines[17].contains("runtime.main"))
  }

  @Test func `is named for what could be read, and says what could not`() throws {
    let outcome = try run("screen\n", ["nosuch.pprof", Self.sample])
    let lines = outcome.text.split(separator: "\n")
    #expect(lines[0].hasPrefix("proftui  mem.pprof "))
    #expect(lines.contains { $0.hasPrefix("read 1 of 2 source profiles, not nosuch.pprof ") })
  }

  @Test func `types text and shows what it finds`() throws {
    let outcome = try run("/\ntype parser\nEnter n\nscreen\n", [Self.sample])
    #expect(outcome.text.contains("2/7 · 6.3% of total"))
  }

  @Test func `starts as pprof's flags say`() throws {
    let outcome = try run(
      "screen\n", ["-alloc_space", "-cum", "-lines", "-focus=parser", Self.sample])
    #expect(outcome.status == 0)
    let lines = outcome.text.split(separator: "\n")
    #expect(lines[0].contains("focus=parser"))
    #expect(lines[1].contains("t:alloc_space 2/4"))
    #expect(lines[2].contains("CUM▾") && lines[2].contains("LINE"))
  }

  @Test func `draws with ASCII signs only where asked to`() throws {
    let outcome = try run("2\nscreen\n", ["--glyphs=ascii", Self.sample])
    #expect(outcome.text.unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test func `that names no key is refused with its line`() throws {
    let outcome = try run("j\nnokey\n", [Self.sample])
    #expect(outcome.status == 1)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("line 2: no key is called nokey"))
  }

  @Test func `on a file that is no profile ends with one line`() throws {
    for path in ["README.md", "nowhere.pprof", "Sources"] {
      let outcome = try run("screen\n", [path])
      #expect(outcome.status == 1)
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errors.hasPrefix("proftui: \(path): "))
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func `is a hidden flag, and a word that is no value is refused`() throws {
    #expect(!(try Program.run(["--help"]).text.contains("script")))
    #expect(try Program.run(["--color=sometimes", Self.sample]).status == 64)
  }
}
