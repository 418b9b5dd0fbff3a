import Foundation
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
