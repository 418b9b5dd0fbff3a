import Foundation
import Testing

@Suite struct ProgramTests {
  private let sample = "Samples/go/config-store/mem.pprof"

  @Test func `without a terminal the top report is printed`() throws {
    let plain = try Program.run([sample])
    #expect(plain.status == 0)
    #expect(plain.output == (try Program.run(["-top", sample]).output))
  }

  @Test(arguments: [
    ["-top", "-cum"], ["--top", "--cum"], ["-cum=true", "-top=1"], ["-top", "-sort-by"],
    ["-top", "--sample-index", "inuse_space"], ["-inuse_space", "-top"],
  ])
  func `flags are read as Go reads them`(flags: [String]) throws {
    let outcome = try Program.run(flags + [sample])
    if flags.contains("-sort-by") {
      #expect(outcome.status == 64)
    } else {
      #expect(outcome.status == 0)
      #expect(outcome.text.contains("Type: inuse_space\n"))
    }
  }

  @Test func `a value may begin with a scalar that combines with what is before it`() throws {
    let outcome = try Program.run(["-top", "-ignore=\u{301}", sample])
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("\n   ignore=\u{301}\n"))
  }

  @Test func `flags after the profile count as well`() throws {
    let before = try Program.run(["-tree", "-nodecount=5", sample])
    #expect(try Program.run([sample, "-tree", "-nodecount=5"]).output == before.output)
  }

  @Test func `a subcommand after flags is no file, and the message says where it belongs`() throws {
    let outcome = try Program.run(["-no_config", "diff", sample, sample])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("before all flags: proftui diff"))
  }

  @Test func `a report of our own is the same text`() throws {
    let pprof = try Program.run(["-peek=main", sample])
    let ours = try Program.run(["report", "peek=main", sample])
    #expect(ours.status == 0)
    #expect(ours.output == pprof.output)
  }

  @Test func `JSON holds whole numbers in the profile's own unit`() throws {
    let outcome = try Program.run(["report", "top", "--output", "json", sample])
    let object = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
    #expect(object?["report"] as? String == "top")
    #expect(object?["sampleType"] as? String == "inuse_space")
    #expect(object?["unit"] as? String == "bytes")
    let rows = try #require(object?["rows"] as? [[String: Any]])
    let total = try #require(object?["total"] as? Int)
    #expect(rows.reduce(0) { $0 + ($1["flat"] as? Int ?? 0) } <= total)
    #expect(rows.first?["name"] is String)
  }

  @Test func `standard input is a profile`() throws {
    let bytes = try Data(contentsOf: Program.top.appendingPathComponent(sample))
    #expect(
      try Program.run(["-top", "-"], input: bytes).output
        == Program.run(["-top", sample]).output)
  }

  @Test func `a report goes to a file whole or not at all`() throws {
    let scratch = try Scratch()
    let path = scratch.folder.appendingPathComponent("top.txt").path
    let outcome = try Program.run(["-top", "-output=\(path)", sample])
    #expect(outcome.status == 0)
    #expect(outcome.output.isEmpty)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: path))
        == Program.run(["-top", sample]).output)
    let failed = try Program.run(["-peek=nothing like it", "-output=\(path).2", sample])
    #expect(failed.status == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["top.txt"])
  }

  @Test func `what cannot be read is one line and status 1`() throws {
    let scratch = try Scratch()
    let whole = try Data(contentsOf: Program.top.appendingPathComponent(sample))
    let inputs = [
      try scratch.file("empty", Data()),
      try scratch.file("random", Data((0..<999).map { UInt8($0 * 37 % 251) })),
      try scratch.file("truncated", whole.prefix(whole.count / 2)), scratch.folder.path,
      scratch.folder.appendingPathComponent("missing").path, "http://localhost:1/heap",
    ]
    for input in inputs {
      let outcome = try Program.run(["-top", input])
      #expect(outcome.status == 1, "\(input)")
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errors.hasPrefix("proftui: \(input): "))
    }
  }

  @Test func `one of several sources may be missing`() throws {
    let outcome = try Program.run(["-top", "/nonexistent/a", sample])
    #expect(outcome.status == 0)
    #expect(outcome.output == (try Program.run(["-top", sample]).output))
    #expect(outcome.errors.contains("/nonexistent/a: "))
    #expect(try Program.run(["-top", "/nonexistent/a", "/nonexistent/b"]).status == 1)
  }

  @Test(arguments: [
    ["-nosuchflag"], ["-top", "-tree"], ["-functions", "-lines"], ["-cum", "-flat"],
    ["-nodecount=many"], ["-trim=maybe"], ["-normalize"], ["-base=a", "-diff_base=b"], ["-svg"],
    ["-http=:0"], ["-=x"], ["-focus=("], ["-tagfocus=["], ["-peek=("], ["-top", "-divide_by=0"],
    ["-max_size=none"],
  ])
  func `a command line that makes no sense is one line and status 64`(flags: [String]) throws {
    let outcome = try Program.run(flags + [sample])
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("proftui: "))
  }

  @Test func `no profile is status 64`() throws {
    #expect(try Program.run([]).status == 64)
    #expect(try Program.run(["report"]).status == 64)
    #expect(try Program.run(["report", "nosuch", sample]).status == 64)
    #expect(try Program.run(["report", "peek", sample]).status == 64)
    #expect(try Program.run(["report", "top", "--output=xml", sample]).status == 64)
  }

  @Test func `a profile that inflates beyond the limit is refused`() throws {
    let outcome = try Program.run(["-top", "-max-size=20kB", sample])
    #expect(outcome.status == 1)
    #expect(outcome.errorLines.count == 1)
  }

  @Test func `control characters in names of files are not sent to the terminal`() throws {
    let outcome = try Program.run(["-top", "no\u{1b}[2Jsuch\nfile"])
    #expect(outcome.status == 1)
    #expect(!outcome.errors.contains("\u{1b}"))
    #expect(outcome.errorLines.count == 1)
  }

  @Test func `the binary may stand before the profile`() throws {
    let scratch = try Scratch()
    let binary = try scratch.file("app", Data([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]))
    let outcome = try Program.run(["-top", binary, sample])
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix("File: app\n"))
  }

  @Test func `help names every report and version is a line`() throws {
    let help = try Program.run(["--help"])
    #expect(help.status == 0)
    for name in ["-top", "-peek=REGEX", "-sample_index=NAME", "-diff_base=PROFILE"] {
      #expect(help.text.contains(name))
    }
    #expect(try Program.run(["--version"]).text.hasPrefix("proftui "))
  }

  @Test func `symbols in text are used unless none are asked for`() throws {
    let scratch = try Scratch()
    let text = """
      goroutine profile: total 2
      2 @ 0x401001 0x402001
      #\t0x401000\tmain.work+0x10\t/src/main.go:7
      #\t0x402000\tmain.main+0x20\t/src/main.go:3

      """
    let path = try scratch.file("goroutine.txt", Data(text.utf8))
    #expect(try Program.run(["-top", path]).text.contains("100%  main.work\n"))
    #expect(
      try Program.run(["-symbolize=none", "-top", path]).text.contains("100%  <unknown>\n"))
  }

  @Test func `of a flag that is given twice the last counts`() throws {
    let lines = try Program.run(["-top", "-lines", sample])
    #expect(
      try Program.run(["-tree", "-tree=false", "-top", "-files", "-files=0", "-lines", sample])
        .output == lines.output)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions know every flag`(shell: String) throws {
    let script = try Program.run(["completions", shell])
    #expect(script.status == 0)
    for name in [
      "top", "peek", "sample_index", "diff_base", "output", "max_growth", "policy", "order",
    ] {
      #expect(script.text.contains(name))
    }
    #expect(try Program.run(["completions", "csh"]).status == 64)
  }
}
