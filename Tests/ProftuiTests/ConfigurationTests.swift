import Foundation
import Testing

/// The user's own files: what is set, and what is kept from run to run.
@Suite struct `The user's files` {
  private static let sample = Program.top.appendingPathComponent(
    "Samples/go/config-store/mem.pprof")

  @Test func `a configuration is heeded, and bad lines are told with their numbers`() throws {
    let scratch = try Scratch()
    let config = try scratch.file(
      "config",
      Data(
        """
        # colours
        set theme=light
        set nonsense=1
        bind top J page-down
        color hot bold 208
        color hot puce
        rm -rf /
        set sort=cum

        """.utf8))
    let printed = try Program.run(["--print-config", "--config", config])
    #expect(printed.status == 0)
    #expect(printed.text.contains("set theme=light\n"))
    #expect(printed.text.contains("bind top J page-down\n"))
    #expect(printed.text.contains("color hot bold 208\n"))
    #expect(
      printed.errorLines.map { $0.split(separator: ":")[2] } == ["3", "6", "7"])

    let again = try scratch.file("again", printed.output)
    let reread = try Program.run(["--print-config", "--config", again])
    #expect(reread.output == printed.output)
    #expect(reread.errors.isEmpty)

    let script = try scratch.file("keys", Data("screen\nq\n".utf8))
    let shown = try Program.run(["--script", script, "--config", config, Self.sample.path])
    #expect(shown.text.contains("CUM▾"))
    #expect(shown.text.contains("config:7: "))
  }

  @Test func `a configuration that cannot be read is told of`() throws {
    let outcome = try Program.run(["--print-config", "--config", "/nonexistent/config"])
    #expect(outcome.status == 1)
    #expect(outcome.errorLines.count == 1)
  }

  @Test func `without any, what is printed is what is usual`() throws {
    let printed = try Program.run(["--print-config", "--no-config"])
    #expect(printed.text.contains("set theme=default\nset color=auto\n"))
    #expect(printed.text == (try Program.run(["--print-config"]).text))
  }

  @Test func `the keys are printed as a table`() throws {
    let keys = try Program.run(["--keys"])
    #expect(keys.status == 0)
    #expect(keys.text.contains("j Down C-n"))
    #expect(keys.text.split(separator: "\n").count > 60)
  }

  @Test func `what was looked at last comes back next time`() throws {
    let home = try Scratch()
    let environment = ["XDG_STATE_HOME=\(home.folder.path)", "XDG_CONFIG_HOME=\(home.folder.path)"]
    let first = try PtySession([Self.sample.path], environment: environment)
    #expect(first.read { $0.has("t:") })
    first.type("2t/parse\r")
    first.settle()
    first.type("Q")
    #expect(first.readToEnd())
    let state = home.folder.appendingPathComponent("proftui/state")
    let text = try String(contentsOf: state, encoding: .utf8)
    #expect(text.contains(" Tree "))
    #expect(text.contains("typed search parse\n"))
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: state.deletingLastPathComponent().path) == ["state"])

    let second = try PtySession([Self.sample.path], environment: environment)
    #expect(second.read { $0.has("[2 Tree]") })
    second.type("Q")
    #expect(second.readToEnd())

    try Data("nonsense".utf8).write(to: state)
    let third = try PtySession([Self.sample.path], environment: environment)
    #expect(third.read { $0.has("[1 Top]") && $0.has("is broken") })
    third.type("Q")
    #expect(third.readToEnd())
    #expect(try third.status() == 0)
    #expect(try String(contentsOf: state, encoding: .utf8).hasPrefix("# proftui state 1"))
  }

  @Test func `nothing is kept where that is turned off`() throws {
    let home = try Scratch()
    try FileManager.default.createDirectory(
      at: home.folder.appendingPathComponent("proftui"), withIntermediateDirectories: true)
    _ = try home.file("proftui/config", Data("set remember=off\n".utf8))
    let environment = ["XDG_STATE_HOME=\(home.folder.path)", "XDG_CONFIG_HOME=\(home.folder.path)"]
    let session = try PtySession([Self.sample.path], environment: environment)
    #expect(session.read { $0.has("t:") })
    session.type("2Q")
    #expect(session.readToEnd())
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: home.folder.appendingPathComponent("proftui").path) == ["config"])
  }

  @Test func `a view is written to a file, and one that is there is asked about`() throws {
    let scratch = try Scratch()
    let script = try scratch.file(
      "keys",
      Data(
        ":\ntype write out.csv\nEnter\n:\ntype write folded out.csv\nEnter\nscreen\nn\nscreen\n"
          .utf8))
    let outcome = try Program.run(
      ["--script", script, Self.sample.path], in: scratch.folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("out.csv is there already"))
    #expect(outcome.text.contains("nothing written"))
    let written = try String(
      contentsOf: scratch.folder.appendingPathComponent("out.csv"), encoding: .utf8)
    #expect(written.hasPrefix("flat,cum,flat_objects,cum_objects,name\r\n"))
    #expect(written.components(separatedBy: "\r\n").count > 100)
  }
}
