import ProfileModel
import Reports
import TestSupport
import Testing

@Suite struct TopReportTests {
  @Test func `top lists what each function costs itself and with all it calls`() throws {
    let profile = Profile.stacks(["main;work": 3, "main;idle": 1], type: "calls", unit: "count")
    #expect(
      try text("top", of: profile) == """
        Type: calls
        Showing nodes accounting for 4, 100% of 4 total
              flat  flat%   sum%        cum   cum%
                 3 75.00% 75.00%          3 75.00%  work
                 1 25.00%   100%          1 25.00%  idle
                 0     0%   100%          4   100%  main

        """)
  }

  @Test func `recursion counts once`() throws {
    let profile = Profile.stacks(["main;walk;walk;walk": 5], unit: "count")
    #expect(
      try text("top", of: profile).contains("         5   100%   100%          5   100%  walk\n"))
  }

  @Test func `entries below the node fraction are dropped and counted`() throws {
    let profile = Profile.stacks(["main;work": 1000, "main;rare": 1], unit: "count")
    let lines = try text("top", of: profile) { $0.nodeFraction = 0.01 }
    #expect(lines.contains("Dropped 1 node (cum <= 10)\n"))
    #expect(!lines.contains("rare"))
  }

  @Test func `a number without a magnitude is less than all others`() throws {
    let profile = Profile.stacks(["main": .min, "work": 1], unit: "count")
    let lines = try text("top", of: profile) {
      $0.nodeFraction = 0
      $0.nodeCount = 5
    }
    #expect(lines.contains("Showing top 1 nodes out of 2\n"))
    #expect(!lines.contains("main"))
  }

  @Test func `the unit follows the smallest value shown`() throws {
    let profile = Profile.stacks(["a": 3 << 20, "b": 1 << 20], type: "space", unit: "bytes")
    #expect(
      try text("top", of: profile).contains("       3MB 75.00% 75.00%        3MB 75.00%  a\n"))
  }

  @Test func `functions inlined wherever they are called are marked`() throws {
    let profile = Profile.stacks(["main|fast": 2, "main;slow": 1], unit: "count")
    let lines = try text("top", of: profile)
    #expect(lines.contains("fast (inline)\n"))
    #expect(lines.contains("slow\n"))
  }

  @Test func `a long filter is cut at 80 bytes`() throws {
    let profile = Profile.stacks(["main": 1], unit: "count")
    let lines = try text("top", of: profile) {
      $0.focus = "main" + String(repeating: "|x", count: 60)
    }
    #expect(lines.contains("\n   focus=main" + String(repeating: "|x", count: 35) + "…\n"))
  }

  @Test func `dividing by zero is refused`() {
    #expect(throws: ReportError.zeroDivisor) {
      try text("top", of: .stacks(["main": 1])) { $0.divideBy = 0 }
    }
  }
}
