import ProfileAnalysis
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// A live source that is fetched again and again, told of time by events.
struct WatchTests {
  private static let live = ProfileSource(
    paths: ["http://localhost:6060/debug/pprof/heap"],
    live: LivePlace(
      address: "localhost:6060/heap", server: "localhost:6060", every: 10, isWatched: true))

  /// The session of the last of these snapshots, with all of them as its history.
  private static func session(_ steps: [KeyValuePairs<String, Int64>]) throws -> ProfileSession {
    let profiles = steps.map { Profile.stacks($0, type: "space", unit: "bytes") }
    var series = ProfileSeries(like: profiles[0])
    var labels: [String] = []
    for (index, profile) in profiles.enumerated() {
      labels.append("#\(index + 1)")
      try series.add(profile, name: labels[index])
    }
    var session = try ProfileSession(
      name: "localhost:6060/heap", profile: try #require(profiles.last))
    session.series = SessionSeries(series, paths: labels, labels: labels)
    return session
  }

  private static let story: [KeyValuePairs<String, Int64>] = [
    ["main;cache": 1000, "main;leak": 100, "main;other": 50],
    ["main;cache": 900, "main;leak": 300, "main;other": 50],
    ["main;cache": 950, "main;leak": 700, "main;other": 50],
  ]

  /// A watch with its first snapshot.
  private func watched(at columns: Int = 80) throws -> Inspector {
    var inspector = Inspector(source: Self.live, size: GridSize(columns: columns, rows: 24))
    #expect(inspector.start() == [.load(Self.live), .runClock(true)])
    #expect(inspector.handle(.loaded(try Self.session([Self.story[0]]))).isEmpty)
    return inspector
  }

  private func type(_ keys: String, _ inspector: inout Inspector) -> [Effect] {
    inputs(keys).flatMap { inspector.handle(.input($0)) }
  }

  private func header(_ inspector: Inspector) -> String { inspector.render().textRows[0] }

  @Test func `fetches when its time has come, and not while it is fetching`() throws {
    var inspector = try watched()
    #expect(inspector.handle(.elapsed(seconds: 9)).isEmpty)
    #expect(header(inspector).contains("live ▁ 9s"))
    #expect(inspector.handle(.elapsed(seconds: 1)) == [.fetch(Self.live)])
    #expect(inspector.handle(.elapsed(seconds: 60)).isEmpty)
    _ = inspector.handle(.snapshot(try Self.session(Array(Self.story.prefix(2)))))
    #expect(header(inspector).contains("live ▁█ 0s"))
    #expect(inspector.handle(.elapsed(seconds: 10)) == [.fetch(Self.live)])
  }

  @Test func `shows the series at first, what grew in every step on top`() throws {
    var inspector = try watched()
    _ = inspector.handle(.elapsed(seconds: 10))
    _ = inspector.handle(.snapshot(try Self.session(Self.story)))
    let rows = inspector.render().textRows
    #expect(rows[1].contains("[9 Series]"))
    #expect(rows[4].contains("▁▃█") && rows[4].contains("!  leak"))
  }

  @Test func `keeps view, selection and refinements when a snapshot comes`() throws {
    var inspector = try watched()
    _ = type("1 f j x G", &inspector)
    _ = type("u u & \"leak\" Enter", &inspector)
    let before = inspector.session?.selectedIdentity
    _ = type("F \"main\" Enter", &inspector)
    _ = inspector.handle(.elapsed(seconds: 10))
    _ = inspector.handle(.snapshot(try Self.session(Array(Self.story.prefix(2)))))
    #expect(inspector.session?.selectedIdentity == before)
    let rows = inspector.render().textRows
    #expect(rows[1].contains("[1 Top]"))
    #expect(rows[0].contains("focus=main") || rows[0].contains("&leak"))
    #expect(rows[3].contains("300") && rows[3].contains("leak"))
    #expect(inspector.session?.refinements.steps.count == 1)
  }

  @Test func `the selected row of the series stays on its symbol`() throws {
    var inspector = try watched()
    _ = type("9 / \"other\" Enter", &inspector)
    func selected() -> String? {
      inspector.render().textRows.first { $0.hasPrefix(">") }
    }
    #expect(selected()?.contains("other") == true)
    _ = inspector.handle(.elapsed(seconds: 10))
    _ = inspector.handle(.snapshot(try Self.session(Self.story)))
    #expect(selected()?.contains("other") == true)
  }

  @Test func `keeps the last data when a fetch fails, tells its age and backs off`() throws {
    var inspector = try watched()
    #expect(inspector.handle(.elapsed(seconds: 10)) == [.fetch(Self.live)])
    _ = inspector.handle(.missed(Failure("localhost:6060/heap", "cannot connect")))
    #expect(inspector.render().textRows[22].contains("localhost:6060/heap: cannot connect"))
    #expect(inspector.handle(.elapsed(seconds: 19)).isEmpty)
    #expect(header(inspector).contains("! 29s old ▁ next 1s"))
    #expect(inspector.handle(.elapsed(seconds: 1)) == [.fetch(Self.live)])
    var waits: [Int] = []
    for _ in 0..<5 {
      _ = inspector.handle(.missed(Failure("localhost:6060/heap", "cannot connect")))
      waits.append(inspector.watch?.left ?? 0)
      _ = inspector.handle(.elapsed(seconds: 300))
    }
    #expect(waits == [40, 80, 160, 300, 300])
    _ = inspector.handle(.snapshot(try Self.session(Array(Self.story.prefix(2)))))
    #expect(header(inspector).contains("live ▁█ 0s"))
    #expect(inspector.render().textRows[22].contains("answers again"))
  }

  @Test func `says once what to do about a heap that stands still`() throws {
    var inspector = try watched()
    let steps = Array(repeating: Self.story[0], count: 4)
    var messages: [String] = []
    for count in 2...4 {
      _ = inspector.handle(.elapsed(seconds: 10))
      _ = inspector.handle(.snapshot(try Self.session(Array(steps.prefix(count)))))
      messages.append(inspector.message?.text ?? "")
      inspector.message = nil
    }
    #expect(messages.map { $0.contains("--gc") } == [false, true, false])
  }

  @Test func `pauses, fetches once on demand, and goes on`() throws {
    var inspector = try watched()
    #expect(type("C-r", &inspector).isEmpty)
    #expect(inspector.handle(.elapsed(seconds: 100)).isEmpty)
    #expect(header(inspector).contains("paused ▁ 1m"))
    #expect(type("R", &inspector) == [.fetch(Self.live)])
    _ = inspector.handle(.snapshot(try Self.session(Array(Self.story.prefix(2)))))
    #expect(inspector.render().textRows[22] == "fetched #2")
    #expect(inspector.handle(.elapsed(seconds: 100)).isEmpty)
    #expect(type("C-r", &inspector) == [.fetch(Self.live)])
  }

  @Test func `a profile that was fetched once is watched from Ctrl-R on`() throws {
    var live = Self.live
    live.live?.isWatched = false
    var inspector = Inspector(source: live, size: GridSize(columns: 80, rows: 24))
    #expect(inspector.start() == [.load(live)])
    _ = inspector.handle(.loaded(try Self.session([Self.story[0]])))
    #expect(inspector.render().textRows[1].contains("[1 Top]"))
    #expect(type("C-r", &inspector) == [.runClock(true), .fetch(live)])
  }

  @Test func `a file is not watched, and says so`() throws {
    let typed = try typing("C-r", in: .stacks(["main": 1]))
    #expect(typed.message.contains("proftui watch URL"))
    #expect(!typed.effects.contains(.runClock(true)))
  }

  @Test func `each step can be compared with any other, and what is compared is followed`() throws {
    var inspector = try watched()
    _ = inspector.handle(.elapsed(seconds: 10))
    _ = inspector.handle(.snapshot(try Self.session(Array(Self.story.prefix(2)))))
    _ = type("1", &inspector)
    #expect(type("[", &inspector) == [.load(ProfileSource(paths: ["#2"], base: ["#1"]))])
    _ = inspector.handle(.loaded(try compared(0, 1)))
    #expect(inspector.render().textRows[2].contains("CHANGE"))
    #expect(inspector.handle(.elapsed(seconds: 10)) == [.fetch(Self.live)])
    // The newest takes the place of what was the newest.
    let followed = inspector.handle(.snapshot(try Self.session(Self.story)))
    #expect(followed == [.load(ProfileSource(paths: ["#3"], base: ["#1"]))])
    _ = inspector.handle(.loaded(try compared(0, 2)))
    #expect(type("]", &inspector) == [.load(ProfileSource(paths: ["#3"], base: ["#2"]))])
    _ = inspector.handle(.loaded(try compared(1, 2)))
    #expect(type("]", &inspector) == [.load(ProfileSource(paths: ["#3"]))])
    _ = inspector.handle(.loaded(try Self.session(Self.story)))
    #expect(inspector.session?.comparison == nil)
  }

  private func compared(_ base: Int, _ other: Int) throws -> ProfileSession {
    let profiles = [base, other].map {
      Profile.stacks(Self.story[$0], type: "space", unit: "bytes")
    }
    return try ComparisonScreenTests.session(profiles[0], profiles[1])
  }

  @Test func `Esc gives up what the server measures, and what was there stays`() throws {
    var inspector = try watched()
    _ = type("C-r R", &inspector)
    let progress = LoadingProgress(.measuring(elapsed: 3, seconds: 30), fraction: 0.1)
    _ = inspector.handle(.progress(progress))
    #expect(inspector.render().textRows[22] == "measuring: 27 s to go; Esc gives up")
    #expect(type("Esc", &inspector) == [.cancelLoad])
    #expect(inspector.render().textRows[22].contains("given up"))
    #expect(inspector.session != nil)
    #expect(type("R", &inspector) == [.fetch(Self.live)])
  }

  @Test func `the first measurement counts down as well`() throws {
    var inspector = Inspector(source: Self.live, size: GridSize(columns: 80, rows: 24))
    let progress = LoadingProgress(.measuring(elapsed: 3, seconds: 30), fraction: 0.1)
    _ = inspector.handle(.progress(progress))
    let text = inspector.render().textRows.joined(separator: "\n")
    #expect(text.contains("localhost:6060/heap measures") && text.contains("27 s to go"))
    #expect(type("Esc", &inspector) == [.cancelLoad])
  }
}
