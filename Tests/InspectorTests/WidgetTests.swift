import ProfileAnalysis
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

struct WidgetTests {
  @Test func `shares have a decimal, and what would read as nothing says that it is something`() {
    #expect(Share.text(963, of: 1000) == "96.3%")
    #expect(Share.text(9996, of: 10000) == "100%")
    #expect(Share.text(1, of: 10000) == "<0.1%")
    #expect(Share.text(0, of: 10000) == "0%")
    #expect(Share.text(5, of: 0) == "0%")
    #expect(Share.text(-500, of: 1000) == "50.0%")
    #expect(Share.text(.min, of: 1) == "-")
  }

  @Test func `points in time read as dates, also before 1970 and on leap days`() {
    #expect(UTCTime.text(nanoseconds: 0) == "1970-01-01 00:00:00 UTC")
    #expect(UTCTime.text(nanoseconds: 951_782_400_000_000_000) == "2000-02-29 00:00:00 UTC")
    #expect(UTCTime.text(nanoseconds: -1) == "1969-12-31 23:59:59 UTC")
    #expect(UTCTime.text(nanoseconds: 1_795_386_510_000_000_000) == "2026-11-22 22:28:30 UTC")
    #expect(UTCTime.text(nanoseconds: .max) == "2262-04-11 23:47:16 UTC")
    #expect(UTCTime.text(nanoseconds: .min) == "1677-09-21 00:12:43 UTC")
  }

  @Test func `text is broken at blanks, and words that are too long where the line ends`() {
    #expect(TextWrapping.lines("one two three", width: 7) == ["one two", "three"])
    #expect(TextWrapping.lines("abcdefgh", width: 3) == ["abc", "def", "gh"])
    #expect(TextWrapping.lines("日本語", width: 4) == ["日本", "語"])
    #expect(TextWrapping.lines("x", width: 0).isEmpty)
  }

  @Test func `a row of the header goes without its last facts before the name is lost`() {
    func header(_ width: Int) -> String {
      StatusLine.header(
        program: "proftui", title: "heap.pb.gz",
        facts: ["inuse_space 31.90MB", "25 fn", "no filters"],
        width: width, glyphs: .utf8
      ).text(row: 0)
    }
    #expect(header(60) == "proftui  heap.pb.gz   inuse_space 31.90MB  25 fn  no filters")
    #expect(header(50).hasPrefix("heap.pb.gz"))
    #expect(header(40).hasSuffix("inuse_space 31.90MB  25 fn"))
    #expect(header(20).hasPrefix("heap.pb.gz"))
  }

  @Test func `the name is whole in the row about the selection where it fits`() {
    func row(_ name: String, _ width: Int) -> String {
      StatusLine.selection(
        name: name, facts: ["main.go:59", "1966 objs"], position: "1/25", width: width,
        glyphs: .utf8
      ).text(row: 0)
    }
    #expect(row("main.recurse", 60).hasPrefix("─ main.recurse ─ main.go:59 ─ 1966 objs ──"))
    #expect(row("main.recurse", 60).hasSuffix("── 1/25 ─"))
    #expect(row("main.recurse", 40).hasPrefix("─ main.recurse ─ main.go:59 ──"))
    #expect(row(String(repeating: "n", count: 25), 40).contains(String(repeating: "n", count: 25)))
  }

  @Test func `a name that is shortened anyway leaves room for what is known of it`() {
    let row = StatusLine.selection(
      name: "example.org/fleet/queue.(*Pool[example.org/fleet/orders.Order,go.shape.int]).store",
      facts: ["pool.go:12", "4 objs"], position: "1/25", width: 80, glyphs: .utf8)
    #expect(
      row.text(row: 0).hasPrefix("─ example.org/fleet/queue.(*Pool[…]).store ─ pool.go:12 ─ 4 objs")
    )
  }

  @Test func `a whole name that can be read elsewhere leaves room for the first fact`() {
    let name = "leaks/sessions.(*latest[go.shape.string,go.shape.struct { Client string }]).slot"
    func row(isNameElsewhere: Bool) -> String {
      StatusLine.selection(
        name: name, facts: ["12.66kB 42.2%", "depth 9"], position: "", width: 90, glyphs: .utf8,
        isNameElsewhere: isNameElsewhere
      ).text(row: 0)
    }
    #expect(row(isNameElsewhere: false).hasPrefix("─ \(name) ──"))
    #expect(
      row(isNameElsewhere: true)
        .hasPrefix("─ leaks/sessions.(*latest[…]).slot ─ 12.66kB 42.2% ─ depth 9 ──"))
  }

  @Test func `the key that leaves stays in the narrowest footer`() {
    let text = StatusLine.keys(GlobalKeys.bindings, width: 16, glyphs: .utf8).text(row: 0)
    #expect(text.contains("q quit"))
  }

  @Test func `columns go where names would have no room, and numbers are never cut`() throws {
    let profile = Profile.stacks(["main;work": 2_790_000_000], type: "n", unit: "count")
    for width in 20...100 {
      let head = try typing("", at: width, 24, in: profile).rows[2]
      let row = try typing("", at: width, 24, in: profile).rows[3]
      #expect(row.contains("2790000000 "))
      #expect(head.contains("SUM%") == (width >= 80), "at \(width)")
    }
  }

  @Test func `names can be scrolled to their end`() throws {
    let name = "pkg." + String(repeating: "a", count: 60) + "TheEnd"
    let profile = Profile.stacks(["main;\(name)": 3])
    let keys = String(repeating: "l ", count: 10)
    #expect(try typing(keys, in: profile).rows[3].hasSuffix("TheEnd"))
    let back = try typing(keys + String(repeating: "h ", count: 10), in: profile)
    #expect(back.rows == (try typing("", in: profile)).rows)
    #expect(try typing("h", in: profile).message == "nothing further left")
  }

  @Test func `matches are marked where they are seen`() {
    var grid = CellGrid(columns: 20, rows: 1)
    grid.write("json.Decode", at: .zero)
    SearchQuery("dec").highlight(row: 0, columns: 0..<20, in: &grid)
    let marked = (0..<20).filter { grid[GridPoint(row: 0, column: $0)]?.style.role == .match }
    #expect(marked == [5, 6, 7])
  }

  @Test func `the path to a symbol is that of its heaviest stack`() throws {
    let session = try ProfileSession(
      name: "", profile: .stacks(["a;x": 1, "b;c;x": 5, "b;x;d": 2]))
    let nodes = session.nodes
    let x = try #require(
      nodes.indices.map { NodeID($0) }.first { nodes.printableName(of: $0) == "x" })
    let path = session.heaviestPath(to: x, inverted: false)
    #expect(path.map { nodes.printableName(of: $0) } == ["b", "c", "x"])
    let inverted = session.heaviestPath(to: x, inverted: true)
    #expect(inverted.map { nodes.printableName(of: $0) } == ["x"])
  }
}
