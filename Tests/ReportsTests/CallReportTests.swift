import ProfileModel
import Reports
import TestSupport
import Testing

@Suite struct CallReportTests {
  let profile = Profile.stacks(
    ["main;read;parse": 3, "main;write": 1, "main;read": 2], type: "calls", unit: "count")

  @Test func `tree shows each entry between its callers and callees`() throws {
    let separator = String(repeating: "-", count: 58) + "+-------------"
    let lines = try text("tree", of: profile).split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0.hasSuffix("| read") })
    #expect(
      Array(lines[(start - 1)...(start + 2)]) == [
        "                                                 5   100% |   main",
        "         2 33.33% 83.33%          5 83.33%                | read",
        "                                                 3 60.00% |   parse",
        separator,
      ])
  }

  @Test func `peek shows only what matches`() throws {
    let lines = try text("peek", of: profile, pattern: "^wri")
    #expect(lines.contains("| write\n"))
    #expect(!lines.contains("| read\n"))
  }

  @Test func `peek without a match is an error`() {
    #expect(throws: ReportError.noMatches("nothing")) {
      try text("peek", of: profile, pattern: "nothing")
    }
  }

  @Test func `a pattern that is none is an error`() {
    #expect(throws: ReportError.self) { try text("peek", of: profile, pattern: "(") }
  }

  @Test func `calls over an entry that is dropped lead to the next`() throws {
    let profile = Profile.stacks(["main;thin;deep": 1, "main;deep": 1000], unit: "count")
    let lines = try text("tree", of: profile) { $0.nodeFraction = 0.01 }
    #expect(lines.contains("                                              1001   100% |   main\n"))
    #expect(!lines.contains("thin"))
  }
}
