import ProfileModel
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// The time before there is a profile.
struct LoadingTests {
  private let source = ProfileSource(paths: ["profiles/heap.pb.gz"])

  private func inspector() -> Inspector {
    Inspector(source: source, size: GridSize(columns: 60, rows: 12))
  }

  private func press(_ key: Key, _ inspector: inout Inspector) -> [Effect] {
    inspector.handle(.input(.key(key)))
  }

  @Test func `the first screen has a gauge and names the file`() {
    var inspector = inspector()
    #expect(inspector.start() == [.load(source)])
    _ = inspector.handle(.progress(LoadingProgress(.reading(bytes: 3_145_728), fraction: 0.25)))
    let rows = inspector.render().textRows
    #expect(rows[0] == "proftui  heap.pb.gz")
    #expect(rows[5].contains("reading heap.pb.gz"))
    #expect(rows[5].contains("3MB"))
    #expect(rows[6].filter { $0 == "█" }.count == 14)
    #expect(rows[10] == "Esc gives up")
    _ = inspector.handle(.progress(LoadingProgress(.decoding(samples: 1200), fraction: 0.75)))
    #expect(inspector.render().textRows[5].contains("1200 samples"))
  }

  @Test func `Esc gives up and says so, q then leaves with that`() {
    var inspector = inspector()
    #expect(press(.escape, &inspector) == [.cancelLoad])
    #expect(inspector.render().textRows.joined().contains("nothing is loaded"))
    #expect(press(.escape, &inspector).isEmpty)
    #expect(press(.character("q"), &inspector).last == .quit(.gaveUp))
  }

  @Test func `what comes in after giving up is not shown`() throws {
    var inspector = inspector()
    _ = press(.escape, &inspector)
    _ = inspector.handle(
      .loaded(try ProfileSession(name: "late", profile: .stacks(["main": 1]))))
    #expect(inspector.session == nil)
  }

  @Test func `R starts again`() {
    var inspector = inspector()
    _ = press(.escape, &inspector)
    #expect(press(.character("R"), &inspector) == [.load(source)])
  }

  @Test func `q and Ctrl-C leave while it loads`() {
    for key in [Key.character("q"), .control("c")] {
      var inspector = inspector()
      #expect(press(key, &inspector).last == .quit(.gaveUp))
    }
  }

  @Test func `a file that cannot be read ends the program with its reason`() {
    var inspector = inspector()
    let failure = Failure("heap.pb.gz", "truncated at byte 17")
    #expect(inspector.handle(.failed(failure)) == [.quit(.failed(failure))])
  }

  @Test func `keys typed too early do nothing, and a resize is drawn`() {
    var inspector = inspector()
    for key in [Key.character("j"), .enter, .character("/"), .character("?"), .tab] {
      #expect(press(key, &inspector).isEmpty)
    }
    _ = inspector.handle(.input(.resize(GridSize(columns: 33, rows: 7))))
    #expect(inspector.render().size == GridSize(columns: 33, rows: 7))
  }

  @Test(arguments: ["0x0", "1x1", "20x5", "300x3"])
  func `the gauge fits every screen`(size: String) throws {
    let size = try #require(GridSize(text: size))
    var inspector = Inspector(source: source, size: size)
    #expect(inspector.render().size == size)
    _ = press(.escape, &inspector)
    #expect(inspector.render().size == size)
  }

  @Test func `signals and a terminal that is gone leave at once`() throws {
    for (input, number) in [
      (TerminalInput.terminate(.terminate), Int32(15)), (.terminate(.hangup), 1), (.closed, 1),
    ] {
      var inspector = inspector()
      #expect(inspector.handle(.input(input)) == [.quit(.signalled(number))])
    }
  }

  @Test func `reading again keeps the view, the order and the selected symbol`() throws {
    var inspector = inspector()
    let profile = Profile.stacks(["main;parse;read": 50, "main;parse": 20])
    _ = inspector.handle(.loaded(try ProfileSession(name: "a", profile: profile)))
    for key in ["s", "c", "k", "2", "R"] { _ = press(.character(Character(key)), &inspector) }
    let other = Profile.stacks(["main;other": 1, "main;parse;read": 60, "main;parse": 10])
    _ = inspector.handle(.loaded(try ProfileSession(name: "a", profile: other)))
    #expect(inspector.session?.order.key == .cumulative)
    let rows = inspector.render().textRows
    #expect(rows[1].contains("[2 Tree]"))
    #expect(rows[9].hasPrefix("─ parse ─"))
    #expect(rows[10] == "read a again")
  }

  @Test func `a file that can no longer be read leaves what was shown`() throws {
    var inspector = inspector()
    _ = inspector.handle(.loaded(try ProfileSession(name: "a", profile: .stacks(["main": 1]))))
    _ = press(.character("R"), &inspector)
    #expect(inspector.handle(.failed(Failure("a", "gone"))).isEmpty)
    #expect(inspector.render().textRows[10] == "a: gone")
    #expect(press(.character("R"), &inspector) == [.load(source)])
  }
}
