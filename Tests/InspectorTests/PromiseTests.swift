import ProfileAnalysis
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// What the screen holds out to its reader: words for keys that work, room for what is there.
struct PromiseTests {
  @Test(arguments: PaneFacts.all.indices, ["no-samples", "one-sample", "no-values"])
  func `an empty view has no word for a key that only says why not`(
    pane: Int, profile: String
  ) throws {
    let profile = StrangeProfiles.named(profile)
    let key = PaneFacts.all[pane].key
    let before = try typing(key, at: 200, 24, in: profile).inspector
    let session = try #require(before.session)
    let count = before.panes[before.open].rowCount(in: before.context(session, before.layout))
    guard count == 0 else { return }
    let own = PaneFacts.all[pane].bindings.map(\.command)
    #expect(!before.footer.contains { own.contains($0.command) })
    // A symbol without a source is still one to refine by.
    for binding in before.footer where before.shownSymbol == nil {
      let name = try #require(binding.keys.first).name
      let message = try typing("\(key) \(name)", at: 200, 24, in: profile).inspector.message
      #expect(message?.kind != .refusal, "\(name) in \(PaneFacts.all[pane].name)")
    }
  }

  @Test func `one profile has a word for choosing another to compare with`() throws {
    let keys = try typing("", at: 200, 24, in: sample("config-store/mem.pprof")).rows.last ?? ""
    #expect(keys.contains("D diff") && !keys.contains("d diff"))
  }

  @Test(arguments: ["0"], ["120x40", "200x60"])
  func `a view without symbols keeps no room for details of them`(
    key: String, size: String
  ) throws {
    let profile = try sample("config-store/mem.pprof")
    let typed = try typing("\(key) \(size)", in: profile)
    #expect(typed.inspector.layout.detail == nil)
    #expect(typed.inspector.layout.list.size.rows >= typed.rows.count - 6)
    let refused = try typing("\(key) \(size) Tab", in: profile)
    #expect(refused.message.hasSuffix("has no row to show details of"))
  }

  @Test func `the flame is as wide with the frame above all others selected`() throws {
    let profile = try sample("config-store/mem.pprof")
    let (below, above) = try (
      typing("3", at: 200, 60, in: profile), typing("3 g", at: 200, 60, in: profile)
    )
    #expect(above.inspector.layout == below.inspector.layout)
    #expect(above.rows.contains { $0.contains("inuse_space    all      9.04MB") })
  }

  @Test func `a place in escapes is a symbol to refine by, a group is not`() throws {
    let profile = try sample("config-store/mem.pprof")
    let group = try typing("6 f", at: 120, 40, in: profile)
    #expect(group.message == "a group of places: l opens it, for one of them")
    #expect(group.rows.contains { $0.hasPrefix("  leaks/config.copyTable") })
    let place = try typing("6 j j f", at: 120, 40, in: profile)
    #expect(place.rows[0].hasSuffix("focus=leaks/config.copyTable"))
    let effects = try typing("6 j j y", at: 120, 40, in: profile).effects
    #expect(effects.contains(.copy("leaks/config.copyTable", what: "the name")))
  }

  @Test func `a finding is worked on at its place`() throws {
    let profile = try sample("map-writers/mutex.pprof")
    let typed = try typing("8 j f", at: 120, 40, in: profile)
    #expect(typed.rows[0].hasSuffix("focus=leaks/tally.(*Registry).write"))
    let effects = try typing("8 e", at: 120, 40, in: profile).effects
    #expect(effects.contains(.edit(SourcePlace(file: "leaks/tally/tally.go", line: 47))))
    #expect(try typing("8 j 1", in: profile).rows[21].contains("(*Registry).write"))
  }

  @Test func `without findings the view says what would bring some`() throws {
    let typed = try typing("8", at: 160, 24, in: sample("map-writers/goroutine.pprof"))
    #expect(typed.rows.contains { $0.contains("D chooses one to compare with") })
    let cpu = try typing("8", at: 160, 24, in: sample("map-writers/cpu.pprof"))
    #expect(!cpu.rows.contains { $0.contains("D chooses") })
  }

  @Test(arguments: ["3", "5", "6", "7", "8", "9", "0"])
  func `a view of sums calls them sums, and says where means are`(key: String) throws {
    let profile = try sample("config-store/mem.pprof")
    let typed = try typing("m \(key)", at: 120, 24, in: profile)
    #expect(typed.rows[0].contains("inuse_space 9.04MB"))
    let message = try typing("\(key) m", at: 120, 24, in: profile).message
    #expect(message.hasSuffix("shows sums: means are in Top, Tree, Calls"))
  }

  @Test func `what is counted has its own name`() throws {
    let cpu = try typing("", at: 120, 40, in: sample("map-writers/cpu.pprof"))
    #expect(cpu.rows[2].contains("COUNT") && !cpu.rows[2].contains("OBJS"))
    let heap = try typing("m", at: 120, 40, in: sample("config-store/mem.pprof"))
    #expect(heap.rows[2].contains("OBJS") && heap.message == "means per object")
  }

  @Test func `an item that is too long for its menu says so`() throws {
    let rows = try typing("W", at: 60, 24, in: sample("config-store/mem.pprof")).rows
    let items = rows.filter { $0.contains("profile: ") }
    #expect(items.contains { $0.contains("…") })
    #expect(items.allSatisfy { $0.hasSuffix(" │") })
  }

  @Test(arguments: ["20x5", "40x12", "80x24"])
  func `popups break their lines to the room that they have`(size: String) throws {
    let columns = Int(size.prefix(2)) ?? 0
    let help = try typing("? \(size)", at: columns, 24, in: sample("config-store/mem.pprof"))
      .inspector
    guard case .text(let popup)? = help.overlays.last else { return #expect(Bool(false)) }
    let left = PopupLine.rightColumn(width: columns - 4)
    for line in popup.lines where !line.right.isEmpty {
      let start = max(left, DisplayWidth.of(line.left) + 1)
      #expect(start + DisplayWidth.of(line.right) <= max(columns - 4, start + 12))
    }
    #expect(popup.lines.contains { $0.right.hasPrefix("Flame:") })
    let menu = try typing("s \(size)", at: columns, 24, in: sample("config-store/mem.pprof"))
    #expect(menu.rows.contains { $0.contains("q closes ─") })
  }

  @Test func `options show their values whole, and messages the keys as help has them`() throws {
    let rows = try typing("O j Enter", in: sample("config-store/mem.pprof")).rows
    #expect(rows.contains { $0.contains("granularity           filefunctions  what a row is") })
    #expect(Settings().key(of: .watch) == "Ctrl-R" && Settings().key(of: .cancel) == "Esc")
    #expect(ProfileSource(paths: ["-"]).name == "standard input")
  }

  @Test(arguments: [24, 40, 60])
  func `what is said of a finding is broken to narrow screens, not cut`(columns: Int) throws {
    let typed = try typing("8 j", at: columns, 24, in: sample("map-writers/mutex.pprof"))
    let said = typed.rows.dropFirst(3).prefix(17)
    #expect(!said.dropFirst().contains { $0.contains("…") })
    #expect(said.contains { $0.contains("•") } && said.contains { $0.contains("49.74s") })
    let cpu = try typing("6", at: columns, 24, in: sample("map-writers/cpu.pprof"))
    #expect(cpu.rows[2].hasSuffix("…"))
  }

  @Test func `of one profile findings have an amount, and no column without a number`() throws {
    let mutex = try typing("8", at: 160, 24, in: sample("map-writers/mutex.pprof")).rows
    #expect(mutex[2].contains("AMOUNT  FINDING") && !mutex[2].contains("ALIVE"))
    #expect(!mutex.contains { $0.contains("snapshot") })
  }

  @Test func `while a line is typed the last row tells the keys of the line`() throws {
    let profile = Profile.stacks(["main;f": 1])
    func keys(_ typed: String) throws -> String? {
      try typing(typed, at: 120, 40, in: profile).rows.last
    }
    #expect(try keys("/ \"f\"") == "⏎ go there  Esc cancel")
    #expect(try keys("/ \"f\" Enter /") == "⏎ go there  ↑ earlier ones  Esc cancel")
    #expect(try keys(":") == "⏎ do it  Tab complete  Esc cancel")
    #expect(try keys("F") == "⏎ refine  Esc cancel")
    #expect(try keys("s") == "")
    #expect(try keys("s Esc")?.hasPrefix("?help  /search") == true)
  }

  @Test func `a key for editing is offered where the profile names a file`() throws {
    for (stack, isOffered) in [("main;f@a.go:3", true), ("main;f", false)] {
      let keys = try typing("1", at: 200, 24, in: .stacks([stack: 1])).rows.last ?? ""
      #expect(keys.contains("e edit") == isOffered)
    }
  }

  @Test func `the period is told with what it is of`() throws {
    let rows = try typing("0", in: sample("map-writers/mutex.pprof")).rows
    #expect(rows.contains { $0.hasSuffix("1 (contentions)") })
  }

  @Test func `what has no stack is told where the file is`() throws {
    let profile = Profile.stacks(["main": 100, "": 250], type: "space", unit: "bytes")
    let rows = try typing("0", in: profile).rows
    #expect(rows.contains { $0.hasSuffix("no stack       1 sample, 250B: in no row of any list") })
    #expect(try !typing("0", in: .stacks(["f": 1])).rows.contains { $0.contains("no stack") })
  }

  @Test func `of a symbol that nobody calls the row about it says so`() throws {
    let rows = try typing("", in: .stacks(["f": 1])).rows
    #expect(rows.contains { $0.hasPrefix("─ f ─ no callers ") })
  }

  @Test func `where there are no rows keys that move and searches say so`() throws {
    let profile = StrangeProfiles.named("one-sample")
    for key in ["j", "G", "PgDn"] {
      #expect(try typing("5 \(key)", in: profile).message == "there is no row to move to")
    }
    let message = try typing("5 *", at: 120, 24, in: profile).message
    #expect(message.contains("matches 1 of 1 fn, none in these rows"))
  }

  @Test func `how to give the program is told in 80 columns`() throws {
    let rows = try typing("6", in: sample("config-store/mem.pprof")).rows
    #expect(rows[2] == " types need the program: give it first, or as --binary")
  }

  @Test func `a long text says which of its lines are in sight`() throws {
    let profile = try sample("config-store/mem.pprof")
    #expect(try typing("0", in: profile).rows[21].hasPrefix("─ lines 1 to 19 of 4"))
    let written = try typing("0 W 1 C-a C-k \"a.txt\" Enter", in: profile).files["a.txt"]
    #expect(written?.contains("Mappings") ?? false)
  }

  @Test func `steps of a series with files of one name go by their folders`() throws {
    let series = try ProfileSeries(like: sample("config-store/mem.pprof"))
    let steps = SessionSeries(series, paths: ["/x/a/mem.pprof", "b/mem.pprof", "b/late.pprof"])
    #expect((0..<3).map(steps.name) == ["a/mem.pprof", "b/mem.pprof", "late.pprof"])
  }

  @Test func `files of one name go by as much of their paths as tells them apart`() {
    let paths = ["/x/mon/a/h.pb", "/x/tue/a/h.pb", "h.pb", "b/h.pb", "b/h.pb", "/", "k.pb"]
    #expect(
      FileNames.short(paths) == [
        "mon/a/h.pb", "tue/a/h.pb", "h.pb", "b/h.pb", "b/h.pb", "/", "k.pb",
      ])
    let source = ProfileSource(paths: ["c/new.pb"], base: ["b/h.pb"])
    #expect(source.comparedNames() == ("h.pb", "new.pb"))
    #expect(source.comparedNames(among: ["a/h.pb", "b/h.pb", "c/new.pb"]) == ("b/h.pb", "new.pb"))
  }

  @Test func `a search counts what the header counts`() throws {
    let profile = Profile.stacks(["main;work": 3, "main;idle": 0])
    func message(_ keys: String) throws -> String {
      try typing(keys, at: 120, 24, in: profile).message
    }
    #expect(try typing("", at: 120, 24, in: profile).rows[0].contains("  2 fn  "))
    #expect(try message("/ \"qqq\" Enter").hasPrefix("/qqq matches 0 of 2 fn: "))
    #expect(
      try message("/ \"idle\" Enter").hasPrefix("/idle matches 0 of 2 fn, and 1 without cpu: "))
    #expect(try message("F \"qqq\" Enter").contains("matches 0 of 2 functions"))
    #expect(try message("& \"idle\"").hasSuffix("0 match"))
  }

  @Test(arguments: ["mutex", "block"])
  func `a finding names its place once`(kind: String) throws {
    let typed = try typing("8 W 1 C-a C-k \"a.txt\" Enter", in: sample("map-writers/\(kind).pprof"))
    let text = try #require(typed.files["a.txt"])
    #expect(text.split(separator: "(*Registry).write").count == 2)
  }

  @Test func `a mapping that says nothing is not listed`() throws {
    func rows(limit: UInt64) throws -> [String] {
      var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
      var mapping = Mapping()
      mapping.limit = limit
      _ = builder.addMapping(mapping)
      return try typing("0", at: 80, 60, in: builder.finish()).rows
    }
    #expect(try !rows(limit: 0).contains { $0.contains("Mappings") })
    #expect(try rows(limit: 8192).contains { $0.contains("Mappings (1)") })
  }

  @Test func `opening what is open goes into it, or says so`() throws {
    let mutex = try sample("map-writers/mutex.pprof")
    let finding = try typing("8 l", in: mutex).inspector
    let place = try #require(finding.session)
    let context = finding.context(place, finding.layout)
    #expect(finding.panes[finding.open].position(in: context)?.row == 2)
    let heap = try sample("config-store/mem.pprof")
    for key in ["2", "6"] {
      #expect(try typing("\(key) g E E", in: heap).message == "all is open")
      #expect(try typing("\(key) g C C", in: heap).message == "all is closed")
    }
  }

  @Test func `counts of one have their noun`() throws {
    let rows = try typing("0", in: StrangeProfiles.named("one-sample")).rows
    #expect(rows.contains { $0.hasSuffix("1 function, 1 location") })
  }
}
