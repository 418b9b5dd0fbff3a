import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// Whole screens, as they are seen: every view at five sizes, and popups, prompts and odd profiles.
struct ScreenTests {
  static let sizes = [(20, 5), (40, 12), (80, 24), (120, 40), (200, 60)]

  @Test(arguments: ["top", "tree", "calls", "info"])
  func `a view at five sizes`(view: String) throws {
    let key = try #require(PaneFacts.all.first { $0.name.lowercased() == view }).key
    let profile = try sample("config-store/mem.pprof")
    let screens = try Self.sizes.map { columns, rows in
      try typing("j j \(key)", at: columns, rows, in: profile, named: "mem.pprof").screen
    }
    expectScreens(screens, "view-\(view)")
  }

  @Test(arguments: [
    ("help", "?"), ("sort-menu", "s"), ("search", "/ \"store\""),
    ("search-next", "/ \"store\" Enter n n"),
    ("filter", "& \"parser\" Enter"), ("command", ": \"ne\" Tab"), ("details", "v Tab j j"),
    ("by-line", "a a a a"), ("mean", "m"), ("ordered-by-cum", "s c"), ("other-type", "t"),
    ("tree-search", "2 / \"parse\" Enter n"), ("tree-inverted", "2 i"), ("tree-deep", "2 o"),
    ("calls-of-caller", "4 k Enter"),
    ("refusal", "2 s"), ("maximised", "Z"),
  ])
  func `what keys lead to`(name: String, keys: String) throws {
    let profile = try sample("config-store/mem.pprof")
    expectGolden(try typing(keys, in: profile, named: "mem.pprof").screen, "keys-\(name)")
  }

  @Test func `with ASCII signs only`() throws {
    let profile = try sample("config-store/mem.pprof")
    let screens = try ["", "2", "4", "?", "/ \"store\" Enter"].map {
      try typing($0, in: profile, named: "mem.pprof", glyphs: .ascii).screen
    }
    for screen in screens {
      for row in screen.textRows {
        let isPlain = row.unicodeScalars.allSatisfy { $0.isASCII }
        #expect(isPlain, "\(row)")
      }
    }
    expectScreens(screens, "ascii")
  }

  @Test(arguments: StrangeProfiles.names)
  func `strange profiles`(name: String) throws {
    let profile = StrangeProfiles.named(name)
    let screens = try ["", "2 o", "4"].map { try typing($0, in: profile).screen }
    expectScreens(screens, "strange-\(name)")
  }

  @Test(arguments: [
    "map-writers/cpu.pprof", "map-writers/mutex.pprof", "map-writers/goroutine.pprof",
  ])
  func `profiles of other kinds`(path: String) throws {
    let profile = try sample(path)
    let screens = try ["", "2", "0"].map { try typing($0, in: profile, named: path).screen }
    let name = path.split(separator: "/").last?.split(separator: ".").first ?? ""
    expectScreens(screens, "kind-\(name)")
  }
}
