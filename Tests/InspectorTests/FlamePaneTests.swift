import Foundation
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

struct FlamePaneTests {
  /// Frames of several widths, packages and depths, one of them recursive, and one under a cell.
  private static let profile = Profile.stacks([
    "main.main;http.serve;json.encode;json.encode;json.write": 300,
    "main.main;http.serve;json.encode": 100,
    "main.main;http.serve;log.print": 200,
    "main.main;db.query;db.scan": 250,
    "main.main;db.query;log.print": 100,
    "main.main;main.tick": 45,
    "main.main;main.tock": 4,
    "main.main;main.tack": 1,
  ])

  /// The columns that are selected, by row of the screen; `""` where nothing is.
  private func selected(_ typed: Typed) -> String {
    let grid = typed.screen
    for row in 0..<grid.size.rows {
      let text = grid.row(row).filter { $0.style.emphasis != .none && !$0.isContinuation }
        .map { String($0.character) }.joined()
      if !text.isEmpty { return text.split(separator: " ").first.map(String.init) ?? "" }
    }
    return ""
  }

  private func flame(_ keys: String, at columns: Int = 80, _ rows: Int = 24) throws -> Typed {
    try typing("3 g \(keys)", at: columns, rows, in: Self.profile)
  }

  @Test(arguments: [
    ("", "▏all"), ("j", "▏main.main"), ("j j", "▏http.serve"), ("j j j k", "▏http.serve"),
    ("j j l", "▏db.query"), ("j j l h", "▏http.serve"), ("j j l l", "▏tic"),
    ("j j j l", "▏log.print"), ("j j j l l", "▏db.scan"), ("j j j l }", "▏log.print"),
    ("j j j } {", "▏json.encode"), ("G", "▏json.write"), ("G g", "▏all"), ("j PgDn", "▏json.write"),
    ("j PgDn PgUp", "▏all"),
  ])
  func `keys go from frame to frame`(keys: String, expected: String) throws {
    #expect(selected(try flame(keys)) == expected)
  }

  @Test(arguments: [
    ("k", "nothing above"), ("h", "the first frame of its row"), ("G j", "a leaf: nothing below"),
    ("j j l l l", "the last frame of its row"), ("}", "no other frame has its parent here"),
    ("j Enter k", "the frame zoomed into: Backspace goes out"),
    ("Enter", "it has the full width already"),
  ])
  func `a key that leads nowhere says why`(keys: String, reason: String) throws {
    #expect(try flame(keys).message == reason)
  }

  @Test func `a frame that holds all of a symbol's cost says so, also where it recurs`() throws {
    let profile = Profile.stacks(["main;parse;value;parse;value": 7, "main;idle": 3])
    func row(_ keys: String) throws -> String {
      try typing("3 g \(keys)", in: profile).rows[21]
    }
    #expect(try row("j j").hasPrefix("─ parse ─ 7ns 70.0% ─ all of its cost ─"))
    let split = Profile.stacks(["main;a;leaf": 6, "main;b;leaf": 4])
    #expect(
      try typing("3 g j j j", in: split).rows[21]
        .hasPrefix("─ leaf ─ 6ns 60.0% ─ all instances 10ns 100% ─"))
  }

  @Test func `zooming gives a frame the full width, and going back takes it away`() throws {
    let whole = try flame("j j l")
    let zoomed = try flame("j j l Enter")
    #expect(zoomed.rows[2].hasPrefix(" all → main.main → db.query"))
    #expect(zoomed.rows[3].hasPrefix("▏db.query 35.0%"))
    #expect(zoomed.rows[4].contains("▏db.scan") && zoomed.rows[4].contains("▏log.print"))
    for key in ["Backspace", "Esc"] {
      let back = try flame("j j l Enter \(key)")
      #expect(back.screen == whole.screen)
    }
    let twice = try flame("j j Enter j Enter Esc")
    #expect(twice.rows[3].hasPrefix("▏http.serve"))
  }

  @Test func `going back where nothing is zoomed leads to the view before`() throws {
    let typed = try typing("2 3 Backspace", in: Self.profile)
    #expect(typed.rows[1].contains("[2 Tree]"))
  }

  @Test func `escape clears the search before it zooms out`() throws {
    let typed = try flame("j j Enter / \"log\" Enter Esc")
    #expect(typed.rows[2].contains("http.serve"))
    #expect(typed.inspector.search == nil)
    #expect(try flame("j j Enter / \"log\" Enter Esc Esc").rows[2].hasPrefix(" all 1us"))
  }

  @Test func `frames under a cell are one mark, counted and reached by keys`() throws {
    let typed = try flame("j", at: 40, 24)
    #expect(typed.rows[5].hasSuffix("░") == false)
    #expect(typed.rows.contains { $0.contains("+2 hidden") })
    // The hidden frames follow the narrowest that is drawn.
    let hidden = try flame("j j l l }", at: 60, 24)
    #expect(hidden.rows.contains { $0.contains("main.tock") && $0.contains("under one cell") })
    let zoomed = try flame("j j l l } Enter", at: 60, 24)
    #expect(selected(zoomed) == "▏main.tock")
    #expect(zoomed.rows[3].hasPrefix("▏main.tock 0.4%"))
  }

  @Test func `a symbol that comes from another view is selected where it costs most`() throws {
    // Of `log.print` the larger part is under `http.serve`.
    let typed = try typing("/ \"log\" Enter Esc 3", in: Self.profile)
    #expect(selected(typed) == "▏log.print")
    #expect(typed.rows.contains { $0.contains("log.print") && $0.contains("20.0%") })
    #expect(typed.rows.contains { $0.contains("all instances 300ns 30.0%") })
    let back = try typing("/ \"log\" Enter Esc 3 l 1", in: Self.profile)
    #expect(back.rows.contains { $0.hasPrefix(">") && $0.contains("db.scan") })
  }

  @Test func `a symbol outside of the zoom zooms out`() throws {
    let typed = try typing("3 g j j Enter 1 / \"scan\" Enter Esc 3", in: Self.profile)
    #expect(selected(typed) == "▏db.scan")
    #expect(typed.rows[2].hasPrefix(" all 1us"))
  }

  @Test func `colours tell the package, or what a frame costs itself`() throws {
    let profile = Profile.stacks(["a.main;b.hot": 90, "a.main;b.cold": 10])
    func role(_ typed: Typed, _ name: String) throws -> Role {
      let row = try #require(typed.rows.firstIndex { $0.contains(name) })
      let text = typed.screen.text(row: row)
      let column = text.distance(
        from: text.startIndex, to: try #require(text.range(of: name)).lowerBound)
      return try #require(typed.screen[GridPoint(row: row, column: column)]).style.role
    }
    let byPackage = try typing("3", in: profile)
    #expect(try role(byPackage, "b.hot") == role(byPackage, "b.cold"))
    let byShare = try typing("3 : \"set_flame-color=share\" Enter", in: profile)
    #expect(try role(byShare, "b.hot") == .flameGrew)
    #expect(try role(byShare, "a.main") == .flameShrank)
  }

  @Test func `folding makes a recursive symbol one frame and keeps the place`() throws {
    let typed = try flame("j j j r")
    #expect(selected(typed) == "▏json.encode")
    #expect(typed.rows[0].hasSuffix("fold"))
    #expect(typed.rows[7].hasPrefix("▏json.write"))
    #expect(try flame("j j j r r").rows[7].hasPrefix("▏json.encode"))
  }

  @Test func `a search lights up what matches and tells its coverage`() throws {
    let typed = try flame("/ \"log\" Enter")
    #expect(typed.message == "1/2 · 30.0% of total")
    let roles = (0..<typed.screen.size.rows).flatMap { typed.screen.row($0).map(\.style.role) }
    #expect(roles.contains(.currentMatch) && roles.contains(.match))
    #expect(try flame("/ \"log\" Enter n").message == "2/2 · 30.0% of total")
    #expect(try flame("/ \"log\" Enter n n").message.hasPrefix("1/2"))
    #expect(try flame("/ \"tack\" Enter", at: 60, 24).rows.contains { $0.contains("under one") })
  }

  @Test func `another sample type keeps the place`() throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "count"), ("time", "count"))
    builder.addSample(builder.locations("a;b;c"), values: [1, 5])
    builder.addSample(builder.locations("a;d"), values: [4, 2])
    let profile = builder.finish()
    let typed = try typing("3 g j j l t", in: profile)
    #expect(selected(typed) == "▏d")
    let zoomed = try typing("3 g j j l Enter t", in: profile)
    #expect(zoomed.rows[2].hasPrefix(" all → a → d 80.0%"))
  }

  @Test func `frames of one package have one colour`() throws {
    let grid = try flame("").screen
    func role(_ row: Int, _ column: Int) -> Role? {
      grid[GridPoint(row: row, column: column)]?.style.role
    }
    #expect(role(6, 0) == role(7, 0))
    #expect(role(5, 0) != role(6, 0))
  }

  @Test func `frames are told apart without colours and beyond ASCII`() throws {
    let typed = try typing("3 g", in: Self.profile, glyphs: .ascii)
    #expect(typed.rows[5].hasPrefix("|http.serve 60.0%"))
    #expect(typed.rows[5].contains("|db.query 35.0%"))
    #expect(typed.rows.allSatisfy { $0.unicodeScalars.allSatisfy { $0.isASCII } })
  }

  @Test func `a very deep stack is scrolled through`() throws {
    let deep = (0..<10_000).map { "f\($0)" }.joined(separator: ";")
    let typed = try typing("3 g G", in: .stacks([deep: 1]))
    #expect(selected(typed) == "▏f9999")
    #expect(typed.rows.contains { $0.contains("depth 10000") })
    #expect(typed.rows[2].hasSuffix("↑"))
    #expect(selected(try typing("3 g G g", in: .stacks([deep: 1]))) == "▏all")
  }

  @Test func `nothing to show is explained`() throws {
    let typed = try typing("3", in: .stacks([:]))
    #expect(typed.rows.contains { $0.contains("no samples in this profile") })
    #expect(try typing("3 Enter", in: .stacks([:])).message == "there is no frame to work on")
  }

  @Test(arguments: ["40x12", "80x24", "120x40", "200x60"])
  func `the screen looks as it should`(size: String) throws {
    let keys = ["3 g", "3 g j j l", "3 g j j Enter / \"log\" Enter", "3 g r G"]
    let screens = try keys.map { try typing("\(size) \($0)", in: Self.profile).view }
    expectScreens(screens, "flame-\(size)")
  }

  @Test func `names of all kinds are shown safely`() throws {
    let screen = try typing("3 g", in: StrangeProfiles.named("names")).view
    expectGolden(screen, "flame-names")
  }
}

struct FlameLabelTests {
  @Test(arguments: [
    (40, "example.org/fleet/queue.(*Pool[…]).store"), (30, "queue.(*Pool[…]).store"),
    (20, "(*Pool[…]).store"), (10, "store"), (5, "store"), (4, "sto…"), (3, "sto"), (1, "s"),
    (0, ""),
  ])
  func `what says least goes first`(width: Int, expected: String) {
    let name = "example.org/fleet/queue.(*Pool[go.shape.int]).store"
    #expect(FlameLabel.text(name, width: width, ellipsis: "…") == expected)
  }

  @Test(arguments: [
    ("std::vector<int>::push_back", 12, "push_back"), ("std::sort<a::b>(c)", 4, "sor…"),
    ("runtime.mallocgc", 8, "mallocgc"),
    ("main.main.func1", 12, "main.func1"), ("malloc", 6, "malloc"), (".", 1, "."), ("(", 1, "("),
    ("日本語.関数名", 6, "関数名"), ("java.util.Map$Node.run", 12, "Map$Node.run"),
    ("com.example.Órdenes.añadir", 15, "Órdenes.añadir"),
    ("java.lang.String.<init>", 14, "String.<init>"), ("fleet.Operation.Do", 14, "Operation.Do"),
  ])
  func `names of any language fit`(name: String, width: Int, expected: String) {
    let text = FlameLabel.text(name, width: width, ellipsis: "…")
    #expect(DisplayWidth.of(text) <= width)
    #expect(text == expected)
  }
}
