import Foundation
import Testing

@Suite struct `The export command` {
  private let sample = "Samples/go/config-store/mem.pprof"

  @Test(arguments: [
    "pprof", "folded", "speedscope", "svg", "html", "dot", "callgrind", "csv", "json", "markdown",
    "samples",
  ])
  func `writes a file that is the same as what it prints`(form: String) throws {
    let scratch = try Scratch()
    let path = scratch.folder.appendingPathComponent("out").path
    let printed = try Program.run(["export", form, sample])
    #expect(printed.status == 0)
    #expect(!printed.output.isEmpty)
    let written = try Program.run(["export", form, "--output", path, sample])
    #expect(written.status == 0)
    #expect(written.output.isEmpty)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == printed.output)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["out"])
  }

  @Test func `replaces no file unless it is forced to`() throws {
    let scratch = try Scratch()
    let path = try scratch.file("out", Data("mine".utf8))
    let refused = try Program.run(["export", "folded", "--output=\(path)", sample])
    #expect(refused.status == 1)
    #expect(refused.errors == "proftui: \(path): is there already; --force replaces it\n")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
    let forced = try Program.run(["export", "folded", "--force", "--output=\(path)", sample])
    #expect(forced.status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count > 1000)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["out"])
  }

  @Test func `heeds pprof's filters and sample types`() throws {
    let all = try Program.run(["export", "folded", "-alloc_space", sample])
    let some = try Program.run(["export", "folded", "-alloc_space", "-focus=parser", sample])
    let lines = some.text.split(separator: "\n")
    #expect(!lines.isEmpty && lines.allSatisfy { $0.contains("parser") })
    #expect(lines.count == all.text.split(separator: "\n").count { $0.contains("parser") })
  }

  @Test func `a profile that is exported prints the same report`() throws {
    let scratch = try Scratch()
    let path = scratch.folder.appendingPathComponent("out.pb.gz").path
    _ = try Program.run(["export", "pprof", "--output", path, sample])
    #expect(
      try Program.run(["-top", "-inuse_space", path]).output
        == Program.run(["-top", "-inuse_space", sample]).output)
  }

  @Test func `rows of samples add up to the profile`() throws {
    let outcome = try Program.run(["export", "csv", "--samples", sample])
    #expect(outcome.output == (try Program.run(["export", "samples", sample]).output))
    let rows = outcome.text.components(separatedBy: "\r\n").dropFirst().filter { !$0.isEmpty }
    let sum = rows.reduce(0) { $0 + (Int($1.split(separator: ",")[3]) ?? 0) }
    #expect(sum == 9_476_056)
  }

  @Test func `a dash is standard output, and words that make no sense are status 64`() throws {
    let printed = try Program.run(["export", "folded", sample])
    #expect(
      try Program.run(["export", "folded", "--output", "-", sample]).output == printed.output)
    for arguments in [
      ["export"], ["export", "nosuch", sample], ["export", "json", "--samples", sample],
      ["export", "folded"], ["export", "folded", "--force=maybe", sample],
    ] {
      let outcome = try Program.run(arguments)
      #expect(outcome.status == 64)
      #expect(outcome.errorLines.count == 1)
    }
  }
}
