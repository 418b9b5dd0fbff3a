import EscapeAnalysis
import GoBinary
import ProfileAnalysis
import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// Two profiles in every view: the change, the newer, the older.
struct ComparisonScreenTests {
  static func session(
    _ old: Profile, _ new: Profile, as kind: Comparison = .difference, inputs: EscapeInputs? = nil
  ) throws -> ProfileSession {
    let comparison = try ProfileComparison(base: old, other: new)
    return try ProfileSession(
      comparison: SessionComparison(comparison, as: kind, names: ("old.pprof", "new.pprof"))
    ) { profile in
      inputs.map { inputs in
        EscapeAnswers(
          profile, comparison, evidence: { Self.evidence($0, $1, inputs) },
          snapshots: { [old, new] })
      }
    }
  }

  private static func evidence(
    _ profile: Profile, _ comparison: ProfileComparison?, _ inputs: EscapeInputs
  ) -> EscapeEvidence {
    guard let comparison, !comparison.isSameBuild else { return EscapeEvidence(profile, inputs) }
    return EscapeEvidence(
      profile, comparison, base: EscapeEvidence(comparison.base, inputs),
      other: EscapeEvidence(comparison.other, inputs))
  }

  /// The program of the samples.
  private static let program = Result {
    EscapeInputs(executable: try GoExecutable(ImageBytes(copying: LeaksProgram.bytes)))
  }

  /// Types keys at two profiles; what is asked to be read is answered by `next`.
  static func typing(
    _ keys: String, _ session: ProfileSession, at columns: Int = 80, _ rows: Int = 24,
    glyphs: GlyphSet = .utf8, next: [String: ProfileSession] = [:]
  ) -> Typed {
    let terminal = ScriptedTerminal(columns: columns, rows: rows, inputs: inputs(keys))
    var inspector = Inspector(
      source: ProfileSource(paths: ["new.pprof"]), size: terminal.size, glyphs: glyphs)
    var effects: [Effect] = []
    let loop = InspectorLoop(
      terminal: terminal,
      perform: { effect, _ in
        effects.append(effect)
        switch effect {
        case .load(let source):
          guard let path = source.base.first else { return [.loaded(session)] }
          return [next[path].map { .loaded($0) } ?? .failed(Failure(path, "no such file"))]
        case .loadSource(let file):
          return [.sourceLoaded(file: file, .missing(MissingSource(tried: ["/\(file)"])))]
        default: return []
        }
      }, collect: { [] })
    let leaving = loop.run(&inspector)
    return Typed(inspector: inspector, terminal: terminal, leaving: leaving, effects: effects)
  }

  private static func growth(_ story: String) throws -> ProfileSession {
    try session(
      sample("\(story)/mem.1.pprof"), sample("\(story)/mem.pprof"), inputs: program.get())
  }

  @Test(arguments: PaneFacts.all.map(\.name))
  func `every view shows the change, the newer and the older`(view: String) throws {
    let key = try #require(PaneFacts.all.first { $0.name == view }).key
    let session = try Self.growth("config-store")
    let screens = ["", "d", "d d"].map { Self.typing("\(key) \($0)", session).screen }
    expectScreens(screens, "diff-\(view.lowercased())")
  }

  @Test(arguments: PaneFacts.all.map(\.key))
  func `a view knows its width from its first screen on`(key: String) throws {
    let session = try Self.growth("nested-json")
    let first = Self.typing("\(key)", session, at: 160, 50)
    #expect(Self.typing("\(key) C-l", session, at: 160, 50).rows == first.rows)
  }

  @Test(arguments: [(20, 5), (40, 12), (120, 40), (200, 60)])
  func `a change fits any screen`(columns: Int, rows: Int) throws {
    let session = try Self.growth("nested-json")
    let screens = ["1", "2", "3"].map { Self.typing($0, session, at: columns, rows).screen }
    expectScreens(screens, "diff-at-\(columns)")
  }

  @Test(arguments: [
    ("normalized", "="), ("swapped", "w"), ("by-growth", "s g"), ("by-ratio", "s r"),
    ("sort-menu", "s"), ("focused", "f"), ("by-line", "a a a a"), ("inverted", "2 i"),
    ("other-type", "t"), ("flame-zoomed", "3 Enter j"),
  ])
  func `what keys lead to in a comparison`(name: String, keys: String) throws {
    let session = try Self.session(
      sample("nested-json/mem.1.pprof"), sample("nested-json-fixed/mem.pprof"))
    expectGolden(Self.typing(keys, session).screen, "diff-keys-\(name)")
  }

  @Test func `with ASCII signs only the change is told by signs`() throws {
    let session = try Self.growth("config-store")
    for keys in ["", "2", "3", "4", "7", "d"] {
      for row in Self.typing(keys, session, glyphs: .ascii).screen.textRows {
        let isPlain = row.unicodeScalars.allSatisfy { $0.isASCII }
        #expect(isPlain)
      }
    }
    // A minus is no sign between two things that are said.
    let legend = Self.typing("", session, at: 100, glyphs: .ascii).message
    #expect(legend.hasPrefix("change = new - old | ^ grew v shrank"))
  }

  @Test func `a healthy pair shows nothing above noise`() throws {
    let session = try Self.growth("healthy")
    for keys in ["1", "3"] {
      let screen = Self.typing(keys, session).screen
      var roles: Set<Role> = []
      for row in 0..<screen.size.rows {
        for column in 0..<screen.size.columns {
          if let cell = screen[GridPoint(row: row, column: column)] {
            roles.insert(cell.style.role)
          }
        }
      }
      #expect(roles.isDisjoint(with: [.grew, .shrank, .flameGrew, .flameShrank]))
    }
  }

  @Test(arguments: [
    ("config-store", "", "config/store.go:138"), ("failed-assertion", "", "sessions/leaking.go:"),
    ("map-growth", "", "orders/leaking.go:21"), ("sync-map", "", "presence/leaking.go:"),
    ("reflect-types", "", "shapes/"), ("nested-json", "", "ingest/leaking.go:"),
  ])
  func `the first screen names the line that leaks`(
    story: String, keys: String, named: String
  ) throws {
    let rows = try Self.typing(keys, Self.growth(story)).rows
    #expect(rows.contains { $0.contains(named) }, "\(rows.joined(separator: "\n"))")
  }

  @Test func `the selection, the view and refinements survive a change of sides`() throws {
    let typed = Self.typing("j j f 4 d d w = d", try Self.growth("config-store"))
    let session = try #require(typed.inspector.session)
    #expect(session.refinements.steps.map(\.kind) == [.focus])
    let selected = try #require(session.selection)
    #expect(session.nodes.printableName(of: selected) == "leaks/config.(*Store).descend")
    #expect(session.comparison?.side == .change)
    #expect(session.comparison?.isNormalized == true)
    #expect(typed.rows[1].contains("[4 Calls]"))
  }

  @Test func `what is allocated is told after a swap and normalized, and across builds, too`()
    throws
  {
    let new = try sample("config-store/mem.pprof")
    let old = try sample("config-store/mem.1.pprof")
    var mappings = old.mappings
    for index in mappings.indices { mappings[index].buildID = "" }
    let before = old.replacing(mappings: mappings)
    for base in [old, before] {
      let session = try Self.session(base, new, inputs: Self.program.get())
      for (keys, sign) in [("6", "+"), ("6 w", "-"), ("6 w w", "+")] {
        let rows = Self.typing(keys, session, at: 120).rows
        #expect(rows[2].contains("types: exact 8"), "\(keys): \(rows[2])")
        #expect(rows[4].contains("\(sign)4.17MB"), "\(keys): \(rows[4])")
        #expect(rows.contains { $0.contains("leaks/config.copyTable store.go:138") })
      }
      let normalized = Self.typing("6 =", session, at: 120).rows
      #expect(normalized[2].contains("types: exact"))
      #expect(normalized.contains { $0.contains("normalized") })
    }
  }

  @Test func `a change has no mean, either side has one`() throws {
    let session = try Self.growth("config-store")
    let refused = Self.typing("m", session)
    #expect(refused.message.contains("a change has no mean: d shows"))
    let newer = Self.typing("d m", session)
    #expect(newer.rows[0].contains("per obj"))
    #expect(!Self.typing("d m d d", session).rows[0].contains("per obj"))
  }

  @Test func `what is written of a comparison is the side that is shown`() throws {
    let session = try Self.growth("sync-map")
    for (keys, side) in [("", ComparisonSide.change), ("d", .other), ("d d", .base)] {
      let shown = try #require(Self.typing(keys, session).inspector.session)
      let profile = shown.shownProfile
      #expect(profile.header.sampleTypes.count == 4 && profile.samples.values.count == 4)
      let comparison = try #require(shown.comparison?.comparison)
      let whole = comparison.sum(of: shown.profile, type: 3)
      let wanted = side == .change ? whole.change : side == .other ? whole.other : whole.base
      #expect(profile.samples.values[3].reduce(0, &+) == wanted)
    }
  }

  @Test func `a base is chosen in a running session, and one that cannot be read changes nothing`()
    throws
  {
    let alone = try ProfileSession(name: "new.pprof", profile: sample("sync-map/mem.pprof"))
    let both = try Self.growth("sync-map")
    let typed = Self.typing(
      "D \"before\" Enter D \"nowhere\" Enter R", alone, next: ["before": both])
    #expect(typed.inspector.session?.comparison != nil)
    #expect(typed.inspector.source.base == ["before"])
    let loads = typed.effects.compactMap { effect -> [String]? in
      if case .load(let source) = effect { return source.base }
      return nil
    }
    #expect(loads == [[], ["before"], ["nowhere"], ["before"]])
  }

  @Test func `without a base the keys say how to choose one`() throws {
    let alone = try ProfileSession(name: "new.pprof", profile: sample("sync-map/mem.pprof"))
    for key in ["d", "=", "w"] {
      #expect(Self.typing(key, alone).message.contains("nothing to compare with: D chooses"))
    }
  }

  @Test(arguments: [Comparison.difference, .subtraction])
  func `changes agree with the sides in every view's numbers`(kind: Comparison) throws {
    var random = SplitMix(state: 23)
    for _ in 0..<60 {
      let (old, new) = (random.profile(), random.profile())
      var session = try Self.session(old, new, as: kind)
      let union = try new.compared(to: old, as: kind)
      #expect(session.totals.total == SampleTotal.compute(union, values: union.samples.values[0]))
      for node in session.nodes.indices.map({ NodeID($0) }) {
        let flat = try #require(session.comparedFlat(node))
        #expect(flat.change == session.totals.flat[node.index])
        #expect(flat.change == flat.other - flat.base)
        let path = session.heaviestPath(to: node, inverted: false)
        guard !path.isEmpty else { continue }
        let frame = try #require(session.comparedFrame(path))
        #expect(frame.change == session.frameChange(path))
      }
      session.showNextSide()
      #expect(session.totals.total == SampleTotal.compute(new, values: new.samples.values[0]))
    }
  }

  @Test(arguments: StrangeProfiles.names, ["1x1", "20x5", "80x24"])
  func `any two profiles draw at any size`(name: String, size: String) throws {
    let profile = StrangeProfiles.named(name)
    guard !profile.header.sampleTypes.isEmpty else { return }
    let session = try Self.session(profile, profile)
    for pane in PaneFacts.all {
      let typed = Self.typing("\(pane.key) \(size) j d d = w G s r", session)
      #expect("\(typed.screen.size)" == size)
    }
  }
}

/// Snapshots over time.
struct SeriesScreenTests {
  private static func session() throws -> ProfileSession {
    let paths = [
      "config-store-fixed/mem.1.pprof", "config-store/mem.1.pprof", "config-store/mem.pprof",
    ]
    var series = ProfileSeries(like: try sample(paths[0]))
    for path in paths { try series.add(sample(path), name: path) }
    var session = try ComparisonScreenTests.session(sample(paths[0]), sample(paths[2]))
    session.series = SessionSeries(series, paths: paths)
    return session
  }

  @Test(arguments: [(40, 12), (80, 24), (120, 40), (200, 60)])
  func `a series at four sizes`(columns: Int, rows: Int) throws {
    let screen = ComparisonScreenTests.typing("9 j", try Self.session(), at: columns, rows).screen
    expectGolden(screen, "series-\(columns)x\(rows)")
  }

  @Test func `S turns the series round below its total`() throws {
    let session = try Self.session()
    let there = ComparisonScreenTests.typing("9 G", session, at: 80, 200)
    let back = ComparisonScreenTests.typing("9 S g j", session, at: 80, 200)
    #expect(there.rows[3].contains(" total") && back.rows[3] == there.rows[3])
    let last = there.rows.last { $0.hasPrefix(">") }
    #expect(last != nil && back.rows[4] == last)
    #expect(!ComparisonScreenTests.typing("9 s", session).rows.contains { $0.contains("ratio:") })
  }

  @Test func `the column that a series is ordered by is marked`() throws {
    let session = try Self.session()
    func typed(_ keys: String) -> Typed {
      ComparisonScreenTests.typing(keys, session, at: 120, 24)
    }
    #expect(typed("9").rows[2].contains("CHANGE▾"))
    #expect(typed("9 o").rows[2].contains("SLOPE▾"))
    #expect(typed("9 o o").rows[2].contains("LAST▾"))
    #expect(typed("9 S").rows[2].contains("CHANGE▴"))
    #expect(typed("9 s n").rows[2].contains("FUNCTION▴"))
    #expect(typed("9 s n o").message.hasPrefix("rows stand by name: s "))
  }

  @Test func `Enter opens the diff of the steps that were chosen`() throws {
    let session = try Self.session()
    let typed = ComparisonScreenTests.typing(
      "] Enter", session, next: ["config-store/mem.1.pprof": session])
    #expect(typed.inspector.source.base == ["config-store/mem.1.pprof"])
    #expect(typed.inspector.source.paths == ["config-store/mem.pprof"])
    #expect(typed.rows[1].contains("[1 Top]"))
    let refused = ComparisonScreenTests.typing("] ] ]", session)
    #expect(refused.message.contains("none further that way"))
  }

  @Test func `another base is taken in any view, which stays open`() throws {
    let session = try Self.session()
    let typed = ComparisonScreenTests.typing(
      "2 ]", session, next: ["config-store/mem.1.pprof": session])
    #expect(typed.inspector.source.base == ["config-store/mem.1.pprof"])
    #expect(typed.inspector.source.paths == ["config-store/mem.pprof"])
    #expect(typed.rows[1].contains("[2 Tree]"))
    #expect(typed.inspector.session?.series?.base == 1)
    let back = ComparisonScreenTests.typing(
      "2 ] [ [", session,
      next: ["config-store/mem.1.pprof": session, "config-store-fixed/mem.1.pprof": session])
    #expect(back.inspector.session?.series?.base == 0)
    #expect(back.message.contains("there is no older snapshot"))
    let failed = ComparisonScreenTests.typing("2 ]", session)
    #expect(failed.inspector.session?.series?.base == 0)
    let alone = ComparisonScreenTests.typing(
      "[",
      try ComparisonScreenTests.session(sample("healthy/mem.1.pprof"), sample("healthy/mem.pprof")))
    #expect(alone.message.contains("proftui series"))
  }

  @Test func `one snapshot is no series, and the view says how to open one`() throws {
    let alone = try ProfileSession(name: "new.pprof", profile: sample("sync-map/mem.pprof"))
    let typed = ComparisonScreenTests.typing("9", alone)
    #expect(typed.rows.contains { $0.contains("proftui series") })
  }
}
