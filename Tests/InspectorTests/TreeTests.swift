import ProfileAnalysis
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// The tree as one sees it.
struct TreeTests {
  private let profile = Profile.stacks([
    "main;a;x": 60, "main;a;y": 10, "main;b;z": 20, "main;c": 10,
  ])

  private func names(_ keys: String) throws -> [String] {
    try typing("2 g \(keys)", in: profile).rows[3..<21].filter { !$0.isEmpty }
      .map { String($0.dropFirst(30)) }
  }

  @Test func `the hot path is open at first`() throws {
    #expect(try names("") == ["▾ main", "├─▾ a", "│ ├── x", "│ └── y", "├─▸ b", "└── c"])
  }

  @Test func `l opens and goes in, h closes and goes to the one above`() throws {
    #expect(
      try names("G k l") == ["▾ main", "├─▾ a", "│ ├── x", "│ └── y", "├─▾ b", "│ └── z", "└── c"])
    #expect(try names("j h") == ["▾ main", "├─▸ a", "├─▸ b", "└── c"])
    #expect(try names("j j h h") == ["▾ main", "├─▸ a", "├─▸ b", "└── c"])
    #expect(try names("h") == ["▸ main"])
    #expect(try typing("2 g h h", in: profile).message == "an outermost row: nothing above")
    #expect(try typing("2 G l", in: profile).message == "a leaf: nothing below")
  }

  @Test func `levels and subtrees open and close`() throws {
    #expect(try names("C") == ["▸ main"])
    #expect(try names("C + +").count == 7)
    #expect(try names("E").count == 7)
    #expect(try names("E -") == ["▾ main", "├─▸ a", "├─▸ b", "└── c"])
    #expect(try typing("2 g E +", in: profile).message == "all is open")
    #expect(try typing("2 g C -", in: profile).message == "all is closed")
  }

  @Test func `braces go between rows of the same parent`() throws {
    let typed = try typing("2 g j } }", in: profile)
    #expect(typed.rows[21].hasPrefix("─ c ─"))
    #expect(try typing("2 g j } } }", in: profile).message == "the last one here")
    #expect(try typing("2 g j } {", in: profile).rows[21].hasPrefix("─ a ─"))
  }

  @Test func `inverted, the outermost rows are what costs, and the header says so`() throws {
    let typed = try typing("2 i", in: profile)
    #expect(typed.rows[0].hasSuffix("inverted"))
    #expect(typed.rows[2].hasSuffix("CALLED BY"))
    let rows = typed.rows[3..<21].filter { !$0.isEmpty }.map { String($0.dropFirst(19)) }
    #expect(rows == ["▾ x", "└─▾ a", "  └── main", "▸ z", "▸ c", "▸ y"])
  }

  @Test func `coming from the list, the way to the symbol is open`() throws {
    let typed = try typing("j 2", in: profile)
    #expect(typed.rows[21].hasPrefix("─ z ─"))
    #expect(typed.rows.contains { $0.hasSuffix("└── z") && $0.hasPrefix(">") })
  }

  @Test func `another sample type keeps what is open and selected`() throws {
    var builder = ProfileBuilder(sampleTypes: ("samples", "count"), ("cpu", "nanoseconds"))
    builder.addSample(builder.locations("main;a;x"), values: [1, 60])
    builder.addSample(builder.locations("main;b;z"), values: [5, 20])
    builder.addSample(builder.locations("main;b;w"), values: [1, 10])
    let typed = try typing("2 g j } l j t", in: builder.finish())
    #expect(typed.rows[21].hasPrefix("─ z ─"))
    #expect(
      typed.rows.contains { $0.contains("▾ b") } && typed.rows.contains { $0.contains("▾ a") })
  }

  @Test func `of a tree that is too deep for the screen the selected row can be seen`() throws {
    for keys in ["2 o", "2 o k k", "2 o 40x12", "2 i o"] {
      let typed = try typing(keys, in: StrangeProfiles.named("deep-300"))
      let selected = try #require(typed.rows.first { $0.hasPrefix(">") })
      #expect(selected.contains("level"), "after \(keys)")
    }
  }

  @Test func `where no root has half of the total the heaviest one is open`() throws {
    let profile = Profile.stacks([
      "a;x;y": 36, "a;z": 8, "b;x": 35, "c;x": 25, "d": 2,
    ])
    let rows = try typing("2 g", in: profile).rows[3..<21].filter { !$0.isEmpty }
      .map { String($0.dropFirst(30)) }
    #expect(rows == ["▾ a", "├─▾ x", "│ └── y", "└── z", "▸ b", "▸ c", "  d"])
  }

  @Test func `a symbol that is come to from the list has rows above and below it`() throws {
    let profile = try sample("config-store-fixed/mem.pprof")
    let rows = try typing("2", at: 120, 40, in: profile).rows
    let selected = try #require(rows.firstIndex { $0.hasPrefix(">") })
    #expect((8..<22).contains(selected))
  }

  @Test func `opening all of a huge tree stops and says so`() throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    for index in 0..<400 {
      for inner in 0..<60 {
        builder.addSample(builder.locations("main;f\(index);g\(inner)"), values: [1])
      }
    }
    let typed = try typing("2 g E", in: builder.finish())
    #expect(typed.message == "opened \(TreeRows.maximumOpened) frames; the deepest stay closed")
  }
}
