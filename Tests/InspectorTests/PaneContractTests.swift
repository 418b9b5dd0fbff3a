import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// What every view must stand, whatever the profile and the screen.
struct PaneContractTests {
  static let sizes = ["0x0", "1x1", "19x4", "20x5", "40x12", "80x24", "120x40", "200x60", "4095x3"]

  @Test(arguments: StrangeProfiles.names, sizes)
  func `every view draws at every size`(profile: String, size: String) throws {
    for pane in PaneFacts.all {
      let typed = try typing("\(pane.key) \(size) j G k ? q", in: StrangeProfiles.named(profile))
      #expect("\(typed.screen.size)" == size)
    }
  }

  @Test(arguments: PaneFacts.all.indices, sizes)
  func `a view alone draws a grid of the size it is given`(pane: Int, size: String) throws {
    let size = try #require(GridSize(text: size))
    let facts = PaneFacts.all[pane]
    for (_, profile) in StrangeProfiles.all {
      let session = try ProfileSession(name: "test", profile: profile)
      let context = PaneContext(session: session, size: size)
      var pane = Panes.all[pane].init()
      pane.refresh(in: context)
      let grid = pane.render(in: context)
      #expect(grid.size == size)
      for binding in facts.bindings + GlobalKeys.moves {
        _ = pane.handle(binding.command, in: context)
        pane.refresh(in: context)
        let grid = pane.render(in: context)
        #expect(grid.size == size)
      }
    }
  }

  @Test(arguments: StrangeProfiles.names)
  func `nothing that a terminal would obey reaches the screen`(profile: String) throws {
    for pane in PaneFacts.all {
      let typed = try typing("\(pane.key) j j v", at: 120, 40, in: StrangeProfiles.named(profile))
      for frame in typed.terminal.frames {
        for row in frame.textRows {
          #expect(
            !row.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) })
        }
      }
    }
  }

  @Test func `a list asks for the rows on the screen only`() throws {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    for index in 0..<200_000 {
      let line = Line(function: builder.function("pkg.function\(index)"), line: 1)
      builder.addSample([builder.location(lines: [line])], values: [Int64(index + 1)])
    }
    let typed = try typing("G C-u k 2 G", in: builder.finish())
    #expect(typed.rows.contains { $0.contains("200000/200000") })
  }
}
