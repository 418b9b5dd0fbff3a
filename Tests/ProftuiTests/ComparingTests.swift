import Foundation
import TestSupport
import Testing

@Suite struct `Comparing profiles` {
  private func pair(_ story: String) -> [String] {
    ["Samples/go/\(story)/mem.1.pprof", "Samples/go/\(story)/mem.pprof"]
  }

  @Test func `check passes what is healthy and fails what leaks, naming the line`() throws {
    let healthy = try Program.run(["check"] + pair("healthy"))
    #expect(healthy.status == 0)
    #expect(healthy.text.hasPrefix("passed: 1 budget kept; inuse_space 211.65kB -> 211.96kB"))
    let leak = try Program.run(["check"] + pair("config-store"))
    #expect(leak.status == 1)
    #expect(leak.text.contains("most in leaks/config.copyTable  leaks/config/store.go:138"))
    #expect(leak.errors.isEmpty)
  }

  @Test func `check heeds its flags and a policy`() throws {
    let story = pair("map-growth")
    #expect(try Program.run(["check", "--max-total-growth", "6MB"] + story).status == 0)
    #expect(try Program.run(["check", "--max-total-growth=5MB"] + story).status == 1)
    #expect(try Program.run(["check", "--max-growth=5MB"] + story).text.contains("FAIL  function"))
    #expect(try Program.run(["check", "--focus=nothing_like_it"] + story).status == 0)
    #expect(
      try Program.run(["check", "--sample-index=inuse_objects", "--max-total-growth=1"] + story)
        .text.contains("inuse_objects"))
    let scratch = try Scratch()
    let policy = try scratch.file("policy", Data("function Place 6MB\n".utf8))
    #expect(try Program.run(["check", "--policy", policy] + story).status == 0)
    let wrong = try scratch.file("wrong", Data("total 1MB\nfunktion x 6MB\n".utf8))
    let outcome = try Program.run(["check", "--policy", wrong] + story)
    #expect(outcome.status == 1 && outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("wrong: line 2: no budget is called funktion"))
  }

  @Test func `check knows the types of objects where it has the program, and names their line`()
    throws
  {
    let scratch = try Scratch()
    let program = try scratch.file("leaks", Data(LeaksProgram.bytes))
    let story = pair("config-store")
    let policy = try scratch.file(
      "policy", Data("type ^map\\[string\\]interface 10%\ntype ^gateway\\.Session 10%\n".utf8))
    let failed = try Program.run(["check", "--policy", policy, program] + story)
    #expect(failed.status == 1)
    #expect(failed.text.contains("FAIL  type map[string]interface {}: +"))
    #expect(failed.text.contains("leaks/config/store.go:138"))
    let unknown = try Program.run(["check", "--policy", policy] + story)
    #expect(unknown.status == 0)
    #expect(unknown.text.contains("not checked: types need the program"))
  }

  @Test(arguments: [
    ["check"], ["check", "one"], ["check", "a", "b", "c"],
    ["check", "--max-growth=lots", "a", "b"],
    ["check", "--output=xml", "a", "b"], ["report", "diff"], ["report", "diff", "a"],
    ["check", "--base", "a", "--diff-base", "b", "c"],
  ])
  func `a command line that makes no sense is one line and status 64`(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64 && outcome.errorLines.count == 1 && outcome.output.isEmpty)
  }

  @Test func `either side may be several files`() throws {
    let (old, new) = (pair("config-store"), pair("sync-map"))
    let outcome = try Program.run(
      ["report", "diff", "--diff-base", old[0], "--diff-base", old[1], new[0], new[1]])
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("leaks/config.copyTable"))
    #expect(outcome.text.contains("leaks/presence.newClient"))
  }

  @Test func `profiles without a common type are refused with the types of both`() throws {
    let outcome = try Program.run(
      ["report", "diff", pair("healthy")[0], "Samples/go/map-writers/cpu.pprof"])
    #expect(outcome.status == 1 && outcome.errorLines.count == 1)
    #expect(
      outcome.errors.contains(
        "the first has alloc_objects, alloc_space, inuse_objects, inuse_space, the second samples, cpu"
      ))
  }

  @Test func `a report of the difference has every form`() throws {
    for form in ["json", "csv", "markdown", "text"] {
      let outcome = try Program.run(["report", "diff", "--output", form] + pair("sync-map"))
      #expect(outcome.status == 0 && outcome.text.contains("leaks/presence.newClient"))
    }
  }
}

@Suite struct `A series of profiles` {
  @Test func `a folder is read in order of time`() throws {
    let outcome = try Program.run(["series", "Samples/go/config-store"])
    #expect(outcome.status == 0)
    let lines = outcome.text.split(separator: "\n")
    #expect(lines[1].hasPrefix("3.23MB") && lines[1].contains("9.04MB"))
    #expect(lines[2].contains("leaks/config.copyTable"))
    let files = ["Samples/go/config-store/mem.pprof", "Samples/go/config-store/mem.1.pprof"]
    #expect(try Program.run(["series"] + files).output == outcome.output)
  }

  @Test func `one snapshot is no series, and files that cannot be read are left out`() throws {
    let alone = try Program.run(["series", "Samples/go/config-store/mem.pprof"])
    #expect(alone.status == 64 && alone.errorLines.count == 1)
    let broken = try Program.run(["series", "nowhere", "Samples/go/config-store/mem.pprof"])
    #expect(broken.status == 1 && broken.errorLines.count == 2)
  }

  @Test func `diff prints its report without a terminal, and opens on a script`() throws {
    let pair = ["Samples/go/sync-map/mem.1.pprof", "Samples/go/sync-map/mem.pprof"]
    #expect(
      try Program.run(["diff"] + pair).output == Program.run(["report", "diff"] + pair).output)
    let scratch = try Scratch()
    let script = try scratch.file("keys", Data("size 80x24\nscreen\nq\n".utf8))
    let screen = try Program.run(["diff", "--script", script] + pair).text
    #expect(screen.contains("presence/leaking.go:57"))
    let base = try Program.run(["diff", "--base", pair[0], "--script", script, pair[1]]).text
    #expect(base.contains("presence/leaking.go:57"))
  }
}
